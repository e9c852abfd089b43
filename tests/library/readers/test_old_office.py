"""Word and Excel of before 2007: read where that can be done, else one sentence that says how to save them."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from pregon.document.model import Document, Heading, Paragraph
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content, read_document, word97
from pregon.readers.child import read_limited

RICH = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Hubo 273 publicaciones.\par}"
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text(words: str, *, short: bool = False) -> bytes:
    raw = words.encode("utf-16-le")
    return struct.pack("<B" if short else "<H", len(words)) + b"\x01" + raw


def make_xls(
    cells: bytes, strings: tuple[str, ...] = (), *, globals_: bytes = b"", shared: bytes = b"", version: int = 0x600
) -> bytes:
    """A workbook of one sheet, «Redes», whose records are `cells`."""
    head = record(0x809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)) + globals_
    head += record(0x41E, struct.pack("<H", 164) + text("#,##0"))
    head += b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 164, 9))
    listed = struct.pack("<II", len(strings), len(strings)) + b"".join(map(text, strings))
    head += shared or record(0xFC, listed)
    bound = struct.pack("<IBB", 0, 0, 0) + text("Redes", short=True)
    place = len(head) + len(record(0x85, bound)) + len(record(0xA, b""))
    head += record(0x85, struct.pack("<I", place) + bound[4:]) + record(0xA, b"")
    return make_compound(
        {"Workbook": head + record(0x809, struct.pack("<HH12x", version, 16)) + cells + record(0xA, b"")}
    )


def make_compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with sectors of 512 bytes; every stream long enough to need no smaller ones."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        whole = content.ljust(4096, b"\x00")
        parts = [whole[at : at + 512].ljust(512, b"\x00") for at in range(0, len(whole), 512)]
        entries.append((name, 2, len(sectors), len(whole)))
        chains += [*range(len(sectors) + 1, len(sectors) + len(parts)), 0xFFFFFFFE]
        sectors += parts
    directory = b""
    for name, kind, start, size in entries:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        directory += raw.ljust(64, b"\x00") + struct.pack(
            "<HBB3I36xIII", len(raw), kind, 1, *[0xFFFFFFFF] * 3, start, size, 0
        )
    chains.append(0xFFFFFFFE)
    sectors.append(directory.ljust(512, b"\x00"))
    fat = len(sectors)
    chains.append(0xFFFFFFFD)
    sectors.append(struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, fat - 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat)
    return header.ljust(512, b"\xff") + b"".join(sectors)


def rows(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row] for row in table.rows]


class TestExcel:
    def test_every_kind_of_cell(self) -> None:
        cells = b"".join(
            (
                record(0xFD, struct.pack("<3HI", 0, 0, 0, 1)),
                record(0xFD, struct.pack("<3HI", 0, 1, 0, 0)),
                record(0x203, struct.pack("<3Hd", 1, 0, 1, 34811.0)),
                record(0x27E, struct.pack("<3HI", 1, 1, 0, (4450 << 2) | 3)),
                record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, (7 << 2) | 2, 2, (1 << 2) | 2, 1)),
                record(0x06, struct.pack("<3HB5xHHI", 3, 0, 0, 0, 0xFFFF, 0, 0)),
                record(0x207, text("total")),
                record(0x06, struct.pack("<3HdHI", 3, 1, 0, -2.5, 0, 0)),
                record(0x205, struct.pack("<3HBB", 4, 0, 0, 1, 0)),
                record(0x205, struct.pack("<3HBB", 4, 1, 0, 7, 1)),
                record(0xE5, struct.pack("<5H", 1, 5, 5, 0, 1)),
                record(0x204, struct.pack("<3H", 5, 0, 0) + text("Unida")),
            )
        )
        document = read_content(make_xls(cells, ("Itagüí", "Red")), "cifras.xls")
        assert document.blocks[0] == Heading(1, Prose("Redes"))
        assert rows(document) == [
            ["Red", "Itagüí"],
            ["34.811", "44,5"],
            ["7", "100%"],
            ["total", "-2,5"],
            ["VERDADERO", "#DIV/0!"],
            ["Unida"],
        ]

    def test_a_password_and_an_older_format(self) -> None:
        for content, kind, sentence in (
            (
                make_xls(b"", globals_=record(0x2F, bytes(6))),
                Why.PASSWORD,
                "«a.xls» tiene contraseña. Quítela en Excel (Archivo, Información) y súbalo de nuevo.",
            ),
            (
                make_xls(b"", version=0x500),
                Why.WRONG_KIND,
                "«a.xls» es un Excel de antes de 1997. Ábralo en Excel, guárdelo como .xlsx y súbalo de nuevo.",
            ),
        ):
            with pytest.raises(UnreadableFile) as caught:
                read_content(content, "a.xls")
            assert (caught.value.kind, str(caught.value)) == (kind, sentence)

    def test_a_text_that_goes_on_in_the_next_record(self) -> None:
        shared = struct.pack("<IIHB", 1, 1, 6, 0) + b"Face"
        split = record(0xFC, shared) + record(0x3C, b"\x01" + "ñá".encode("utf-16-le"))
        cells = record(0xFD, struct.pack("<3HI", 0, 0, 0, 0))
        document = read_content(make_xls(cells, shared=split), "a.xls")
        assert document.blocks == (Heading(1, Prose("Redes")), Paragraph(Prose("Faceñá")))

    def test_a_chain_that_bites_its_tail(self) -> None:
        content = bytearray(make_xls(record(0x203, struct.pack("<3Hd", 0, 0, 0, 7.0))))
        fat = content.rindex(struct.pack("<II", 0xFFFFFFFE, 0xFFFFFFFD)) // 512 * 512
        struct.pack_into("<I", content, fat + 16, 0)
        try:
            read_content(bytes(content), "a.xls")
        except UnreadableFile as error:
            assert error.kind is Why.DAMAGED  # noqa: PT017 -- either answer is right


class TestWord:
    def test_without_libreoffice_one_sentence_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word97, "find_office", lambda: None)
        content = make_compound({"WordDocument": bytes(64)})
        with pytest.raises(UnreadableFile) as caught:
            read_content(content, "viejo.doc")
        assert str(caught.value) == (
            "«viejo.doc» es un Word antiguo (.doc). Ábralo en Word, guárdelo como .docx y súbalo de nuevo."
        )
        assert caught.value.kind is Why.WRONG_KIND

    def test_a_password(self) -> None:
        content = make_compound({"WordDocument": bytes(11) + b"\x01" + bytes(64)})
        with pytest.raises(UnreadableFile) as caught:
            read_content(content, "viejo.doc")
        assert caught.value.kind is Why.PASSWORD

    @needs_office
    def test_rich_text_is_read_and_said(self, tmp_path: Path) -> None:
        path = tmp_path / "viejo.doc"  # Word opens rich text under this name too
        path.write_bytes(RICH)
        document = read_limited(path)
        assert document.blocks == (Paragraph(Prose("Hubo 273 publicaciones.")),)
        assert document.remarks == ("El archivo es de un formato antiguo; se leyó con LibreOffice.",)
        assert document.source == "viejo.doc"
        assert read_document(path) == document

    @needs_office
    def test_nothing_of_it_is_left_on_the_machine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        word97.convert(RICH, "a.rtf")
        assert list(tmp_path.iterdir()) == []
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert str(tmp_path) not in listed

    @needs_office
    def test_it_is_stopped_when_it_takes_too_long(self) -> None:
        with pytest.raises(UnreadableFile) as caught:
            word97.convert(RICH, "a.rtf", seconds=0)
        assert caught.value.kind is Why.TOO_SLOW


def test_a_new_file_under_an_old_name_is_read(sample_document: Document, tmp_path: Path) -> None:
    from pregon.writers import write_document

    write_document(sample_document, tmp_path / "informe.docx")
    assert read_content((tmp_path / "informe.docx").read_bytes(), "informe.doc").blocks == sample_document.blocks
