"""Campañas: how many there were, and of each its aim, audience, channels, office, dates, products and linked posts."""

from __future__ import annotations

from pregon.document.model import Block, Cell, Heading, Paragraph, Role
from pregon.document.prose import Operator, Printed, Prose
from pregon.figures.spanish import join_words
from pregon.records.dossier import Dossier
from pregon.records.indicators import deliverables
from pregon.records.programme import Campaign, Deliverable
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import NO_DATA, absence, cell, cited, computed, day, joined, named, noun, number, period_name
from pregon.report.tables import facts_table, plain_table

SLUG = "campaigns"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. The number of campaigns is the number of those told here."""
    dossier = case.dossier
    campaigns = dossier.campaigns
    missing = [*missing_recorded(dossier, SLUG), *_missing_products(campaigns)]
    if not campaigns:
        nothing = Paragraph(Prose.of("No se registraron campañas en el ", period_name(dossier.period), "."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), tuple(missing))
    blocks: list[Block] = [Paragraph(_tell(dossier)), _list_campaigns(dossier)]
    achieved = deliverables(dossier, "campaigns.deliverables")
    if achieved.result is not None and achieved.numerator is not None and achieved.denominator is not None:
        done, promised = achieved.numerator, achieved.denominator
        blocks.append(
            Paragraph(
                Prose.of(
                    "De los productos con ambas cifras se prometieron ",
                    number(promised.key, int(promised.value or 0), Operator.SUM, promised.sources),
                    " y se entregaron ",
                    number(done.key, int(done.value or 0), Operator.SUM, done.sources),
                    ": el ",
                    computed(f"{achieved.key}.share", achieved.result, Operator.SHARE, (done.key, promised.key)),
                    ".",
                )
            )
        )
    for campaign in campaigns:
        blocks.append(Heading(2, Prose.of(cited(f"campaign.{campaign.reference}.title", campaign.title))))
        blocks.append(_card(dossier, campaign))
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing))


def _tell(dossier: Dossier) -> Prose:
    campaigns = dossier.campaigns
    internal = [campaign for campaign in campaigns if campaign.is_internal]
    external = [campaign for campaign in campaigns if not campaign.is_internal]
    total = number("campaigns.count", len(campaigns), sources=_references(campaigns))
    told = Prose.of(
        "En el ", period_name(dossier.period), " hubo ", total, " ", noun(len(campaigns), "campaña", "campañas")
    )
    if not internal or not external:
        kind = "interna" if internal else "externa"
        return Prose.of(told, f", {'todas ' if len(campaigns) > 1 else ''}{kind}{'s' if len(campaigns) > 1 else ''}.")
    return Prose.of(
        told,
        ": ",
        number("campaigns.external", len(external), sources=_references(tuple(external))),
        noun(len(external), " externa", " externas"),
        " y ",
        number("campaigns.internal", len(internal), sources=_references(tuple(internal))),
        noun(len(internal), " interna", " internas"),
        ".",
    )


def _references(campaigns: tuple[Campaign, ...]) -> tuple[str, ...]:
    return tuple(f"campaign:{campaign.reference}" for campaign in campaigns)


def _list_campaigns(dossier: Dossier) -> Block:
    rows = [
        (
            cell(cited(f"campaign.{campaign.reference}.title", campaign.title)),
            named(f"campaign.{campaign.reference}.office", campaign.office, absent="sin dependencia"),
            Cell(_dates(campaign)),
            cell(_linked(dossier, campaign)),
        )
        for campaign in dossier.campaigns
    ]
    return plain_table("Campañas del trimestre", ("Campaña", "Dependencia", "Fechas", "Publicaciones enlazadas"), rows)


def _linked(dossier: Dossier, campaign: Campaign) -> Printed:
    linked = [
        p for p in dossier.publications if p.campaign == campaign.reference and dossier.period.contains(p.published_on)
    ]
    sources = (f"publication:{publication.reference}" for publication in linked)
    return number(f"campaign.{campaign.reference}.linked", len(linked), sources=sources)


def _dates(campaign: Campaign) -> Prose:
    key = f"campaign.{campaign.reference}"
    if campaign.start is None and campaign.end is None:
        return Prose("Todo el año, en sus fechas")
    if campaign.start is None or campaign.end is None:
        known = campaign.start or campaign.end
        word = "Desde el " if campaign.start else "Hasta el "
        return Prose.of(word, day(f"{key}.date", known)) if known else Prose(NO_DATA)
    if campaign.start == campaign.end:
        return Prose.of(day(f"{key}.start", campaign.start))
    return Prose.of("Del ", day(f"{key}.start", campaign.start), " al ", day(f"{key}.end", campaign.end))


def _card(dossier: Dossier, campaign: Campaign) -> Block:
    key = f"campaign.{campaign.reference}"
    codes = {channel.code: channel.name for channel in dossier.channels}
    channels = join_words([codes.get(code, code) for code in campaign.channels]) or "sin canales registrados"
    facts = [
        ("Objetivo", Prose.of(cited(f"{key}.aim", campaign.aim or NO_DATA))),
        ("Público", Prose.of(cited(f"{key}.audience", campaign.target_audience or NO_DATA))),
        ("Difusión", Prose.of(cited(f"{key}.channels", channels))),
        ("Coordinación", Prose.of(cited(f"{key}.office", campaign.office or NO_DATA))),
        ("Fechas", _dates(campaign)),
        ("Productos", _products(campaign)),
    ]
    days = [c for c in dossier.commemorations if c.campaign == campaign.reference and dossier.period.contains(c.day)]
    if days:
        told = [
            Prose.of(cited(f"{key}.day.{place}", c.name), " (", day(f"{key}.day.{place}.date", c.day), ")")
            for place, c in enumerate(sorted(days, key=lambda c: c.day), start=1)
        ]
        facts.append(("Efemérides", joined(told)))
    facts.append(("Publicaciones enlazadas", Prose.of(_linked(dossier, campaign))))
    return facts_table("", facts)


def _products(campaign: Campaign) -> Prose:
    """The products of a campaign: what was promised and what was delivered, each said or declared unknown."""
    if not campaign.deliverables:
        return Prose("No se prometieron productos con cantidad.")
    return joined([_product(campaign, deliverable) for deliverable in campaign.deliverables])


def _product(campaign: Campaign, deliverable: Deliverable) -> Prose:
    key = f"campaign.{campaign.reference}.{deliverable.product}"
    source = (f"campaign:{campaign.reference}",)
    promised = (
        absence(f"cantidad prometida {NO_DATA}", f"{key}.promised")
        if deliverable.promised is None
        else Prose.of(
            number(f"{key}.promised", deliverable.promised, Operator.RECORDED, source),
            noun(deliverable.promised, " prometido", " prometidos"),
        )
    )
    delivered = (
        absence(f"entregados {NO_DATA}", f"{key}.delivered")
        if deliverable.delivered is None
        else Prose.of(
            number(f"{key}.delivered", deliverable.delivered, Operator.RECORDED, source),
            noun(deliverable.delivered, " entregado", " entregados"),
        )
    )
    return Prose.of(cited(key, deliverable.product), ": ", promised, ", ", delivered)


def _missing_products(campaigns: tuple[Campaign, ...]) -> list[Missing]:
    found = []
    for campaign in campaigns:
        for product in campaign.deliverables:
            key = f"campaign.{campaign.reference}.{product.product}.missing"
            title = cited(f"campaign.{campaign.reference}.title", campaign.title)
            if product.promised is not None and product.delivered is None:
                what = Prose.of("entregas de ", cited(key, product.product), " de «", title, "»")
            elif (
                product.promised is not None and product.delivered is not None and product.delivered < product.promised
            ):
                lacking = product.promised - product.delivered
                what = Prose.of(
                    number(key, lacking, Operator.DIFFERENCE), " ", cited(key, product.product), " de «", title, "»"
                )
            else:
                continue
            found.append(Missing(what, person=campaign.owed_by, due=campaign.due))
    return found


SECTION = Section(SLUG, "Campañas", 60, build)
