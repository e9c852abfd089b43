"""What the access tests ask of the reports; their records are the quarter's."""

from __future__ import annotations

from tests.web.records import QUARTER
from tests.web.towns import Town


def furnish(town: Town, canary: str) -> dict[str, object]:
    """The report of the quarter, and its Word file, whose parts can be read."""
    del town, canary
    return {"period": str(QUARTER), "file_format": "docx", "year": QUARTER.end.year}
