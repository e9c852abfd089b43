"""Charts and pictures as Word's drawings: a chart is its SVG, with the PNG of the same drawing for older programs."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING, Final

from pregon.document.model import Chart, Image, Picture
from pregon.writers.word_markup import quoted

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

    from pregon.writers.charts import ChartShelf

_EMU_A_PIXEL: Final = 9525
_EMU_A_TWIP: Final = 635
_TALLEST: Final = 10_000 * _EMU_A_TWIP
_SVG_TAG: Final = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_SVG_SIDE: Final = r'\b{side}="([\d.]+)'
# A drawing that would have something fetched, from the network or from this machine, is not drawn.
_REACHES_OUT: Final = re.compile(
    r"""href\s*=\s*["']?\s*(?!["'\#]|data:) | url\(\s*["']?(?!["'\#]|data:) | @import | <!ENTITY""", re.VERBOSE
)
_IMAGE_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"

# One pale point, stretched to a box: where the picture should be and its bytes are not at hand.
_BLANK: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4/PULAAW7At1szWX3AAAAAElFTkSuQmCC"
)
_BLANK_HEIGHT: Final = 1100 * _EMU_A_TWIP


class PictureWriter:
    """Puts pictures into one Word file, each numbered for that file."""

    def __init__(self, part: DocumentPart, charts: ChartShelf, width: int) -> None:
        """`width` is that of the text, in twentieths of a point."""
        self._part = part
        self._charts = charts
        self._width = width * _EMU_A_TWIP
        # Numbers of our own, far from those that an office's template may have used.
        self._count = 9000

    def drawing_xml(self, picture: Picture) -> str:
        """The run that holds the picture, with its words for whoever does not see it."""
        self._count += 1
        match picture.drawing:
            case Chart() as chart:
                svg = self._charts.svg(chart)
                return self._frame(picture, self._charts.png(chart), _svg_size(svg), svg.encode(), fill=True)
            case Image(content=content, media_type="image/svg+xml"):
                return self._vector(picture, content)
            case Image(content=content):
                return self._frame(picture, content, None)
            case _:
                return self._blank(picture)

    def _vector(self, picture: Picture, content: bytes) -> str:
        import vl_convert

        try:
            text = content.decode()
            if _REACHES_OUT.search(text):
                return self._blank(picture)
            fallback = vl_convert.svg_to_png(text, scale=3)
        except (ValueError, RuntimeError):  # not text, or no drawing
            return self._blank(picture)
        return self._frame(picture, fallback, _svg_size(text), content)

    def _blank(self, picture: Picture) -> str:
        code, _ = self._part.get_or_add_image(io.BytesIO(_BLANK))
        return _inline_xml(picture, self._count, code, "", self._width, _BLANK_HEIGHT)

    def _frame(
        self,
        picture: Picture,
        content: bytes,
        size: tuple[float, float] | None,
        svg: bytes = b"",
        *,
        fill: bool = False,
    ) -> str:
        """The drawing at its own size, smaller where the page asks for it; as wide as the text where `fill`."""
        from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError

        try:
            code, image = self._part.get_or_add_image(io.BytesIO(content))
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
            converted = _as_png(content)
            return self._frame(picture, converted, size) if converted else self._blank(picture)
        own_width, own_height = (
            (image.width, image.height) if size is None else (size[0] * _EMU_A_PIXEL, size[1] * _EMU_A_PIXEL)
        )
        scale = min(self._width / own_width, _TALLEST / own_height)
        scale = scale if fill else min(1.0, scale)
        svg_code = self._add_svg(svg) if svg else ""
        return _inline_xml(picture, self._count, code, svg_code, round(own_width * scale), round(own_height * scale))

    def _add_svg(self, content: bytes) -> str:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        name = PackURI(f"/word/media/vector{self._count}.svg")
        return self._part.relate_to(Part(name, "image/svg+xml", content, self._part.package), _IMAGE_RELATION)


def _as_png(content: bytes) -> bytes:
    """A picture of a kind that Word does not know (WebP) as PNG; nothing where it is no picture or already one."""
    import PIL.Image

    buffer = io.BytesIO()
    try:
        with PIL.Image.open(io.BytesIO(content)) as image:
            if image.format == "PNG":
                return b""
            image.convert("RGBA").save(buffer, "PNG")
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError):
        return b""
    return buffer.getvalue()


def _svg_size(svg: str) -> tuple[float, float] | None:
    """Width and height in pixels, where the drawing says them."""
    tag = _SVG_TAG.search(svg)
    sides = [re.search(_SVG_SIDE.format(side=side), tag.group() if tag else "") for side in ("width", "height")]
    width, height = (float(side[1]) if side else 0 for side in sides)
    return (width, height) if width and height else None


def _inline_xml(picture: Picture, number: int, code: str, svg_code: str, width: int, height: int) -> str:
    name = quoted(picture.caption or "Imagen")
    vector = (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        f'<asvg:svgBlip r:embed="{svg_code}"/></a:ext></a:extLst>'
        if svg_code
        else ""
    )
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name={name} descr={quoted(picture.alt)}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{code}">{vector}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
