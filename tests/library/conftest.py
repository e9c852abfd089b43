"""A document made by hand with every kind of block, role, layout, state and span: what each format is tried on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pregon.document.model import (
    Cell,
    CellState,
    Chart,
    Document,
    Heading,
    Image,
    Layout,
    Paragraph,
    Picture,
    Properties,
    Role,
    Series,
    Table,
)
from pregon.document.prose import Figure, FigureKind, Operator, Printed, Prose
from pregon.figures.amount import Amount
from tests.property.documents import draw_png

_POSTS = {"Facebook": (44, 24, 26), "Instagram": (44, 22, 23), "X": (46, 19, 25)}
_MONTHS = ("2025-10", "2025-11", "2025-12")


def _count(key: str, value: int, **more: object) -> Printed:
    return Printed(str(value), Figure(key, amount=Amount(Decimal(value)), **more))  # type: ignore[arg-type]  # its fields


def _cell(*parts: str | Printed, rows: int = 1, columns: int = 1, state: CellState = CellState.VALUE) -> Cell:
    return Cell(Prose.of(*parts), rows, columns, state=state)


def _sum(key: str, parts: dict[str, int]) -> Printed:
    total = sum(parts.values())
    formula = f"{' + '.join(map(str, parts.values()))} = {total}"
    return _count(key, total, operator=Operator.SUM, parts=tuple(parts), formula=formula)


def _posts_table() -> Table:
    head = tuple(_cell(text) for text in ("Red", "Octubre", "Noviembre", "Diciembre", "Total"))
    rows = [head]
    cells = {
        network: {f"posts.{network}.{m}": n for m, n in zip(_MONTHS, ns, strict=True)} for network, ns in _POSTS.items()
    }
    for network, parts in cells.items():
        months = (_cell(_count(key, value, sources=(f"publication:{key}",))) for key, value in parts.items())
        rows.append((_cell(network), *months, _cell(_sum(f"posts.{network}", parts))))
    columns = [
        _sum(f"posts.{month}", {f"posts.{network}.{month}": _POSTS[network][place] for network in _POSTS})
        for place, month in enumerate(_MONTHS)
    ]
    whole = _sum("posts", {f"posts.{network}": sum(_POSTS[network]) for network in _POSTS})
    rows.append((_cell("Total por mes"), *(_cell(total) for total in columns), _cell(whole)))
    return Table(tuple(rows), 1, 1, "Publicaciones por red y mes", 1, total_rows=1, total_columns=1)


def _states_table() -> Table:
    """Two header rows with merged cells, every state, a cell of two paragraphs."""
    absent = Figure("reach.2025-12", FigureKind.STATE)
    rows = (
        (_cell("Red", rows=2), _cell("Alcance", columns=3), _cell("Nota", rows=2)),
        (_cell("Octubre"), _cell("Diciembre"), _cell("Trimestre")),
        (
            _cell("Facebook"),
            _cell(Printed("34.811", Figure("visits", amount=Amount(Decimal(34811))))),
            _cell(Printed("sin dato", absent), state=CellState.NO_DATA),
            _cell(Printed("no sumable", absent), state=CellState.NOT_ADDABLE),
            _cell("Falta el archivo de Meta.\nLo tiene la oficina; vence el 8 de enero de 2026."),
        ),
        (
            _cell("WhatsApp"),
            _cell(Printed("no aplica", absent), columns=2, state=CellState.NOT_APPLICABLE),
            _cell(Printed("no medible", absent), state=CellState.NOT_MEASURABLE),
            _cell(Printed("48,5 %", Figure("share", amount=Amount(Decimal("48.5"), "%", Decimal("0.1"))))),
        ),
    )
    return Table(rows, 2, 1, "Alcance por red", 2)


def _nested_table() -> Table:
    inner = Table(((_cell("Mes"), _cell("Piezas")), (_cell("Octubre"), _cell("8"))), header_rows=1)
    return Table(((_cell("Campaña"), Cell(Prose("Detalle"), tables=(inner,))),))


def _chart() -> Chart:
    series = tuple(
        Series(
            network,
            tuple(Figure(f"posts.{network}.{m}", amount=Amount(Decimal(n))) for m, n in zip(_MONTHS, ns, strict=True)),
        )
        for network, ns in _POSTS.items()
    )
    description = "Facebook: 44, 24 y 26. Instagram: 44, 22 y 23. X: 46, 19 y 25."
    return Chart(
        "posts",
        "Publicaciones por red y mes",
        description,
        ("octubre", "noviembre", "diciembre"),
        series,
        "publicaciones",
    )


@pytest.fixture(scope="session")
def sample_document() -> Document:
    """A short report that holds one of everything."""
    facts = Table(
        ((_cell("Código"), _cell("FO-COM-012")), (_cell("Versión"), _cell("3"))),
        header_columns=1,
        layout=Layout.FACTS,
    )
    highlights = Table(
        ((_cell(_count("posts", 273)), _cell(_count("news", 6))), (_cell("publicaciones"), _cell("noticias"))),
        layout=Layout.HIGHLIGHTS,
    )
    chart = _chart()
    summary = Prose.of(
        "En el ",
        Printed("cuarto trimestre de 2025", Figure("period", FigureKind.PERIOD)),
        " hubo ",
        _sum("posts", {"posts.Facebook": 94, "posts.Instagram": 89, "posts.X": 90}),
        " publicaciones y 6 noticias: <b>no</b> es «&amp;».",
    )
    blocks = (
        Heading(0, Prose("Informe de comunicaciones"), "informe"),
        Paragraph(Prose("Cuarto trimestre de 2025"), Role.SUBTITLE),
        facts,
        Heading(1, Prose("Resumen"), "resumen"),
        Paragraph(summary),
        highlights,
        Paragraph(Prose("Facebook publicó 94 veces."), Role.ITEM),
        Paragraph(Prose("Instagram publicó 89 veces."), Role.ITEM),
        Heading(2, Prose("Redes sociales"), "redes"),
        _posts_table(),
        Paragraph(Prose("Fuente: registro de publicaciones."), Role.SOURCE),
        Picture(chart.description, chart.title, 1, chart),
        Heading(1, Prose("Audiencia"), "audiencia"),
        _states_table(),
        Paragraph(Prose("Falta diciembre: lo entrega la oficina el 8 de enero de 2026."), Role.NOTE),
        Paragraph(Prose("=1+1 no es una fórmula, ni +57 300 un número, ni @todos una mención."), Role.FOOTNOTE),
        Paragraph(Prose("Texto en un recuadro."), Role.TEXT_BOX),
        Heading(1, Prose("Evidencias"), "evidencias"),
        _nested_table(),
        Picture("Captura de la página en octubre", "Sede electrónica", 2, Image(draw_png())),
        Picture("Una imagen que no se pudo dibujar"),
    )
    properties = Properties(
        "Informe de comunicaciones", "Personería de Peñaclara", "FO-COM-012", "3", "2025-T4", "es-CO"
    )
    return Document(
        blocks,
        properties,
        header=("Personería de Peñaclara", "FO-COM-012 · versión 3"),
        footer=("Informe de comunicaciones, cuarto trimestre de 2025",),
    )
