"""What kind of file an evidence is, told by its content: what people keep to prove a figure, and nothing that runs.

A name proves nothing: a page of the web called «captura.png» is a page of the web. It is refused, and so is whatever
a computer would execute, because somebody else will open what was kept here.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Final

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
_MOST_ENTRIES: Final = 20_000
_SNIFFED: Final = 1500  # what a browser looks at to guess that something is a page
_MARKUP: Final = re.compile(
    rb"^\s*<|<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed)\b", re.IGNORECASE
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RUNS: Final = (
    b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"dex\n", b"\x00asm", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_RUNS_IN_PACKAGE: Final = re.compile(
    r"\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|class|dex|apk|sh|app|reg|cpl|pif)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of file that is kept: its media type, its word in Spanish, and the endings its name may have."""

    content_type: str
    word: str
    endings: tuple[str, ...]


KINDS: Final = {
    kind.content_type: kind
    for kind in (
        EvidenceKind("image/png", "imagen PNG", ("png",)),
        EvidenceKind("image/jpeg", "imagen JPEG", ("jpg", "jpeg")),
        EvidenceKind("image/gif", "imagen GIF", ("gif",)),
        EvidenceKind("image/webp", "imagen WebP", ("webp",)),
        EvidenceKind("application/pdf", "PDF", ("pdf",)),
        EvidenceKind("video/mp4", "video MP4", ("mp4", "m4v")),
        EvidenceKind(f"{_OFFICE}.wordprocessingml.document", "Word", ("docx", "dotx")),
        EvidenceKind(f"{_OFFICE}.spreadsheetml.sheet", "Excel", ("xlsx", "xltx")),
        EvidenceKind(f"{_OFFICE}.presentationml.presentation", "PowerPoint", ("pptx", "ppsx", "potx")),
        EvidenceKind(f"{_OPEN}.text", "texto de OpenDocument", ("odt",)),
        EvidenceKind(f"{_OPEN}.spreadsheet", "hoja de OpenDocument", ("ods",)),
        EvidenceKind(f"{_OPEN}.presentation", "presentación de OpenDocument", ("odp",)),
        EvidenceKind("application/zip", "zip", ("zip",)),
        EvidenceKind("text/plain", "tabla CSV o texto", ("txt", "csv", "tsv", "json", "ics", "md", "log")),
    )
}
PICTURED: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
"""The kinds of which a small picture can be made."""

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_MP4_BRANDS: Final = re.compile(rb"(?:isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|f4v |3gp[4-7])")
_PARTS: Final = (
    ("word/", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/", f"{_OFFICE}.presentationml.presentation"),
)


class NotKept(Exception):  # noqa: N818 - what happened, not a suffix
    """The file is not of a kind that is kept; the message is one Spanish sentence that says what to do."""


def identify_evidence(content: bytes, name: str) -> EvidenceKind:
    """The kind of a file, by what is inside. `name` is only for the sentence. Raises NotKept."""
    if not content:
        raise NotKept(f"«{name}» está vacío. Ábralo, guárdelo otra vez y súbalo.")
    if content.startswith(_RUNS) or (content.startswith(b"MZ") and b"\x00" in content[:256]):
        raise NotKept(
            f"«{name}» es un programa y no se guarda. Suba la captura, el PDF o la tabla que prueba la cifra."
        )
    for start, content_type in _STARTS:
        if content.startswith(start):
            return KINDS[content_type]
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return KINDS["image/webp"]
    if content[4:8] == b"ftyp":
        return _identify_video(content, name)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _identify_package(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotKept(f"«{name}» es de Office anterior a 2007. Guárdelo como .docx, .xlsx o PDF y súbalo de nuevo.")
    return _identify_text(content, name)


def _identify_video(content: bytes, name: str) -> EvidenceKind:
    if _MP4_BRANDS.match(content[8:12]):
        return KINDS["video/mp4"]
    if content[8:12] in {b"heic", b"heix", b"mif1", b"avif", b"hevc"}:
        raise NotKept(f"«{name}» es una foto que no todos pueden abrir. Guárdela como JPEG y súbala de nuevo.")
    raise NotKept(f"«{name}» es un video que no es MP4. Conviértalo a MP4 y súbalo de nuevo.")


def _identify_package(content: bytes, name: str) -> EvidenceKind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = package.namelist()
            declared = _read_mimetype(package) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotKept(f"No pudimos abrir «{name}»: está dañado o incompleto. Guárdelo otra vez y súbalo.") from error
    if len(names) > _MOST_ENTRIES:
        raise NotKept(f"«{name}» tiene más de {_MOST_ENTRIES} archivos adentro. Divídalo en varios.")
    if any(each.endswith("vbaProject.bin") for each in names):
        raise NotKept(
            f"«{name}» tiene macros, que son programas. Guárdelo sin macros (.docx, .xlsx) y súbalo de nuevo."
        )
    if runs := next((each for each in names if _RUNS_IN_PACKAGE.search(each)), ""):
        inside = runs.rsplit("/", 1)[-1]
        raise NotKept(f"«{name}» lleva adentro un programa («{inside[:60]}»). Quítelo y súbalo de nuevo.")
    if "[Content_Types].xml" in names:
        for part, content_type in _PARTS:
            if any(each.startswith(part) for each in names):
                return KINDS[content_type]
    return KINDS.get(declared, KINDS["application/zip"])


def _read_mimetype(package: zipfile.ZipFile) -> str:
    with package.open("mimetype") as part:
        return part.read(100).decode("ascii", "replace").strip()


def _identify_text(content: bytes, name: str) -> EvidenceKind:
    if _MARKUP.search(_plain_start(content)):
        raise NotKept(
            f"«{name}» es una página web o un dibujo SVG, que pueden llevar programas. "
            "Guárdela como PDF o haga una captura."
        )
    for encoding in ("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return KINDS["text/plain"]
    raise NotKept(
        f"«{name}» es de un tipo que no se guarda como evidencia. Suba una imagen, un PDF, un video MP4, "
        "un archivo de Office, un CSV o un zip."
    )


def _plain_start(content: bytes) -> bytes:
    """The beginning as a browser would look at it: without the mark of its encoding, and 16-bit letters as 8-bit."""
    start = content[: _SNIFFED * 2]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[2:].replace(b"\x00", b"")[:_SNIFFED]
    return start.removeprefix(b"\xef\xbb\xbf")[:_SNIFFED]
