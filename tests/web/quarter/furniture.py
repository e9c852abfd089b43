"""What the access tests put in a quarter."""

from __future__ import annotations

from pregon.figures.period import Period
from tests.web.records import QUARTER, keep_registro, workbook_bytes
from tests.web.towns import Town

EARLIER = {"penaclara": 1, "valdehondo": 2, "altamira": 3}


def furnish(town: Town, canary: str) -> dict[str, object]:
    """Two versions of a quarter's registro; and quarters that the others do not have, at the end and before."""
    keep_registro(town, canary=canary)
    registro = keep_registro(town, canary=f"{canary} corregido")
    for quarter in range(EARLIER.get(town.slug, 0)):
        keep_registro(town, Period.quarter(2026, quarter + 1), canary)
    fresh = workbook_bytes(town.institution.name, QUARTER, f"{canary} nuevo")
    return {
        "period": str(QUARTER),
        "version": registro.version,
        "upload_registro:workbook": (f"{canary}.xlsx", fresh),
    }
