"""How the registro looks: a calm printed form. Faces and colours in one place, taken from the house's palette."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FACE = "Calibri"  # on every machine with Excel; LibreOffice has Carlito, of the same widths
INK, QUIET, ACCENT, LINE, SUNK = "16211F", "4A5653", "0B5560", "D5DBD9", "F3F5F4"

TITLE = Font(name=FACE, size=18, bold=True, color=ACCENT)
SUBTITLE = Font(name=FACE, size=13, bold=True, color=INK)
PURPOSE = Font(name=FACE, size=11, color=QUIET)
HEADER = Font(name=FACE, size=11, bold=True, color=INK)
BODY = Font(name=FACE, size=11, color=INK)
SAMPLE = Font(name=FACE, size=11, italic=True, color="6B7673")
LINK = Font(name=FACE, size=11, color=ACCENT, underline="single")

SUNK_FILL = PatternFill("solid", fgColor=SUNK)
ANSWER_FILL = PatternFill("solid", fgColor="FBFCFB")

_HAIR = Side(style="thin", color=LINE)
_STRONG = Side(style="medium", color=INK)
HEADER_BORDER = Border(bottom=_STRONG, left=_HAIR, right=_HAIR)
CELL_BORDER = Border(bottom=_HAIR, left=_HAIR, right=_HAIR)
ANSWER_BORDER = Border(bottom=_HAIR, top=_HAIR, left=_HAIR, right=_HAIR)

TOP = Alignment(vertical="top")
WRAPPED = Alignment(vertical="top", wrap_text=True)
HEADING = Alignment(vertical="center", wrap_text=True)
HEADING_RIGHT = Alignment(vertical="center", horizontal="right", indent=1, wrap_text=True)
LEFT = Alignment(vertical="top", horizontal="left")
RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
