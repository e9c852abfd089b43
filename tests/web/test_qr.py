"""A QR code drawn as SVG: the drawing is the code, module by module, and its label is escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from pregon_web.qr import QUIET, draw_qr

ADDRESS = "https://comunicaciones.penaclara.example/encuesta/1-abcdefghijklmnopqrstuv/"
FINDER = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
"""The square at three corners of every code (ISO/IEC 18004, 6.3.3)."""


def modules_of(svg: str) -> list[str]:
    """The drawing as rows of black and white, read back from its path."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    side = int(root.attrib["viewBox"].split()[2])
    black = root.findall("{http://www.w3.org/2000/svg}path")[1].attrib["d"]
    rows = [["."] * side for _ in range(side)]
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", black):
        for place in range(int(left), int(left) + int(width)):
            assert rows[int(top)][place] == "."
            rows[int(top)][place] = "#"
    return ["".join(row) for row in rows]


def test_three_corners_have_their_square_and_the_fourth_has_not_and_white_is_around_it() -> None:
    rows = modules_of(draw_qr(ADDRESS, "Código"))
    side = len(rows)
    far = side - QUIET - 7

    def corner(top: int, left: int) -> list[str]:
        return [row[left : left + 7] for row in rows[top : top + 7]]

    assert [corner(QUIET, QUIET), corner(QUIET, far), corner(far, QUIET)] == [FINDER] * 3
    assert corner(far, far) != FINDER
    blank = "." * side
    assert rows[:QUIET] == [blank] * QUIET == rows[-QUIET:]
    assert {row[:QUIET] + row[-QUIET:] for row in rows} == {"." * QUIET * 2}
    # Between the squares run the timing lines: one black, one white (6.3.4).
    assert rows[QUIET + 6][QUIET + 8 : far - 1] == ("#." * side)[: far - QUIET - 9]


def test_another_address_is_another_code_and_the_same_is_the_same() -> None:
    assert draw_qr(ADDRESS, "Código") == draw_qr(ADDRESS, "Código")
    assert modules_of(draw_qr(ADDRESS, "x")) != modules_of(draw_qr(f"{ADDRESS}?", "x"))


def test_its_label_is_text_whatever_it_holds() -> None:
    hostile = 'Encuesta "><script>alert(1)</script> & más'
    root = ET.fromstring(draw_qr(ADDRESS, hostile))  # noqa: S314 - our own drawing
    assert root.attrib["aria-label"] == hostile
    assert root.attrib["role"] == "img"
