"""What a page shows of an audit, as plain values."""

from __future__ import annotations

import json

from pregon.audit.presentation import Stretch, cut, present, tell_headline
from pregon.audit.runner import audit_document
from tests.rules.sketch import read_sketch

TOTALS = """
# Publicaciones en redes
| Red | Octubre | Noviembre | Total |
|---|---|---|---|
| Facebook | 44 | 24 | 68 |
| X | 46 | 19 | {total} |
"""


def page_of(text: str) -> dict[str, object]:
    document = read_sketch(text)
    return present(document, audit_document(document))


def test_a_text_is_cut_where_something_was_said_of_it() -> None:
    said = [Stretch(0, 10, "is-ok", None), Stretch(5, 7, "is-bad", 2), Stretch(5, 7, "is-gap", 3)]
    assert cut("dice 36 hoy", said) == [
        {"text": "dice ", "css": "is-ok", "refs": []},
        {"text": "36", "css": "is-bad", "refs": [2, 3]},
        {"text": " ho", "css": "is-ok", "refs": []},
        {"text": "y", "css": None, "refs": []},
    ]


def test_an_empty_place_that_something_was_said_of_still_shows_the_number() -> None:
    assert cut("", [Stretch(0, 0, "is-gap", 4)]) == [{"text": "\u00a0\u00a0", "css": "is-gap", "refs": [4]}]
    assert cut("", []) == []


def test_the_headline_counts_contradictions() -> None:
    assert tell_headline(page_of(TOTALS.format(total=66)))[0] == "El documento se contradice en 1 punto"
    assert tell_headline(page_of(TOTALS.format(total=65)))[0] == "Cero hallazgos"


def test_it_is_plain_values() -> None:
    page = page_of(TOTALS.format(total=66))
    assert json.loads(json.dumps(page)) == page


def test_only_the_place_to_mend_is_marked_as_wrong() -> None:
    page = page_of(TOTALS.format(total=66))
    cells = [cell for block in page["paper"] if block["kind"] == "table" for row in block["rows"] for cell in row]  # type: ignore[attr-defined]  # JSON has no static type
    wrong = [piece["text"] for cell in cells for piece in cell["pieces"] if piece["css"] == "is-bad"]
    assert wrong == ["66"]


def test_what_must_not_be_published_is_not_in_the_text_either() -> None:
    exposed = r"""
# Informe
| Nombre | Cédula | Evidencia |
|---|---|---|
| Ana | 43.567.890 | \\\\10.0.2.6\\prensa |

Escriba a ana.perez@gmail.com.
"""
    told = json.dumps(page_of(exposed), ensure_ascii=False)
    assert [secret for secret in ("43.567.890", "10.0.2.6", "prensa", "ana.perez") if secret in told] == []
