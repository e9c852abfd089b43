"""Keep, of the pictures that the browser tests made, those that the guide shows: their top, and few colours.

    python scripts/keep_guide_pictures.py FOLDER

A page of the guide names its pictures; the one called «guia-cierre-1280.png» is taken from that name in FOLDER. What no
page names any more is removed. Ends in 1 where a picture was not made.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from PIL import Image

GUIDE: Final = Path(__file__).resolve().parent.parent / "docs" / "guia"
NAMED: Final = re.compile(r"imagenes/([a-z0-9-]+\.png)")
TALLEST: Final = 1200  # pixels: the whole of most pages, the top of long lists
MOST_BYTES: Final = 150_000
COLOURS: Final = (128, 64, 32, 16)


def main(folder: Path) -> int:
    """Keep the pictures of the guide."""
    named = sorted({name for page in GUIDE.glob("*.md") for name in NAMED.findall(page.read_text(encoding="utf-8"))})
    kept = GUIDE / "imagenes"
    kept.mkdir(exist_ok=True)
    lacking = [name for name in named if not (folder / name).is_file()]
    for name in named:
        if name not in lacking:
            keep_small(folder / name, kept / name)
    for path in kept.glob("*.png"):
        if path.name not in named:
            path.unlink()
    for name in lacking:
        sys.stderr.write(f"Ninguna prueba hizo «{name}».\n")
    return 1 if lacking else 0


def keep_small(source: Path, target: Path) -> None:
    """The top of a picture, with as many colours as its weight allows."""
    with Image.open(source) as whole:
        top = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, TALLEST)))
    for colours in COLOURS:
        top.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
