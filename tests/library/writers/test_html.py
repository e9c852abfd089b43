"""The HTML file: whole in itself, accessible, safe, and equal to the document when it is read back."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from decimal import Decimal

import pytest
from lxml import etree

from pregon.document.model import Cell, CellState, Document, Heading, Paragraph, Properties, Table
from pregon.document.prose import Figure, FigureKind, Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.readers.html import read
from pregon.writers.html import render_fragment, render_page


def parse(page: str) -> etree._Element:
    return etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))


def text_of(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def select(root: etree._Element, path: str) -> list[etree._Element]:
    return list(root.findall(path))


def ids_of(root: etree._Element) -> list[str]:
    return [str(each.get("id")) for each in select(root, ".//*[@id]")]


@pytest.fixture(scope="module")
def page(sample_document: Document) -> str:
    return render_page(sample_document)


@pytest.fixture(scope="module")
def root(page: str) -> etree._Element:
    return parse(page)


def test_the_sample_is_read_back_equal(page: str, sample_document: Document) -> None:
    document = read(page.encode(), "informe.html")
    assert document == sample_document
    assert document.properties == sample_document.properties


def test_nothing_is_fetched_and_nothing_runs(root: etree._Element) -> None:
    assert [element.tag for element in root.iter("script", "link", "iframe", "object", "base", "form")] == []
    assert select(root, ".//*[@style]") == []
    sources = [
        str(value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if str(name) in {"src", "href", "action"} and not str(value).startswith(("#", "data:image/png;base64,"))
    ]
    assert sources == []


def test_its_policy_allows_its_own_style_and_nothing_else(root: etree._Element) -> None:
    styles = list(root.iter("style"))
    seal = base64.b64encode(hashlib.sha256((styles[0].text or "").encode()).digest()).decode()
    policies = [meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv")]
    assert len(styles) == 1
    assert policies == [
        (
            f"default-src 'none'; style-src 'sha256-{seal}'; img-src data:; font-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
    ]
    assert set(re.findall(r"url\(\"([^,\"]*)", styles[0].text or "")) == {"data:font/woff2;base64"}


def test_landmarks_language_and_the_way_to_the_content(root: etree._Element) -> None:
    assert root.get("lang") == "es-CO"
    assert [text_of(title) for title in select(root, "head/title")] == [
        "Informe de comunicaciones · Personería de Peñaclara"
    ]
    assert Counter(element.tag for element in root.iter("main", "nav", "header", "footer", "h1")) == Counter(
        ["main", "nav", "header", "footer", "h1"]
    )
    first = next(iter(root.iter("a")))
    assert (first.get("href"), text_of(first)) == ("#contenido", "Saltar al contenido")


def test_no_id_stands_twice_and_every_link_leads_somewhere(root: etree._Element) -> None:
    ids = ids_of(root)
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    links = {str(link.get("href")).removeprefix("#") for link in root.iter("a")}
    named = {
        name for each in select(root, ".//*[@aria-labelledby]") for name in each.get("aria-labelledby", "").split()
    }
    assert (links | named) - set(ids) == set()


def test_the_contents_name_every_section(root: etree._Element) -> None:
    entries = [text_of(entry) for entry in select(root, ".//nav//li")]
    assert entries == ["Resumen", "Audiencia", "Evidencias"]


def test_tables_have_captions_scopes_and_a_frame_that_scrolls(root: etree._Element) -> None:
    (frame,) = select(root, ".//div[@class='scroll'][@aria-label='Alcance por red']")
    assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
    heads = [
        (th.get("scope"), th.get("rowspan"), th.get("colspan"), text_of(th)) for th in select(frame, ".//thead//th")
    ]
    assert heads == [
        ("col", "2", None, "Red"),
        ("colgroup", None, "3", "Alcance"),
        ("col", "2", None, "Nota"),
        ("col", None, None, "Octubre"),
        ("col", None, None, "Diciembre"),
        ("col", None, None, "Trimestre"),
    ]
    assert [(th.get("scope"), text_of(th)) for th in select(frame, ".//tbody//th")] == [
        ("row", "Facebook"),
        ("row", "WhatsApp"),
    ]
    assert [text_of(caption) for caption in select(frame, ".//caption")] == ["Tabla 2. Alcance por red"]
    faces = {span.get("class"): text_of(span) for span in frame.iter("span")}
    assert faces == {
        "no-data": "sin dato",
        "not-addable": "no sumable",
        "not-applicable": "no aplica",
        "not-measurable": "no medible",
    }


def test_a_figure_leads_to_its_account() -> None:
    total = Figure("posts", amount=Amount(Decimal(94)), operator=Operator.SUM, formula="44 + 24 + 26 = 94")
    counted = Figure("posts.10", sources=tuple(f"publication:P-{number}" for number in range(1, 9)))
    bare = Figure("bare")
    prose = Prose.of("Hubo ", Printed("94", total), ", ", Printed("8", counted), " y ", Printed("3", bare), ".")
    root = parse(render_page(Document((Heading(0, Prose("Informe")), Paragraph(prose)))))
    links = [(link.get("href"), text_of(link)) for link in root.iter("a") if link.get("class") == "fig"]
    assert links == [("#cuenta-posts", "94"), ("#cuenta-posts.10", "8")]
    accounts = {entry.get("id"): text_of(entry) for entry in root.iter("li") if entry.get("id")}
    assert accounts == {
        "cuenta-posts": "94 Informe 44 + 24 + 26 = 94",
        "cuenta-posts.10": "8 Informe 8 publicaciones: P-1, P-2, P-3, P-4, P-5, P-6 …",
    }


def test_what_people_wrote_is_never_markup() -> None:
    nasty = "\"><script>alert('1')</script>&copy;"
    table = Table(((Cell(Prose(nasty)),),), header_rows=0, caption=nasty, number=1)
    document = Document(
        (Heading(0, Prose(nasty)), Paragraph(Prose(nasty)), table),
        Properties(title=nasty, institution=nasty, code=nasty),
        header=(nasty,),
        footer=(nasty,),
    )
    page = render_page(document)
    assert list(parse(page).iter("script")) == []
    assert read(page.encode(), "informe.html") == document


def test_a_month_without_data_stands_under_the_numbers_beside_it() -> None:
    rows = (
        (Cell(Prose("Métrica")), Cell(Prose("Oct")), Cell(Prose("Dic")), Cell(Prose("Nota"))),
        (
            Cell(Prose("Visitas")),
            Cell(Prose("3.400")),
            Cell(Prose("sin dato"), state=CellState.NO_DATA),
            Cell(Prose("—")),
        ),
    )
    root = parse(render_page(Document((Table(rows, 1, 1),))))
    assert [text_of(cell) for cell in root.iter("th", "td") if "num" in (cell.get("class") or "").split()] == [
        "Oct",
        "Dic",
        "3.400",
        "sin dato",
    ]


def test_a_merged_cell_that_crosses_from_the_head_is_not_cut() -> None:
    rows = ((Cell(Prose("a"), row_span=2), Cell(Prose("b"))), (Cell(Prose("c")),))
    document = Document((Table(rows, header_rows=1),), Properties(title="x"))
    assert read(render_page(document).encode(), "informe.html") == document


def test_the_fragment_has_no_frame_style_or_script(sample_document: Document) -> None:
    fragment = render_fragment(sample_document)
    assert fragment.startswith('<article class="paper" aria-label="Informe de comunicaciones">')
    assert fragment.endswith("</article>")
    root = parse(fragment)
    assert list(root.iter("style", "script", "link", "h1", "main", "header")) == []
    assert [heading.tag for heading in root.iter("h2", "h3", "h4")] == ["h2", "h3", "h4", "h3", "h3"]
    assert len(list(root.iter("svg"))) == 1
    assert {str(link.get("href")).removeprefix("#") for link in root.iter("a")} <= set(ids_of(root))


def test_a_chart_that_stands_twice_has_two_names(sample_document: Document) -> None:
    chart = next(block for block in sample_document.blocks if getattr(block, "drawing", None) is not None)
    root = parse(render_page(Document((chart, chart))))
    ids = [element.get("id") for element in root.iter("title", "desc") if element.get("id")]
    assert len(set(ids)) == 4


def test_an_account_opens_its_records_where_the_page_can() -> None:
    """A figure that counts publications leads to all of them, and each name to its own record."""
    sources = ("publication:P-1", "publication:P&2", "observation:views:ig:2025-11", "request:S-1")
    figure = Figure("posts.ig.2025-11", FigureKind.NUMBER, Amount.exact(2), sources=sources)
    document = Document((Paragraph(Prose.of("Fueron ", Printed("2", figure), ".")),), Properties(title="x"))
    places = {
        "figure:posts.ig.2025-11": "/publicaciones?canal=ig&mes=2025-11",
        "publication:P&2": "/publicaciones?buscar=P%262",
        "observation:views:ig:2025-11": "/metricas/ig",
    }
    root = parse(render_fragment(document, link=places.get))
    (account,) = [item for item in root.iter("li") if item.get("id")]
    assert [(link.get("href"), text_of(link)) for link in account.iter("a")] == [
        ("/publicaciones?canal=ig&mes=2025-11", "2 publicaciones"),
        ("/publicaciones?buscar=P%262", "P&2"),
        ("/metricas/ig", "Visualizaciones en ig, 2025-11"),
    ]
    assert text_of(account) == (
        "2 2 publicaciones: P-1, P&2; 1 medición: Visualizaciones en ig, 2025-11; 1 solicitud: S-1"
    )
    (alone,) = [item for item in parse(render_page(document)).iter("li") if item.get("id")]
    assert list(alone.iter("a")) == []


def test_a_sum_on_a_page_leads_to_its_terms() -> None:
    def printed(text: str, key: str, **told: object) -> Printed:
        return Printed(text, Figure(key, FigureKind.NUMBER, Amount.exact(int(text)), **told))  # type: ignore[arg-type]  # as named

    keys = ("posts.ig.2025-10", "posts.ig.2025-11")
    total = printed("5", "posts.ig.2025-T4", parts=keys, formula="2 + 3 = 5")
    month = printed("2", keys[0], sources=("observation:posts:ig:2025-10",))
    document = Document((Paragraph(Prose.of("Fueron ", total, ", ", month, ".")),), Properties(title="x"))
    root = parse(render_fragment(document, link={f"figure:{keys[1]}": "/lista"}.get))
    first = next(item for item in root.iter("li") if item.get("id"))
    assert [(link.get("href"), text_of(link)) for link in first.iter("a")] == [
        ("#cuenta-posts.ig.2025-10", "2"),
        ("/lista", "3"),
    ]
    assert text_of(first).endswith("2 + 3 = 5")
    alone = next(item for item in parse(render_page(document)).iter("li") if item.get("id"))
    assert list(alone.iter("a")) == []
