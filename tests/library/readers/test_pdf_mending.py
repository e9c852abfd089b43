"""A broken PDF is read as far as it goes, and what failed is said by page."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pregon.document.model import Paragraph
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content

MENDED = "El PDF está dañado por dentro; se reparó para leerlo y puede faltarle algo."


def make_pdf(*pages: str, spoil: int | None = None) -> bytes:
    """A page for each text; `spoil` is the number of the one whose size is none."""
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    for at, text in enumerate(pages):
        content = f"BT /F1 11 Tf 72 500 Td ({text}) Tj ET"
        box = "[/a 0 612 792]" if at + 1 == spoil else "[0 0 612 792]"
        font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
        bodies.append(f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {4 + 2 * at} 0 R/Resources{font}>>")
        bodies.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def test_tables_of_places_that_are_wrong_are_mended() -> None:
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf("Hubo 273 publicaciones."))) as pdf:
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    content = packed.getvalue()
    at = content.index(b"obj") - 4
    document = read_content(content[:at] + b"%" * 900 + b"\n" + content[at:], "informe.pdf")
    assert document.blocks == (Paragraph(Prose("Hubo 273 publicaciones.")),)
    assert document.remarks == (MENDED,)


def break_second_page(old: bytes, new: bytes) -> bytes:
    """Three pages; what is told of the second, or of its content, is changed."""
    content = make_pdf("Hubo 273.", "Facebook tuvo 94.", "De X fueron 90.")
    objects = content.split(b"endobj\n")
    objects[4:6] = [each.replace(old, new) for each in objects[4:6]]
    return b"endobj\n".join(objects)


def test_the_page_that_breaks_is_read_for_its_words_and_named() -> None:
    document = read_content(break_second_page(b"<</Length", b"<</Filter/Nada/Length"), "informe.pdf")
    assert [(each.prose.text, each.location.page) for each in document.passages] == [
        ("Hubo 273.", 1),
        ("Facebook tuvo 94.", 2),
        ("De X fueron 90.", 3),
    ]
    assert document.remarks == ("Página 2: se leyó el texto, sin sus tablas, porque el PDF está dañado.",)


def test_the_page_of_which_nothing_can_be_read_is_named() -> None:
    document = read_content(break_second_page(b"/Subtype/Type1", b"/Subtype/Type3"), "informe.pdf")
    assert [each.prose.text for each in document.passages] == ["Hubo 273.", "De X fueron 90."]
    assert document.remarks == ("Página 2: no se pudo leer, porque el PDF está dañado.",)


def test_one_that_lost_its_end_is_not_read_in_part() -> None:
    content = make_pdf("Hubo 273.", "Hubo 94.", spoil=1)
    with pytest.raises(UnreadableFile) as caught:
        read_content(content[: content.index(b"%%EOF")], "informe.pdf")
    assert caught.value.kind is Why.DAMAGED
