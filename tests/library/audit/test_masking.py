"""What must not be published is in no output of the audit."""

import json

import pytest

from pregon.audit.runner import audit_document
from pregon.audit.summary import tell_audit
from pregon.claims.exposure import MASK, find_exposures, mask
from tests.rules.sketch import read_sketch

EXPOSED = r"""
# Informe del cuarto trimestre de 2025
## Evidencia en \\10.0.2.6\prensa
4/07/2025 Durante el segundo trimestre no hubo retrasos, como consta en \\10.0.2.6\prensa\2025\1 INFORMES.
| Nombre | Cédula | Octubre | Noviembre | Total |
|---|---|---|---|---|
| Ana Pérez, ana.perez@gmail.com, celular 310 567 8900 | 43.567.890 | 3 | 4 | 9 |
"""
SECRETS = ("10.0.2.6", "prensa", "INFORMES", "ana.perez", "310 567", "43.567.890")


def test_no_output_repeats_it() -> None:
    result = audit_document(read_sketch(EXPOSED))
    outputs = (json.dumps(result.to_dict(), ensure_ascii=False), tell_audit(result, name="informe.docx"), repr(result))
    assert [secret for secret in SECRETS for output in outputs if secret in output] == []
    assert {finding.code for finding in result.findings} >= {"EXP001", "PER001", "SUM001"}


def test_places_stay_places() -> None:
    result = audit_document(read_sketch(EXPOSED))
    quoted = [place.quoted for finding in result.findings for place in finding.locations if finding.code == "EXP001"]
    assert quoted == [
        r"\\••.•.•.•\••••••",
        r"\\••.•.•.•\••••••\••••\• ••••••••",
        "a••••••••@gmail.com",
        "••• ••• ••••",
        "••.•••.•••",
    ]


def test_a_document_that_exposes_nothing_is_quoted_as_it_is() -> None:
    text = "Se hicieron 273 publicaciones: 94 en Facebook y 89 en Instagram."
    assert mask(text) == text
    assert MASK not in json.dumps(audit_document(read_sketch(text)).to_dict(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("C.C. 1.023.456.789", "C.C. •.•••.•••.•••"),
        ("en C:\\Users\\mrios\\acta.pdf, hoy", "en •:\\•••••\\•••••\\••••.•••, hoy"),
        ("la IP 10.0.4.15", "la IP ••.•.•.••"),
        ("sección 10.1.2.3 del plan", "sección 10.1.2.3 del plan"),
        ("comunicaciones@personeria.gov.co", "comunicaciones@personeria.gov.co"),
        ("línea de atención 310 555 0199", "línea de atención 310 555 0199"),
    ],
)
def test_covered_letter_for_letter(text: str, covered: str) -> None:
    assert mask(text) == covered
    assert len(mask(text)) == len(text)


def test_overlapping_exposures_are_one() -> None:
    assert [(one.kind.value, one.start, one.end) for one in find_exposures(r"\\192.168.2.6\prensa")] == [
        ("server", 0, 20)
    ]
