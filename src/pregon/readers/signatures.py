"""What a file is, told by its bytes: its first ones, and the names inside it where it is a zip."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from typing import Final

from pregon.readers.compound import SIGNATURE, Compound


class Content(StrEnum):
    """What a file holds. The value of a kind that we read is the name of its reader module."""

    WORD = "word"
    EXCEL = "excel"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    OPENDOCUMENT = "opendocument"
    POWERPOINT = "powerpoint"
    OPENDOCUMENT_OTHER = "opendocument_other"
    WORD_97 = "word97"
    EXCEL_97 = "excel97"
    EXCEL_BINARY = "excel_binary"
    POWERPOINT_97 = "powerpoint_97"
    RICH_TEXT = "rich_text"
    XML = "xml"
    ZIP = "zip"
    IMAGE = "image"
    VIDEO = "video"
    SOUND = "sound"
    PROGRAM = "program"
    ENCRYPTED = "encrypted"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The kind in Spanish, ready for «“x” es …»."""
        return _LABELS[self]


_LABELS: Final = {
    Content.WORD: "Word",
    Content.EXCEL: "Excel",
    Content.PDF: "PDF",
    Content.HTML: "HTML",
    Content.TEXT: "texto",
    Content.OPENDOCUMENT: "OpenDocument",
    Content.OPENDOCUMENT_OTHER: "una presentación o un dibujo de OpenDocument",
    Content.POWERPOINT: "PowerPoint",
    Content.WORD_97: "Word",
    Content.EXCEL_97: "Excel",
    Content.EXCEL_BINARY: "un Excel binario (.xlsb): ábralo en Excel y guárdelo como .xlsx",
    Content.POWERPOINT_97: "PowerPoint",
    Content.RICH_TEXT: "texto enriquecido",
    Content.XML: "XML",
    Content.ZIP: "un archivo comprimido: saque de él el informe y súbalo solo",
    Content.IMAGE: "una imagen",
    Content.VIDEO: "un video",
    Content.SOUND: "un audio",
    Content.PROGRAM: "un programa",
    Content.ENCRYPTED: "un archivo con contraseña",
    Content.UNKNOWN: "un archivo de otra clase",
}

_STARTS: Final = (
    (b"\x89PNG\r\n", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    (b"BM", Content.IMAGE),
    (b"II*\x00", Content.IMAGE),
    (b"MM\x00*", Content.IMAGE),
    (b"{\\rtf", Content.RICH_TEXT),
    (b"Rar!", Content.ZIP),
    (b"7z\xbc\xaf", Content.ZIP),
    (b"\x1f\x8b", Content.ZIP),
    (b"ID3", Content.SOUND),
    (b"OggS", Content.SOUND),
    (b"\x1a\x45\xdf\xa3", Content.VIDEO),
    (b"MZ", Content.PROGRAM),
    (b"\x7fELF", Content.PROGRAM),
)
_OPENDOCUMENT: Final = b"application/vnd.oasis.opendocument."
MAXIMUM_MEMBERS: Final = 10_000
_OLE_STREAMS: Final = (
    ("EncryptedPackage", Content.ENCRYPTED),
    ("EncryptionInfo", Content.ENCRYPTED),
    ("WordDocument", Content.WORD_97),
    ("PowerPoint Document", Content.POWERPOINT_97),
    ("Workbook", Content.EXCEL_97),
    ("Book", Content.EXCEL_97),
)
_HTML_START: Final = re.compile(
    # A comment ends at its first «-->»: without that, a few hundred of them could be parted in endless ways.
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|h[1-6]|p|div|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_BYTE_ORDER_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Control characters that no text file holds; tab, line feeds, form feed and escape may stand in one.
_NOT_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(content: bytes) -> Content:
    """What the bytes are."""
    if content.startswith(b"PK"):
        return _recognise_zip(content)
    if content.startswith(SIGNATURE):
        return _recognise_compound(content)
    # A PDF may open with a few bytes of something else (printers and mail servers put them there).
    if b"%PDF-" in content[:1024]:
        return Content.PDF
    if content[:4] == b"RIFF":
        return (
            Content.IMAGE if content[8:12] == b"WEBP" else Content.VIDEO if content[8:12] == b"AVI " else Content.SOUND
        )
    if content[4:8] == b"ftyp":
        return Content.VIDEO
    for start, kind in _STARTS:
        if content.startswith(start) and (kind is Content.RICH_TEXT or _NOT_TEXT.search(content[:4096])):
            return kind
    return _recognise_text(content)


def is_broken_zip(content: bytes) -> bool:
    """Whether the bytes open as a zip does and cannot be listed as one: the file was cut short or spoilt."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return True


def is_office_zip(content: bytes) -> bool:
    """Whether a zip names the parts that every file of Office or OpenDocument has, whatever became of the others."""
    return any(part in content for part in (b"_rels/.rels", b"docProps/", b"META-INF/manifest.xml"))


def has_too_many_members(content: bytes) -> bool:
    """Whether a zip lists more members than any report has. Told without opening it: each takes memory to list."""
    return content.startswith(b"PK") and content.count(b"PK\x01\x02") > MAXIMUM_MEMBERS


def measure_zip(content: bytes) -> int:
    """How many bytes a zip holds once unpacked; 0 for what is no zip. No member gives more than it declares."""
    if not content.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return 0


def decode_text(content: bytes) -> str:
    """The text that the bytes hold: by their byte order mark, else UTF-8 where it is valid, else Windows-1252.

    >>> decode_text("Itagüí".encode("cp1252"))
    'Itagüí'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _recognise_compound(content: bytes) -> Content:
    """By the streams at the top; by names anywhere in it, where its directory is broken."""
    try:
        names = set(Compound(content).names)
    except (ValueError, struct.error):
        names = set()
    found = next((kind for stream, kind in _OLE_STREAMS if stream in names), None)
    return found or next(
        (kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in content), Content.UNKNOWN
    )


def _recognise_zip(content: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if any(member.flag_bits & 1 for member in members):
                return Content.ENCRYPTED
            mimetype = _read_start(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return Content.ZIP
    if mimetype.startswith(_OPENDOCUMENT):
        read = mimetype.removeprefix(_OPENDOCUMENT).startswith((b"text", b"spreadsheet"))
        return Content.OPENDOCUMENT if read else Content.OPENDOCUMENT_OTHER
    if "xl/workbook.bin" in names:
        return Content.EXCEL_BINARY
    for folder, kind in (("word/", Content.WORD), ("xl/", Content.EXCEL), ("ppt/", Content.POWERPOINT)):
        if any(name.startswith(folder) for name in names):
            return kind
    return Content.ZIP


def _read_start(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as stream:
        return stream.read(80)


def _recognise_text(content: bytes) -> Content:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and _NOT_TEXT.search(content):
        return Content.UNKNOWN
    opening = decode_text(content[:8192]).encode("utf-8")
    if _HTML_START.match(opening):
        return Content.HTML
    if opening.lstrip().startswith(b"<?xml"):
        return Content.XML
    return Content.TEXT
