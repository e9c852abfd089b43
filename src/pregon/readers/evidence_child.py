"""What a child process says of a file kept as evidence: of which kind it is, or a small picture of it.

The picture is drawn anew, point by point, as a PNG of ours: nothing of the original's own bytes, places or names
passes into it. Run by `child.ask_child`.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pregon.readers.evidence_kinds import NotKept, identify_evidence
from pregon.readers.reading_child import set_limits

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE: Final = 900
_MOST_PIXELS: Final = 80_000_000
_SHOWN_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")


def main(arguments: list[str]) -> int:
    """Say what the words ask: path, its owner's name, «identify» or «preview», seconds, megabytes."""
    path, name, what = Path(arguments[0]), arguments[1], arguments[2]
    set_limits(int(arguments[3]), int(arguments[4]))
    answer: dict[str, Any]
    try:
        kind = identify_evidence(path.read_bytes(), name)
        answer = {"content_type": kind.content_type}
        if what == "preview":
            answer["png"] = base64.b64encode(draw_preview(path, kind.content_type)).decode()
    except NotKept as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


def draw_preview(path: Path, content_type: str) -> bytes:
    """A PNG of an image or of a PDF's first page, no side over 900 points. Raises whatever a damaged file raises."""
    image = _draw_page(path) if content_type == "application/pdf" else _open_image(path)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _open_image(path: Path) -> Image:
    from PIL import Image, ImageOps

    with Image.open(path, formats=_SHOWN_FORMATS) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValueError("too many points")
        opened.draft("RGB", (_SIDE, _SIDE))
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((_SIDE, _SIDE))
        seen = turned.convert("RGBA")
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A"))
    return sheet


def _draw_page(path: Path) -> Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    page = document[0]
    width, height = page.get_size()
    image: Image = page.render(scale=_SIDE / max(width, height, 1)).to_pil().convert("RGB")
    image.thumbnail((_SIDE, _SIDE))
    return image


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
