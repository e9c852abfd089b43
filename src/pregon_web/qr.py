"""An address as a QR code (ISO/IEC 18004): a drawing that a page or a sheet of paper shows, without scripts. Pure."""

from __future__ import annotations

from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""The white modules around it that readers need."""


def draw_qr(address: str, label: str) -> str:
    """The code as SVG: black on white in any theme, because phones read it so. `label` says what it is."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    side = len(rows)
    path = "".join(_draw_row(row, place) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}" height="{side * 8}"'
        f' role="img" aria-label="{_attribute(label)}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _draw_row(row: list[bool], place: int) -> str:
    """The black runs of a row, one rectangle each."""
    drawn, left = [], 0
    for is_black, run in groupby(row):
        width = len(list(run))
        if is_black:
            drawn.append(f"M{left} {place}h{width}v1h-{width}z")
        left += width
    return "".join(drawn)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
