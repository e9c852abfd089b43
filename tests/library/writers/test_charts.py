"""Charts: every value on its bar, one scale, absence said, safe inside a page, the same drawing in every format."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import PIL.Image
import pytest
from lxml import etree

from pregon.document.model import Chart, Series
from pregon.document.prose import Figure
from pregon.figures.amount import Amount
from pregon.writers.chart_layout import WIDTH, lay_out_chart
from pregon.writers.charts import ChartShelf

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("octubre", "noviembre", "diciembre")


def figure(value: str | int | None, *, unit: str = "", is_estimate: bool = False) -> Figure | None:
    if value is None:
        return None
    return Figure(f"value.{value}", amount=Amount(Decimal(value), unit), is_estimate=is_estimate)


def series(name: str, *values: str | int | None) -> Series:
    return Series(name, tuple(figure(value) for value in values))


POSTS = Chart(
    "posts.month",
    "Publicaciones por red y mes",
    "Facebook: octubre 44, noviembre 24 y diciembre 26; Instagram: 44, 22 y 23.",
    MONTHS,
    (series("Facebook", 44, 24, 26), series("Instagram", 44, 22, 23)),
    "publicaciones",
)
VIEWS = Chart(
    "views.month",
    "Visualizaciones de X",
    "Octubre, unas 2.106; noviembre y diciembre, sin dato.",
    MONTHS,
    (Series("X", (figure(2106, is_estimate=True), None, None)),),
    "visualizaciones",
)
EVENTS = Chart(
    "events",
    "Asistencia por evento",
    "Final del concurso de oratoria: 232.",
    ("Final del concurso de oratoria entre las instituciones del municipio", "Feria de servicios"),
    (series("Asistentes", 232, 45),),
)


@pytest.fixture(scope="module")
def shelf() -> ChartShelf:
    return ChartShelf()


def parse(drawing: str) -> etree._Element:
    return etree.fromstring(drawing.encode())


def texts(drawing: str, kind: str = "") -> list[str]:
    found = [element for element in parse(drawing).iter(f"{SVG}text") if not kind or element.get("class") == kind]
    return [" ".join(str(part) for part in element.itertext()) for element in found]


def bar_heights(drawing: str) -> list[Decimal]:
    paths = [element.get("d", "") for element in parse(drawing).iter(f"{SVG}path") if element.get("class") == "bar"]
    return [Decimal(found[1]) for path in paths if (found := re.search(r"v([\d.]+)", path))]


def test_each_panel_is_named_and_each_value_printed_on_its_bar(shelf: ChartShelf) -> None:
    drawing = shelf.svg(POSTS)
    assert texts(drawing, "val") == ["Facebook", "44", "24", "26", "Instagram", "44", "22", "23"]
    assert [text for text in texts(drawing) if text in {"oct", "nov", "dic"}] == ["oct", "nov", "dic"] * 2


def test_panels_share_one_scale_that_begins_at_zero(shelf: ChartShelf) -> None:
    heights = bar_heights(shelf.svg(POSTS))
    assert len(heights) == 6
    unit = heights[0] / 44
    for height, value in zip(heights, (44, 24, 26, 44, 22, 23), strict=True):
        assert abs(height - unit * value) < Decimal("0.05")


def test_absence_is_said_in_a_dashed_frame_and_no_bar_stands_there(shelf: ChartShelf) -> None:
    drawing = shelf.svg(VIEWS)
    frames = [path for path in parse(drawing).iter(f"{SVG}path") if path.get("class") == "none"]
    assert texts(drawing, "none-label") == ["sin dato", "sin dato"]
    assert [frame.get("stroke-dasharray") for frame in frames] == ["3,3", "3,3"]
    assert len(bar_heights(drawing)) == 1


def test_an_estimate_carries_its_sign_and_numbers_are_written_as_in_colombia(shelf: ChartShelf) -> None:
    assert texts(shelf.svg(VIEWS), "val") == ["X", "≈ 2.106"]


def test_zero_is_a_value_and_not_an_absence(shelf: ChartShelf) -> None:
    drawing = shelf.svg(Chart("zero", "Mensajes", "Ninguno.", ("octubre",), (series("WhatsApp", 0),)))
    assert texts(drawing, "val") == ["WhatsApp", "0"]
    assert texts(drawing, "none-label") == []


def test_negative_values_hang_from_the_base_line(shelf: ChartShelf) -> None:
    change = Chart("change", "Cambio", "Sube 10 y baja 5.", ("octubre", "noviembre"), (series("Cambio", 10, -5),))
    up, down = bar_heights(shelf.svg(change))
    assert abs(up - 2 * down) < Decimal("0.05")
    assert texts(shelf.svg(change), "val") == ["Cambio", "10", "−5"]


def test_long_names_stand_at_the_left_of_bars_that_lie(shelf: ChartShelf) -> None:
    said = " ".join(texts(shelf.svg(EVENTS)))
    assert "Final del concurso de oratoria" in said
    assert lay_out_chart(EVENTS)["columns"] == 1
    widths = [
        Decimal(found[1])
        for path in parse(shelf.svg(EVENTS)).iter(f"{SVG}path")
        if path.get("class") == "bar" and (found := re.search(r"h([\d.]+)", path.get("d", "")))
    ]
    assert abs(widths[0] / widths[1] - Decimal(232) / 45) < Decimal("0.01")


def test_the_drawing_is_named_and_described_with_ids_of_its_own(shelf: ChartShelf) -> None:
    root = parse(shelf.svg(POSTS))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (POSTS.title, POSTS.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    ids = [
        str(element.get("id"))
        for chart in (POSTS, VIEWS)
        for element in parse(shelf.svg(chart)).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) == 4


def test_keys_that_differ_by_a_sign_make_different_ids(shelf: ChartShelf) -> None:
    drawings = [shelf.svg(Chart(key, "T", "D", ("oct",), (series("S", 1),))) for key in ("a.b", "a-b", "a_b")]
    assert len({parse(drawing).get("aria-labelledby") for drawing in drawings}) == 3


def test_nothing_in_the_drawing_is_refused_by_a_strict_page(shelf: ChartShelf) -> None:
    for chart in (POSTS, VIEWS, EVENTS):
        root = parse(shelf.svg(chart))
        names = {str(name) for element in root.iter() for name in element.attrib}
        assert {etree.QName(element).localname for element in root.iter()} <= {
            "svg",
            "title",
            "desc",
            "g",
            "path",
            "text",
            "tspan",
            "line",
        }
        assert not {name for name in names if name == "style" or name.startswith(("on", "aria-role"))}


def test_text_is_in_the_vendored_face(shelf: ChartShelf) -> None:
    faces = {element.get("font-family") for element in parse(shelf.svg(POSTS)).iter(f"{SVG}text")}
    assert faces == {"Public Sans, Pregon Signos"}


def test_words_of_a_record_are_words_and_not_markup(shelf: ChartShelf) -> None:
    hostile = '<script>alert("1")</script> & \x00 ]]>'
    chart = Chart("hostile", hostile, hostile, ("oct",), (series(hostile, 1),))
    root = parse(shelf.svg(chart))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == '<script>alert("1")</script> & ]]>'
    assert list(root.iter(f"{SVG}script")) == []


def test_a_chart_is_drawn_once_for_all_formats() -> None:
    shelf = ChartShelf()
    assert shelf.svg(POSTS) is shelf.svg(POSTS)
    assert shelf.png(POSTS) is shelf.png(POSTS)


def test_equal_charts_give_equal_drawings() -> None:
    assert ChartShelf().svg(POSTS) == ChartShelf().svg(POSTS)


def test_the_picture_is_the_same_drawing(shelf: ChartShelf) -> None:
    with PIL.Image.open(BytesIO(shelf.png(POSTS, 1))) as picture:
        assert picture.format == "PNG"
        root = parse(shelf.svg(POSTS))
        assert picture.size == (int(root.get("width", "0")), int(root.get("height", "0")))
        ink = picture.convert("RGB").getcolors(1_000_000)
        assert ink is not None
        assert (11, 85, 96) in {colour for _, colour in ink}  # the bars' own colour


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_panels_stand_side_by_side_inside_the_page(count: int) -> None:
    chart = Chart("n", "T", "D", MONTHS, tuple(series(f"Red {at}", 1234 * at, 2, None) for at in range(1, count + 1)))
    spec = lay_out_chart(chart)
    assert len(spec["concat"]) == count
    widths = [panel["width"] for panel in spec["concat"][: spec["columns"]]]
    assert sum(widths) + 36 * (len(widths) - 1) <= WIDTH + Decimal("0.001")
    assert all(first == second for first, second in pairwise(widths))


def test_a_chart_without_any_place_is_still_a_drawing(shelf: ChartShelf) -> None:
    assert parse(shelf.svg(Chart("empty", "Nada", "Nada.", (), (Series("X", ()),)))).get("role") == "img"
