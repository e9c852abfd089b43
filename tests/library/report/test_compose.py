"""The composed report: its sections, its figures by hand, its sentences, and that every number has its provenance."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import pregon
from pregon.document.model import Chart, Document, Heading, Paragraph, Picture
from pregon.document.prose import Operator, Prose
from pregon.figures.amount import Amount
from pregon.figures.period import Period, find_periods
from pregon.figures.spanish import find_amounts, find_dates
from pregon.records.dossier import Dossier
from pregon.records.programme import Event
from pregon.records.publishing import Observation, ObservationStatus
from pregon.report.compose import compose_sections, load_sections
from pregon.report.section import SectionReport

SLUGS = [
    "control", "website", "internal_messages", "social_posts", "summary", "campaigns", "audience",
    "platform_statistics", "stories", "events", "risks", "visual_identity", "plan", "method", "evidence",
]  # fmt: skip


@pytest.fixture
def document(dossier: Dossier) -> Document:
    return pregon.compose(dossier)


def section(dossier: Dossier, slug: str, earlier: tuple[Dossier, ...] = ()) -> SectionReport:
    return {report.slug: report for report in compose_sections(dossier, earlier)}[slug]


def sentences(report: SectionReport) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Paragraph)]


def table(document: Document, caption: str) -> list[list[str]]:
    for found in document.tables:
        if found.caption == caption:
            return [[cell.text for cell in row] for row in found.rows]
    raise AssertionError(caption)


def unmarked(prose: Prose) -> str:
    """The text that no mark covers; marks become a neutral sign."""
    return "".join("\N{BULLET}" if figure else text for text, figure in prose.pieces())


def test_the_sections_stand_in_the_order_of_the_institutions_report(document: Document) -> None:
    assert [section.slug for section in load_sections()] == SLUGS
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading) and block.anchor]
    assert anchors == SLUGS


def test_headings_are_numbered_by_their_place(document: Document) -> None:
    heads = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert heads[0] == "2. Sede electrónica"
    assert heads[2] == "4. Publicaciones en redes sociales"
    assert heads[-1] == "15. Evidencias"


def assert_every_number_is_marked(document: Document) -> None:
    for passage in document.passages:
        if passage.location.kind.value in {"header", "footer", "picture"}:
            continue
        plain = unmarked(passage.prose)
        assert not re.search(r"\d", plain), (passage.location.describe(), passage.prose.text)
        assert find_amounts(plain) == (), (passage.location.describe(), passage.prose.text)
        assert find_dates(plain) == (), passage.prose.text
        with_year_or_quarter = [mention for mention in find_periods(plain) if mention.quarter or mention.year]
        assert with_year_or_quarter == [], passage.prose.text


def test_no_number_stands_outside_a_figure(document: Document) -> None:
    assert_every_number_is_marked(document)


def test_the_walk_catches_a_number_typed_into_a_sentence(document: Document) -> None:
    typed = replace(document, blocks=(*document.blocks, Paragraph(Prose("Hubo 6 eventos."))))
    with pytest.raises(AssertionError):
        assert_every_number_is_marked(typed)
    worded = replace(document, blocks=(*document.blocks, Paragraph(Prose("Hubo veintitrés eventos."))))
    with pytest.raises(AssertionError):
        assert_every_number_is_marked(worded)


def test_every_figure_prints_its_own_amount(document: Document) -> None:
    for passage in document.passages:
        for text, figure in passage.prose.pieces():
            if figure is not None and figure.amount is not None and figure.kind.value == "number":
                printed = pregon.parse_amount(text.removeprefix("≈\N{NO-BREAK SPACE}").removeprefix("+"))
                assert printed.value == figure.amount.value, (passage.location.describe(), text)


def test_pictures_and_page_furniture_print_only_figures_of_the_records(document: Document) -> None:
    for block in document.blocks:
        if isinstance(block, Picture):
            assert isinstance(block.drawing, Chart)
            values = {
                figure.amount.value
                for line in block.drawing.series
                for figure in line.values
                if figure and figure.amount
            }
            assert {mention.amount.value for mention in find_amounts(block.alt)} == values
            assert not re.search(r"\d", block.caption)
    assert document.header == (
        "Personería Municipal de Peñaclara · Informe de comunicaciones, cuarto trimestre de 2025",
    )
    assert document.footer == ("GC-INF-02 · versión 1",)


def test_no_cell_is_blank(document: Document) -> None:
    blank = [p.location.describe() for p in document.passages if p.cell is not None and not p.prose.text.strip()]
    assert blank == []


def test_posts_by_network_and_month_with_totals_both_ways(document: Document) -> None:
    assert table(document, "Publicaciones por red y mes") == [
        ["Red", "Octubre", "Noviembre", "Diciembre", "Total"],
        ["Facebook", "44", "24", "26", "94"],
        ["Instagram", "44", "22", "23", "89"],
        ["X", "46", "19", "25", "90"],
        ["Total por mes", "134", "65", "74", "273"],
    ]


def test_the_sentence_of_the_posts_holds_its_totals_and_share(dossier: Dossier) -> None:
    assert sentences(section(dossier, "social_posts"))[0] == (
        "En el cuarto trimestre de 2025 la entidad hizo 273 publicaciones en redes sociales: 94 en Facebook, "
        "89 en Instagram y 90 en X. Octubre reunió 134, el 49,1\N{NO-BREAK SPACE}% del trimestre."
    )


def test_website_tells_visits_and_news(dossier: Dossier, document: Document) -> None:
    assert sentences(section(dossier, "website"))[0] == (
        "En el cuarto trimestre de 2025, la sede electrónica recibió 94.196 visitas y publicó 6 noticias. "
        "El mes con más visitas fue octubre, con 34.811."
    )
    assert table(document, "Visitas y noticias de la sede electrónica por mes")[1:] == [
        ["Visitas", "34.811", "34.326", "25.059", "94.196"],
        ["Noticias publicadas", "3", "1", "2", "6"],
    ]


def test_internal_messages_are_told_apart_and_not_added(dossier: Dossier, document: Document) -> None:
    assert table(document, "Comunicación interna por canal y mes")[1:] == [
        ["WhatsApp", "10", "13", "14", "37"],
        ["Fondos de pantalla", "0", "0", "2", "2"],
    ]
    told = sentences(section(dossier, "summary"))
    assert told[0] == (
        "En el cuarto trimestre de 2025 la entidad hizo 279 publicaciones externas: "
        "273 publicaciones en redes sociales y 6 noticias en la sede electrónica."
    )
    assert told[1:5] == [
        "Facebook: 94 publicaciones",
        "Instagram: 89 publicaciones",
        "X: 90 publicaciones",
        "Sede electrónica: 6 noticias",
    ]
    assert told[5] == (
        "Hacia dentro difundió 37 mensajes por WhatsApp y 2 fondos de pantalla. Lo interno no se suma con lo externo."
    )


def test_reach_is_not_added_and_a_missing_month_names_itself(document: Document) -> None:
    assert table(document, "Audiencia de Facebook")[1:] == [
        ["Espectadores", "73.300", "26.700", "sin dato", "no sumable"],
        ["Visualizaciones", "208.800", "66.800", "sin dato", "falta diciembre"],
    ]
    assert table(document, "Audiencia de Instagram")[1:] == [
        ["Visualizaciones", "44.600", "39.300", "40.145", "124.045"]
    ]
    assert table(document, "Audiencia de X")[1:] == [
        ["Visualizaciones", "≈\N{NO-BREAK SPACE}2.106", "≈\N{NO-BREAK SPACE}1.830", "sin dato", "falta diciembre"]
    ]


def test_the_quarters_reach_is_printed_where_the_platform_gave_it(dossier: Dossier) -> None:
    given = Observation("viewers", "fb", dossier.period, ObservationStatus.VALUE, Amount.exact(81234))
    document = pregon.compose(replace(dossier, observations=(*dossier.observations, given)))
    assert table(document, "Audiencia de Facebook")[1][-1] == "81.234"


def test_events_say_over_how_many_the_mean_is(dossier: Dossier) -> None:
    told = sentences(section(dossier, "events"))
    assert told[0] == "En el cuarto trimestre de 2025 hubo 4 eventos."
    assert told[1] == (
        "Asistieron 101 personas a los eventos que tienen la cifra (3 de 4); "
        "el promedio en ellos es de 33,7 por evento."
    )
    assert told[2] == "La mayor asistencia registrada fue la de «Charla vocacional», con 45 personas."
    assert told[3] == (
        "Eficacia de la convocatoria: 85,0\N{NO-BREAK SPACE}%, con 85 asistentes de 100 convocados, "
        "en 2 eventos con ambas cifras."
    )


def test_a_mean_that_comes_out_whole_is_printed_whole(dossier: Dossier) -> None:
    events = (
        Event("E-1", date(2025, 10, 6), "Uno", "DH", attended=10),
        Event("E-2", date(2025, 10, 7), "Dos", "DH", attended=20),
    )
    told = sentences(section(replace(dossier, events=events), "events"))
    assert told[1] == "Asistieron 30 personas a todos los eventos; el promedio en ellos es de 15 por evento."
    assert told[3] == "Eficacia de la convocatoria: no medible, porque ningún evento tiene convocados y asistentes."


def test_campaigns_are_counted_and_their_shortfall_is_owed(dossier: Dossier) -> None:
    campaigns = section(dossier, "campaigns")
    assert sentences(campaigns)[0] == ("En el cuarto trimestre de 2025 hubo 2 campañas: 1 externa y 1 interna.")
    assert sentences(campaigns)[-1] == (
        "Pendiente: 3 fondos de pantalla de «Código de Integridad en acción». "
        "Responde Andrés Tobón, hasta el 20 de enero de 2026."
    )


def test_an_activity_without_indicator_is_not_measurable(document: Document) -> None:
    rows = table(document, "Actividades del plan y sus indicadores")[1:]
    assert [row[4:] for row in rows] == [
        ["90\N{NO-BREAK SPACE}%", "66,7\N{NO-BREAK SPACE}%"],
        ["95\N{NO-BREAK SPACE}%", "50,0\N{NO-BREAK SPACE}%"],
        ["sin meta", "no medible"],
    ]


def test_the_method_sums_up_what_every_section_lacks(dossier: Dossier, document: Document) -> None:
    lacking = table(document, "Lo que falta, quién lo tiene y para cuándo")[1:]
    assert ["Seguimiento a la audiencia", "Facebook, diciembre: 2 cifras", "Marcela Ríos", "15 ene 2026"] in lacking
    assert ["Historias", "Historias de los tres meses", "Andrés Tobón", "20 ene 2026"] in lacking
    reports = compose_sections(dossier)
    assert len(lacking) == sum(len(report.missing) for report in reports)
    note = next(block.text for block in reports[0].blocks if isinstance(block, Paragraph) and "falta" in block.text)
    assert f"Le faltan {len(lacking)} cosas" in note


def test_the_accounts_of_the_method_close(document: Document) -> None:
    rows = dict(table(document, "Cuentas que se rehicieron al componer el informe")[1:])
    assert rows["Publicaciones por red"] == "94 + 89 + 90 = 273"
    assert rows["Publicaciones externas: redes y noticias"] == "273 + 6 = 279"
    for account in rows.values():
        terms, _, total = account.partition(" = ")
        parts = [pregon.parse_amount(term).value for term in terms.split(" + ")]
        assert sum(parts) == pregon.parse_amount(total).value


def test_change_against_earlier_quarters(dossier: Dossier) -> None:
    before = replace(
        dossier,
        period=Period.quarter(2025, 3),
        publications=(),
        events=dossier.events[:0],
        requests=(),
        observations=tuple(
            Observation("posts", channel, month, ObservationStatus.VALUE, Amount.exact(20))
            for channel in ("fb", "ig", "x")
            for month in Period.quarter(2025, 3).months
        ),
    )
    document = pregon.compose(dossier, (before,))
    rows = {row[0]: row[1:] for row in table(document, "El trimestre frente a periodos anteriores")}
    assert rows["Medida"] == ["Cuarto trimestre de 2025", "Tercer trimestre de 2025", "Cambio"]
    assert rows["Publicaciones en redes"] == ["273", "180", "+93 (+51,7\N{NO-BREAK SPACE}%)"]
    assert rows["Noticias"] == ["6", "sin dato", "no comparable"]
    assert rows["Eventos"] == ["4", "0", "+4"]


def test_a_quarter_without_earlier_ones_is_not_compared_with_nothing(dossier: Dossier, document: Document) -> None:
    assert table(document, "Las cifras del trimestre")[0] == ["Medida", "Cuarto trimestre de 2025"]
    assert [entry.what.text for entry in section(dossier, "summary").missing] == [
        "los registros del tercer trimestre de 2025, para comparar",
        "los registros del cuarto trimestre de 2024, para comparar",
    ]


def test_the_summary_counts_the_requests_that_missed_their_date(dossier: Dossier, document: Document) -> None:
    # S-2 was delivered late and S-3 never; without dates nobody knows, which is not none.
    assert table(document, "Las cifras del trimestre")[-1] == ["Solicitudes que pasaron de su fecha", "2"]
    undated = pregon.compose(replace(dossier, requests=()))
    assert table(undated, "Las cifras del trimestre")[-1] == ["Solicitudes que pasaron de su fecha", "sin dato"]


def test_totals_carry_the_parts_they_came_from(document: Document) -> None:
    figures = {figure.key: figure for passage in document.passages for figure in passage.prose.figures()}
    total = figures["posts.social.2025-T4"]
    assert total.operator is Operator.SUM
    assert total.parts == ("posts.fb.2025-T4", "posts.ig.2025-T4", "posts.x.2025-T4")
    assert total.formula == "94 + 89 + 90 = 273"
    assert figures["posts.fb.2025-10"].sources == ("observation:posts:fb:2025-10", "evidence:E-001")
    assert figures["news_items.sede.2025-10"].sources == ("publication:N-1", "publication:N-2", "publication:N-3")
    assert figures["posts.fb.2025-10"].amount == Amount(Decimal(44))


def test_the_same_dossier_gives_the_same_document(dossier: Dossier) -> None:
    assert pregon.compose(dossier) == pregon.compose(dossier)


def test_an_empty_dossier_still_gives_a_report_that_says_what_it_lacks(dossier: Dossier) -> None:
    empty = Dossier(dossier.institution, dossier.period, dossier.control)
    document = pregon.compose(empty)
    assert_every_number_is_marked(document)
    assert "La entidad no registró redes sociales entre sus canales." in document.text
    assert [b for b in document.blocks if isinstance(b, Picture)] == []
