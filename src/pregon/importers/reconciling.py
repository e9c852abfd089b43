"""The office's own list of publications against the platform's: how many each has, and which the other lacks.

44 recorded and 46 in the export is a finding of group LED that names the two. Only the days between the first and the
last publication of the export are judged: what lies outside, the export does not speak of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pregon.audit.finding import Finding, Operand, Severity
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, fold, join_words, month_name, print_date
from pregon.importers.base import ImportedPublication
from pregon.importers.placing import office_day, one_line, publication_key
from pregon.records.dossier import Dossier
from pregon.records.publishing import Publication
from pregon.records.totals import COUNTED, POSTS, STORIES

CODE: Final = "LED002"
NAME: Final = "unrecorded-publication"
_MOST_NAMED: Final = 5
_NOUNS: Final = {POSTS: ("publicación", "publicaciones"), STORIES: ("historia", "historias")}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A publication of either list, as they are compared."""

    key: tuple[str, str]
    day: date
    title: str
    link: str

    @property
    def likeness(self) -> tuple[date, str]:
        """What matches one that was recorded without its link."""
        return self.day, fold(self.title)


def reconcile(dossier: Dossier, publications: Iterable[tuple[str, ImportedPublication]]) -> tuple[Finding, ...]:
    """Compare the dossier's publications with those of exports, each with its channel's code, month by month."""
    by_channel: dict[str, list[ImportedPublication]] = {}
    for channel, publication in publications:
        by_channel.setdefault(channel, []).append(publication)
    found = []
    for channel, exported in by_channel.items():
        for code, nouns in _NOUNS.items():
            theirs = _unique(_of_export(channel, each) for each in exported if each.kind in COUNTED[code])
            if not theirs:
                continue
            span = Period.span(min(each.day for each in theirs), max(each.day for each in theirs))
            ours = [
                _of_record(each)
                for each in dossier.publications
                if each.channel == channel and each.kind in COUNTED[code] and span.contains(each.published_on)
            ]
            if not ours:  # nobody listed them: an empty list contradicts nothing
                continue
            name = dossier.channel(channel).name
            for month in dossier.period.months:
                finding = _compare(name, month, _within(ours, month), _within(theirs, month), nouns)
                if finding is not None:
                    found.append(finding)
    return tuple(found)


def _of_export(channel: str, read: ImportedPublication) -> _Listed:
    day, title = office_day(read).date(), one_line(read.title)
    return _Listed(publication_key(channel, read.link or read.reference, day, title), day, title, read.link)


def _of_record(record: Publication) -> _Listed:
    key = publication_key(record.channel, record.link, record.published_on, record.title)
    return _Listed(key, record.published_on, record.title, record.link)


def _unique(listed: Iterable[_Listed]) -> list[_Listed]:
    return list({each.key: each for each in listed}.values())


def _within(listed: Sequence[_Listed], month: Period) -> list[_Listed]:
    return [each for each in listed if month.contains(each.day)]


def _compare(
    channel: str, month: Period, ours: list[_Listed], theirs: list[_Listed], nouns: tuple[str, str]
) -> Finding | None:
    unrecorded = _lacking(theirs, ours)
    unexported = _lacking(ours, theirs)
    if not unrecorded and not unexported:
        return None
    when = month_name(month.start.month)
    told = [f"{channel}, {when}: el registro tiene {count_of(len(ours), *nouns)} y el archivo {len(theirs)}"]
    if unrecorded:
        verb = "falta" if len(unrecorded) == 1 else "faltan"
        told.append(f"en el registro {verb} {_name(unrecorded)}")
    if unexported:
        verb = "no está" if len(unexported) == 1 else "no están"
        told.append(f"en el archivo {verb} {_name(unexported)}")
    return Finding(
        code=CODE,
        name=NAME,
        severity=Severity.CONTRADICTION if unrecorded else Severity.INCONCLUSIVE,
        message=f"{told[0]}: {' y '.join(told[1:])}.",
        locations=(),
        stated=str(len(ours)),
        expected=str(len(theirs)),
        operands=tuple(Operand(print_date(each.day, short=True), each.title) for each in (*unrecorded, *unexported)),
        remedy="Importe lo que falta con --into, o anote en el registro por qué no se cuenta."
        if unrecorded
        else "Revise su enlace: pudo borrarse de la red, o registrarse con otro.",
    )


def _lacking(some: Sequence[_Listed], others: Sequence[_Listed]) -> list[_Listed]:
    """Those of a list that the other has neither by identifier nor, without a link, by day and title."""
    keys = {each.key for each in others}
    rest = [each for each in some if each.key not in keys]
    known = {each.key for each in some}
    alike: dict[tuple[date, str], int] = {}
    for each in others:
        if each.key not in known:
            alike[each.likeness] = alike.get(each.likeness, 0) + 1
    lacking = []
    for each in rest:
        if alike.get(each.likeness):
            alike[each.likeness] -= 1
        else:
            lacking.append(each)
    return lacking


def _name(listed: Sequence[_Listed]) -> str:
    if len(listed) > _MOST_NAMED:
        return str(len(listed))
    return join_words([f"«{each.title}» ({each.day.day} de {month_name(each.day.month)})" for each in listed])
