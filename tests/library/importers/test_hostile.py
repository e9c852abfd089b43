"""Files made to harm, in every source: one sentence, within limits of time and memory, and nothing misread.

Each source's own export is spoilt in every way and handed in, known by itself and as its source says; a spoilt file may
still be read, be asked about or be refused in one sentence, and never raises. The whole is done in the limited child
too, where a file that takes more than it may costs its own receipt alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pregon.importers.base import Upload, open_upload
from pregon.importers.child import receive_limited
from pregon.importers.intake import Receipt, receive
from pregon.importers.packages import NotTaken, open_package
from pregon.importers.registry import load_sources

FOLDER = Path(__file__).parent / "sources"
EXPECTED = "expected.yml"
SECONDS = 60
"""For one file, on a machine that does other things too; unhindered they take less than three."""
FORMULA = "=cmd|'/C calc'!A0"
Spoil = Callable[[bytes], bytes]


def with_nul(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + b"\x00" * 3 + content[middle:]


def with_odd_utf16(content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return b"\xff\xfe" + text.encode("utf-16-le") + b"a"


def with_lone_surrogate(content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return b"\xff\xfe" + text.encode("utf-16-le") + b"\x00\xd8\x00\x00"


def with_huge_field(content: bytes) -> bytes:
    return content + b'"' + b"x" * 10_000_000 + b'",1\r\n'


def with_huge_plain_field(content: bytes) -> bytes:
    return content + b"x" * 10_000_000 + b"\r\n"


def with_wide_row(content: bytes) -> bytes:
    return content + b"," * 199_999 + b"\r\n"


def with_wide_header(content: bytes) -> bytes:
    return b",".join(b"c%d" % number for number in range(200_000)) + b"\r\n" + content


def with_unclosed_quote(content: bytes) -> bytes:
    return content + b'"nunca se cierra\r\n' + b"1,2\r\n" * 1_000


def with_formulas(content: bytes) -> bytes:
    return content + f"{FORMULA},@SUM(1+1),+1,-2\r\n".encode() * 3


def with_brackets(content: bytes) -> bytes:
    return b"[" * 200_000 + content


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


SPOILS: tuple[Spoil, ...] = (
    *(with_nul, with_odd_utf16, with_lone_surrogate, with_huge_field, with_huge_plain_field, with_wide_row),
    *(with_wide_header, with_unclosed_quote, with_formulas, with_brackets, cut),
)
HEAVIEST = (with_nul, with_huge_field, with_wide_header, with_brackets)
SOURCES = tuple(source.code for source in load_sources())


def own_export(code: str, workshop: Path) -> Upload:
    """A file of that source: the first of its variants, unpacked where it is a zip."""
    workshop.mkdir()
    variant = min(path.parent for path in FOLDER.glob(f"{code.replace('-', '_')}/*/{EXPECTED}"))
    paths = sorted(path for path in variant.iterdir() if path.name != EXPECTED)
    return next(found for found in open_package(paths, workshop) if not isinstance(found, NotTaken))


def spoil(code: str, how: Spoil, tmp_path: Path) -> Upload:
    own = own_export(code, tmp_path / "taller")
    path = tmp_path / own.name
    path.write_bytes(how(own.read()))
    return open_upload(path, folder=own.folder)


def check(receipt: Receipt) -> None:
    extract = receipt.extract
    for sentence in (
        extract.refused,
        *extract.repairs,
        *extract.remarks,
        *(each.sentence for each in extract.questions),
    ):
        if sentence is not None:
            assert "\n" not in sentence
            assert sentence.endswith((".", ":", "?"))
            assert len(sentence) < 600
    if extract.refused is not None:
        assert (extract.observations, extract.publications) == ((), ())


@pytest.mark.parametrize("how", SPOILS, ids=lambda how: how.__name__)
@pytest.mark.parametrize("code", SOURCES)
def test_a_spoilt_export_is_read_asked_or_refused_in_time(code: str, how: Spoil, tmp_path: Path) -> None:
    upload = spoil(code, how, tmp_path)
    start = time.monotonic()
    (by_itself,) = receive([upload])
    (as_said,) = receive([upload], source=code)
    assert time.monotonic() - start < SECONDS
    check(by_itself)
    check(as_said)


@pytest.mark.parametrize("code", SOURCES)
def test_the_limited_child_takes_the_heaviest_of_them(code: str, tmp_path: Path) -> None:
    uploads = []
    for number, how in enumerate(HEAVIEST):
        (tmp_path / str(number)).mkdir()
        uploads.append(spoil(code, how, tmp_path / str(number)))
    start = time.monotonic()
    receipts = receive_limited(uploads, source=code, seconds=SECONDS)
    assert time.monotonic() - start < SECONDS * 2
    assert len(receipts) == len(HEAVIEST)
    for receipt in receipts:
        check(receipt)


def test_a_formula_in_a_caption_is_its_text(tmp_path: Path) -> None:
    path = tmp_path / "Oct-01-2025_Oct-31-2025_1.csv"
    path.write_bytes(
        b"Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Date\r\n"
        b"12218700000000001,1,Pe\xc3\xb1aclara,\"=cmd|'/C calc'!A0\",10/15/2025 08:05,=HYPERLINK(1),Photos,Lifetime\r\n"
    )
    (receipt,) = receive([open_upload(path)])
    (publication,) = receipt.extract.publications
    assert (publication.title, publication.link) == (FORMULA, "")


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (with_odd_utf16, "está cortado: le falta un byte. Descárguelo otra vez de la plataforma."),
        (with_huge_field, "tiene un texto de más de 200.000 letras en la línea 4: no es una exportación."),
        (with_wide_row, "tiene 200.000 columnas en la línea 4: no es una exportación."),
        (with_unclosed_quote, "tiene una comilla sin cerrar en la línea 4: descárguelo otra vez de la plataforma."),
    ],
)
def test_what_is_said_of_a_spoilt_list_names_its_line(how: Spoil, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    row = b"12218700000000001,1,P,%s,10/15/2025 08:05,https://www.facebook.com/1,Photos,Lifetime\r\n"
    header = b"Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Date\r\n"
    path.write_bytes(how(header + row % b"Uno" + row % b"Dos"))
    (receipt,) = receive([open_upload(path)], source="meta-content")
    assert receipt.extract.refused == f"«lista.csv» {sentence}"
