"""What went out in the year and what it reached: networks, website, internal channels, audience, campaigns, events."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pregon.document.model import Block, Cell, Heading, Paragraph, Role, Table
from pregon.document.prose import Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.figures.metric import Additivity, metric
from pregon.records.dossier import Dossier
from pregon.records.indicators import call_effectiveness, events_within
from pregon.records.organisation import Channel
from pregon.records.programme import Campaign
from pregon.records.totals import COUNTED, NEWS_ITEMS, POSTS, Measure, MeasureState, count, over_months
from pregon.report.rollup.merge import Year, nothing
from pregon.report.rows import external_total, internal_metric, news_total, social_total, websites
from pregon.report.setting import (
    absence,
    cell,
    cell_of,
    cited,
    computed,
    counted,
    joined,
    named,
    noun,
    number,
    period_name,
    print_measure,
    words,
)
from pregon.report.tables import plain_table

_Take = Callable[[Dossier], Measure]


def quarter_table(
    caption: str, corner: str, year: Year, rows: Sequence[tuple[str, str, _Take]], *, total: str = ""
) -> Table:
    """A line for each measure (its label, the key of its sum, how it is taken), a column a quarter, and their sum.

    `total` is the label of a last line that adds the others.
    """
    head = (words(corner), *(quarter_head(quarter) for quarter in year.quarters), words(year.last_column))
    taken = [(label, year.row(take), key) for label, key, take in rows]
    body = [_line(label, parts, year.total(key, parts)) for label, parts, key in taken]
    return Table(
        (head, *body),
        header_rows=1,
        header_columns=1,
        caption=caption,
        total_rows=1 if total else 0,
        total_columns=1,
    )


def quarter_head(quarter: Dossier) -> Cell:
    """The head of a quarter's column: «Tercer trimestre de 2025»."""
    title = period_name(quarter.period)
    return cell(Printed(title.text[0].upper() + title.text[1:], title.figure))


def _line(label: str, parts: Sequence[Measure], total: Measure) -> tuple[Cell, ...]:
    return (named("row", label), *(cell_of(part) for part in parts), cell_of(total))


def tell_publications(year: Year) -> list[Block]:
    """Posts by network, news, and both together; what is internal apart and never added to them."""
    key = f"posts.social.{year.period}"
    social = year.total(key, year.row(social_total))
    news = year.total(f"news.{year.period}", year.row(news_total))
    whole = year.total(f"external.{year.period}", year.row(external_total))
    told = Prose.of(
        "En ",
        when(year),
        " la entidad hizo ",
        counted(whole, "publicación externa", "publicaciones externas"),
        ": ",
        counted(social, "publicación", "publicaciones"),
        " en redes sociales y ",
        counted(news, "noticia", "noticias"),
        " en la sede electrónica.",
    )
    blocks: list[Block] = [Paragraph(told)]
    rows: list[tuple[str, str, _Take]] = [
        (channel.name, f"{POSTS}.{channel.code}.{year.period}", _taker(POSTS, channel))
        for channel in year.merged.social_channels
    ]
    if len(rows) > 1:
        rows.append(("Total en redes", key, social_total))
    if rows:
        blocks.append(quarter_table("Publicaciones por red y trimestre", "Red", year, rows, total="Total en redes"))
    web: list[tuple[str, str, _Take]] = []
    for channel in websites(year.merged):
        name = "" if len(websites(year.merged)) == 1 else f", {channel.name}"
        web += [
            (f"Noticias{name}", f"{NEWS_ITEMS}.{channel.code}.{year.period}", _taker(NEWS_ITEMS, channel)),
            (f"Visitas{name}", f"visits.{channel.code}.{year.period}", _taker("visits", channel)),
        ]
    if web:
        blocks.append(quarter_table("Sede electrónica por trimestre", "Medida", year, web))
    return blocks + _tell_internal(year)


def _tell_internal(year: Year) -> list[Block]:
    internal = [channel for channel in year.merged.channels if channel.is_internal]
    if not internal:
        return []
    rows = [
        (channel.name, f"internal.{channel.code}.{year.period}", _taker(internal_metric(channel)[0], channel))
        for channel in internal
    ]
    return [
        quarter_table("Comunicación interna por canal y trimestre", "Canal", year, rows),
        Paragraph(Prose("Lo interno no se suma con lo externo."), Role.SOURCE),
    ]


def _taker(code: str, channel: Channel) -> _Take:
    """How to take a metric of a channel out of a quarter; one that did not have the channel has no datum."""

    def take(quarter: Dossier) -> Measure:
        if all(each.code != channel.code for each in quarter.channels):
            return nothing(f"{code}.{channel.code}.{quarter.period}")
        return over_months(quarter, code, channel.code)

    return take


def tell_audience(year: Year) -> list[Block]:
    """Each network's measures by quarter. People are not added over quarters; times and gains are."""
    blocks: list[Block] = []
    for channel in year.merged.social_channels:
        codes = dict.fromkeys(
            observation.metric
            for observation in year.merged.observations
            if observation.channel == channel.code and observation.metric not in COUNTED
        )
        rows = [(code, year.row(_taker(code, channel))) for code in codes]
        if not rows:
            continue
        head = (words("Medida"), *(quarter_head(quarter) for quarter in year.quarters), words(year.last_column))
        body = [_line(metric(code).name, parts, _over_quarters(year, code, channel, parts)) for code, parts in rows]
        blocks.append(
            Table(
                (head, *body),
                header_rows=1,
                header_columns=1,
                caption=f"Audiencia de {channel.name} por trimestre",
                total_columns=1,
            )
        )
    if not blocks:
        return [Paragraph(Prose("Ningún trimestre registró cifras de audiencia."), Role.NOTE)]
    return blocks


def _over_quarters(year: Year, code: str, channel: Channel, parts: tuple[Measure, ...]) -> Measure:
    key = f"{code}.{channel.code}.{year.period}"
    if metric(code).over_time is Additivity.NOT_ADDABLE:
        nowhere = all(part.state is MeasureState.NOT_APPLICABLE for part in parts)
        state = MeasureState.NOT_APPLICABLE if nowhere else MeasureState.NOT_ADDABLE
        return Measure(key, state, parts=parts)
    return year.total(key, parts)


def tell_campaigns(year: Year) -> list[Block]:
    """Every campaign once, with the quarters in which it ran and the products of its last account."""
    campaigns = year.merged.campaigns
    if not campaigns:
        return [Paragraph(Prose("Ningún trimestre registró campañas."), Role.NOTE)]
    sources = (f"campaign:{campaign.reference}" for campaign in campaigns)
    told = Prose.of(
        "En ",
        when(year),
        " hubo ",
        number("campaigns.count", len(campaigns), sources=sources),
        noun(len(campaigns), " campaña.", " campañas. La que sigue de un trimestre al otro se cuenta una vez."),
    )
    rows = [_campaign_row(year, campaign) for campaign in campaigns]
    head = ("Campaña", "Dependencia", "Trimestres")
    return [Paragraph(told), plain_table("Campañas del año", head, rows)]


def _campaign_row(year: Year, campaign: Campaign) -> list[Cell]:
    key = f"campaign.{campaign.reference}"
    ran = [
        quarter.period
        for quarter in year.quarters
        if any(each.reference == campaign.reference for each in quarter.campaigns)
    ]
    return [
        cell(cited(f"{key}.title", campaign.title)),
        named(f"{key}.office", campaign.office, absent="sin dependencia"),
        cell(joined([period_name(period) for period in ran])),
    ]


def tell_events(year: Year) -> list[Block]:
    """How many events each quarter had, how many of them have a figure of who attended, and those people together."""
    rows: list[tuple[str, str, _Take]] = [
        ("Eventos", f"events.{year.period}", _count_events),
        ("Con asistencia registrada", f"events.known.{year.period}", _count_known),
        ("Asistencias registradas", f"events.attended.{year.period}", _count_attended),
    ]
    blocks: list[Block] = [quarter_table("Eventos por trimestre", "Medida", year, rows)]
    effect = call_effectiveness(year.merged, "events.call")
    if effect.result is None or effect.numerator is None or effect.denominator is None:
        reason = Prose.of("Eficacia de la convocatoria: ", absence("no medible", "events.call"), f", {effect.reason}.")
        return [*blocks, Paragraph(reason)]
    above, below = effect.numerator, effect.denominator
    return [
        *blocks,
        Paragraph(
            Prose.of(
                "Eficacia de la convocatoria: ",
                computed("events.call", effect.result, Operator.SHARE, (above.key, below.key)),
                ", con ",
                print_measure(above),
                " asistentes de ",
                print_measure(below),
                " convocados.",
            )
        ),
    ]


def _count_events(quarter: Dossier) -> Measure:
    return count(f"events.{quarter.period}", (f"event:{event.reference}" for event in events_within(quarter)))


def _count_known(quarter: Dossier) -> Measure:
    known = (f"event:{event.reference}" for event in events_within(quarter) if event.attended is not None)
    return count(f"events.known.{quarter.period}", known)


def _count_attended(quarter: Dossier) -> Measure:
    """The attendances of the events that have the figure; none where no event has."""
    key = f"events.attended.{quarter.period}"
    known = [event for event in events_within(quarter) if event.attended is not None]
    if not known:
        return nothing(key)
    sources = tuple(f"event:{event.reference}" for event in known)
    return Measure(key, MeasureState.VALUE, Amount.exact(sum(event.attended or 0 for event in known)), sources=sources)


def when(year: Year) -> Prose:
    """«2025», or «los 2 trimestres con registro» where the year is not whole."""
    if year.is_whole:
        return Prose.of(period_name(year.period))
    many = len(year.quarters)
    if many == 1:
        return Prose("el único trimestre con registro")
    return Prose.of("los ", number("quarters.count", many), " trimestres con registro")


def section_head(place: int, title: str, slug: str) -> Heading:
    """The numbered heading of a section."""
    return Heading(1, Prose.of(number(f"section.{slug}", place), f". {title}"), anchor=slug)
