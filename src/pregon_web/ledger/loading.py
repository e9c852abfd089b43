"""Records of the library become rows of the ledger: what a merge adds, changes and removes, each by its service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.merging import Key, Merge
from pregon_web.ledger.models import Channel, Evidence, Observation, Publication, QuarterRecord
from pregon_web.ledger.services import (
    add_records,
    change_record,
    channel_row,
    record_observations,
    remove_record,
    restore_observation,
)


@dataclass(frozen=True, slots=True)
class Loading:
    """Where records are loaded to, and what the journal says of it: where they came from and how new rows are noted."""

    access: Access
    period: str
    origin: str
    action: str = "create"

    def rows(self, model: type[models.Model]) -> Any:  # noqa: ANN401 - a queryset of whichever model
        """The rows of the quarter; all the channels, which belong to no quarter."""
        found = model._default_manager.of(self.access.institution)  # type: ignore[attr-defined]  # noqa: SLF001 - our manager
        return found if model is Channel else found.filter(period=self.period)

    def by(self, model: type[models.Model], name: str) -> dict[str, Any]:
        """The rows by one of their fields."""
        return {getattr(row, name): row for row in self.rows(model)}


def load_ledger(work: Loading, merges: Sequence[Merge]) -> None:
    """Take what merges of the ledger's collections say into rows. Inside a transaction. Raises ClosedPeriod."""
    for merge in merges:
        if merge.family.name in LOADERS and not merge.is_empty:
            LOADERS[merge.family.name](work, merge)


def _load_channels(work: Loading, merge: Merge) -> None:
    rows = work.by(Channel, "code")
    # One that was put aside is not in the quarter, and still has its code: naming it again is using it again.
    added = [value for code, value in merge.added.items() if code not in rows]
    again = {code: value for code, value in merge.added.items() if code in rows}
    new = [channel_row(value, len(rows) + place) for place, value in enumerate(added)]
    add_records(access=work.access, rows=new, action=work.action)
    for code, value in (*merge.changed.items(), *again.items()):
        fields = {"name": value.name, "platform": value.platform.value, "is_internal": value.is_internal}
        change_record(access=work.access, row=rows[str(code)], fields={**fields, "is_active": True})
    for code in merge.removed:  # a channel that other quarters may name is only put aside
        change_record(access=work.access, row=rows[str(code)], fields={"is_active": False})


def _load_evidence(work: Loading, merge: Merge) -> None:
    channels = work.by(Channel, "code")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.publishing.Evidence
        return {
            "reference": value.reference,
            "title": value.title,
            "file": value.file,
            "link": value.link,
            "sha256": value.sha256,
            "dated": value.dated,
            "section": value.section,
            "channel": channels.get(value.channel),
            "month": str(value.month) if value.month else "",
            **_describe_stored(work, value.sha256),
        }

    apply_merge(work, merge, Evidence, lambda row: row.reference, fields)


def _load_publications(work: Loading, merge: Merge) -> None:
    channels, evidence = work.by(Channel, "code"), work.by(Evidence, "reference")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.publishing.Publication
        return {
            "reference": value.reference,
            "channel": channels[value.channel],
            "kind": value.kind.value,
            "published_on": value.published_on,
            "title": value.title,
            "link": value.link,
            "campaign": value.campaign,
            "evidence": evidence.get(value.evidence),
            "corrected_on": value.corrected_on,
            "withdrawn_on": value.withdrawn_on,
        }

    apply_merge(work, merge, Publication, lambda row: row.reference, fields)


def _load_observations(work: Loading, merge: Merge) -> None:
    record_observations(
        access=work.access,
        period=work.period,
        observations=[*merge.added.values(), *merge.changed.values()],
        reason=work.origin,
    )
    for row in work.rows(Observation).filter(is_current=True).select_related("channel"):
        keys = {(row.metric, row.channel.code, row.measured)}
        if keys & {(metric, channel, str(period)) for metric, channel, period in _triples(merge.removed)}:
            restore_observation(access=work.access, row=row, action="delete")


def _triples(removed: Mapping[Key, Any]) -> list[tuple[str, str, object]]:
    return [(value.metric, value.channel, value.period) for value in removed.values()]


def apply_merge(
    work: Loading,
    merge: Merge,
    model: type[QuarterRecord],
    key_of: Callable[[Any], Key],
    fields_of: Callable[[Any], dict[str, Any]],
) -> None:
    """Add, change and remove the rows of one collection."""
    rows = {key_of(row): row for row in work.rows(model)}
    new: Sequence[QuarterRecord] = [model(period=work.period, **fields_of(value)) for value in merge.added.values()]
    add_records(access=work.access, rows=new, action=work.action)
    for key, value in merge.changed.items():
        change_record(access=work.access, row=rows[key], fields=fields_of(value))
    for key in merge.removed:
        remove_record(access=work.access, row=rows[key], reason=f"{work.origin} ya no lo trae")


def _describe_stored(work: Loading, sha256: str) -> dict[str, Any]:
    """Whether the file itself is kept here; a workbook may name the hash of one that is not."""
    path = vault.path_of(work.access.institution.pk, sha256) if sha256 else None
    if path is None or not path.is_file():
        return {}
    return {"is_stored": True, "size": path.stat().st_size}


LOADERS: Mapping[str, Callable[[Loading, Merge], None]] = {
    "channels": _load_channels,
    "evidence": _load_evidence,
    "publications": _load_publications,
    "observations": _load_observations,
}
