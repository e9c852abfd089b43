"""Reads of the ledger: rows as the library's records, and rows for the pages. Each says whose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records import organisation, publishing
from pregon.records.dossier import Dossier
from pregon.records.organisation import Platform
from pregon.records.publishing import Method, ObservationStatus, PublicationKind
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import Channel, Evidence, Observation, PeriodLock, Publication
from pregon_web.ledger.uses import used_in_period

CHANNEL_FIELDS: Final = ("code", "name", "platform", "is_internal")
_KEY: Final = re.compile(r"^[0-9]{1,18}$")
_NUMBERED: Final = re.compile(r"^(.*?)(\d+)$")


def is_closed(institution: Institution, period: str) -> bool:
    """Whether a quarter is closed."""
    return PeriodLock.objects.of(institution).filter(period=period).exists()


def channels_of(institution: Institution, period: str) -> tuple[organisation.Channel, ...]:
    """The institution's channels in its own order; those put aside stay in the quarters whose records name them."""
    rows = list(Channel.objects.of(institution).order_by("position", "pk"))
    aside = any(not row.is_active for row in rows)
    kept = used_in_period(Channel, institution, period) if aside else set()
    return tuple(
        organisation.Channel(row.code, row.name, Platform(row.platform), row.is_internal)
        for row in rows
        if row.is_active or row.pk in kept
    )


def publications_of(institution: Institution, period: str) -> tuple[publishing.Publication, ...]:
    """What was published in a quarter."""
    rows = Publication.objects.of(institution).filter(period=period).select_related("channel", "evidence")
    return tuple(publication_value(row) for row in rows.order_by("pk"))


def publication_value(row: Publication) -> publishing.Publication:
    """A row as the library's record."""
    return publishing.Publication(
        reference=row.reference,
        channel=row.channel.code,
        kind=PublicationKind(row.kind),
        published_on=row.published_on,
        title=row.title,
        link=row.link,
        campaign=row.campaign,
        evidence=row.evidence.reference if row.evidence else "",
        corrected_on=row.corrected_on,
        withdrawn_on=row.withdrawn_on,
    )


def observations_of(institution: Institution, period: str) -> tuple[publishing.Observation, ...]:
    """What was measured in a quarter and counts."""
    rows = Observation.objects.of(institution).filter(period=period, is_current=True)
    return tuple(observation_value(row) for row in rows.select_related("channel", "evidence").order_by("pk"))


def observation_value(row: Observation) -> publishing.Observation:
    """A row as the library's record."""
    amount = None
    if row.value is not None:
        amount = Amount(row.value.normalize() + 0, row.unit, row.ulp.normalize() + 0, row.raw)
    return publishing.Observation(
        metric=row.metric,
        channel=row.channel.code,
        period=parse_measured(row.measured),
        status=ObservationStatus(row.status),
        amount=amount,
        method=Method(row.method),
        source=row.source,
        evidence=row.evidence.reference if row.evidence else "",
        owed_by=row.owed_by,
        due=row.due,
        note=row.note,
    )


def parse_measured(text: str) -> Period:
    """The period that a row names: «2025-10», «2025-T4»."""
    return Period.parse(text)


def evidence_of(institution: Institution, period: str) -> tuple[publishing.Evidence, ...]:
    """The evidence of a quarter."""
    rows = Evidence.objects.of(institution).filter(period=period).select_related("channel").order_by("pk")
    return tuple(evidence_value(row) for row in rows)


def evidence_value(row: Evidence) -> publishing.Evidence:
    """A row as the library's record."""
    return publishing.Evidence(
        reference=row.reference,
        title=row.title,
        file=row.file,
        link=row.link,
        sha256=row.sha256,
        dated=row.dated,
        section=row.section,
        channel=row.channel.code if row.channel else "",
        month=Period.parse(row.month) if row.month else None,
    )


def ledger_dossier(institution: Institution, period: str, *, with_evidence: bool = False) -> Dossier:
    """What the ledger alone holds of a quarter, as the library computes with it: no campaigns, events nor control."""
    return Dossier(
        organisation.Institution(institution.name),
        Period.parse(period),
        organisation.Control("", ""),
        channels=channels_of(institution, period),
        publications=publications_of(institution, period),
        observations=observations_of(institution, period),
        evidence=evidence_of(institution, period) if with_evidence else (),
    )


def current_rows(institution: Institution, period: str) -> dict[str, Observation]:
    """The rows that count in a quarter, by channel, metric and what they measure: «facebook/views/2025-10»."""
    rows = Observation.objects.of(institution).filter(period=period, is_current=True)
    return {
        f"{row.channel.code}/{row.metric}/{row.measured}": row
        for row in rows.select_related("channel", "evidence", "recorded_by")
    }


def observations_by_pk(access: Access, keys: list[int]) -> dict[int, Observation]:
    """Observations of the person's institution by their numbers; those of others are not there."""
    rows = Observation.objects.of(access.institution).filter(pk__in=keys)
    return {row.pk: row for row in rows.select_related("channel", "evidence")}


def measures_before(institution: Institution, period: str) -> dict[str, frozenset[str]]:
    """The metrics that each channel had in the quarter before, by the channel's code."""
    before = str(Period.parse(period).previous)
    pairs = (
        Observation.objects.of(institution)
        .filter(period=before, is_current=True)
        .values_list("channel__code", "metric")
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for channel, code in pairs:
        found.setdefault(channel, set()).add(code)
    return {channel: frozenset(codes) for channel, codes in found.items()}


def channel_by_code(access: Access, code: str) -> Channel:
    """A channel of the person's institution. Raises Http404."""
    return get_object_or_404(Channel.objects.of(access.institution), code=code)


def observation_history(access: Access, period: str, channel: Channel, code: str, measured: str) -> list[Observation]:
    """Everything that was recorded of a metric, a channel and a month, the last first."""
    rows = Observation.objects.of(access.institution).filter(
        period=period, channel=channel, metric=code, measured=measured
    )
    return list(rows.select_related("channel", "evidence", "recorded_by").order_by("-pk"))


def publications_for(access: Access, period: str) -> QuerySet[Publication]:
    """The publications of a quarter of the person's institution, to be listed."""
    rows = Publication.objects.of(access.institution).filter(period=period)
    return rows.select_related("channel", "evidence")


def publication_for(access: Access, period: str, pk: int) -> Publication:
    """A publication of the person's institution. Raises Http404."""
    return get_object_or_404(publications_for(access, period), pk=pk)


def evidence_rows_for(access: Access, period: str) -> QuerySet[Evidence]:
    """The evidence of a quarter of the person's institution, to be listed."""
    return Evidence.objects.of(access.institution).filter(period=period).select_related("channel")


def evidence_row_for(access: Access, period: str, pk: int) -> Evidence:
    """An evidence of the person's institution. Raises Http404."""
    return get_object_or_404(evidence_rows_for(access, period), pk=pk)


def evidence_chosen(access: Access, period: str, asked: str) -> Evidence | None:
    """The evidence that an address asks to have chosen in a form; None where it asks for none of this quarter."""
    return evidence_rows_for(access, period).filter(pk=int(asked)).first() if _KEY.match(asked) else None


def same_file_elsewhere(access: Access, row: Evidence) -> list[Evidence]:
    """Evidence of other quarters that is the very same file."""
    if not row.sha256:
        return []
    rows = Evidence.objects.of(access.institution).filter(sha256=row.sha256)
    return list(rows.exclude(pk=row.pk).order_by("-period", "reference"))


def series_of(access: Access) -> list[str]:
    """The retention series that the institution has written, to be chosen again."""
    rows = Evidence.objects.of(access.institution).exclude(series="").order_by("series")
    return list(rows.values_list("series", flat=True).distinct()[:100])


def stored_bytes(institution: Institution) -> int:
    """How much the kept files of an institution take, the same content once."""
    rows = Evidence.objects.of(institution).filter(is_stored=True).order_by()
    return sum(rows.values_list("sha256", "size").distinct().values_list("size", flat=True))


def channels_for(access: Access) -> QuerySet[Channel]:
    """Every channel of the person's institution in the report's order, also those put aside."""
    return Channel.objects.of(access.institution).order_by("position", "pk")


def channel_for(access: Access, pk: int) -> Channel:
    """A channel of the person's institution. Raises Http404."""
    return get_object_or_404(channels_for(access), pk=pk)


def next_reference(known: Iterable[str], stem: str, digits: int) -> str:
    """The reference after the highest of a stem: «PUB-2025-0287» after «PUB-2025-0286»."""
    numbers = [int(found[2]) for each in known if (found := _NUMBERED.match(each)) and found[1] == stem]
    return f"{stem}{max(numbers, default=0) + 1:0{digits}}"
