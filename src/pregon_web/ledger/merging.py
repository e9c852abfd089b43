"""A workbook that comes back, against what the office recorded since: what to add, change and remove, what collides.

Three dossiers are compared record by record: the workbook's earlier version (the base), the new one, and the quarter
as it is now. What the workbook did not touch stays as the office has it; what only the workbook changed is taken; where
both changed, the workbook is taken and it is told. Without a base nothing is removed. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pregon.records.dossier import Dossier

Key = Hashable


@dataclass(frozen=True, slots=True)
class Family:
    """A collection of the dossier: its field there, what tells one record from another, and its Spanish names."""

    name: str
    key_of: Callable[[Any], Key]
    singular: str
    plural: str
    title_of: Callable[[Any], str]


LEDGER_FAMILIES: tuple[Family, ...] = (
    Family("channels", lambda each: each.code, "canal", "canales", lambda each: each.name),
    Family("evidence", lambda each: each.reference, "evidencia", "evidencias", lambda each: each.title),
    Family("publications", lambda each: each.reference, "publicación", "publicaciones", lambda each: each.title),
    Family(
        "observations",
        lambda each: (each.metric, each.channel, each.period),
        "medición",
        "mediciones",
        lambda each: f"{each.metric}, {each.channel}, {each.period}",
    ),
)
"""What the ledger keeps, in the order in which it is written: what others name comes first."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What a workbook changes in one collection: records by key. `collisions` were changed on both sides."""

    family: Family
    added: dict[Key, Any] = field(default_factory=dict)
    changed: dict[Key, Any] = field(default_factory=dict)
    removed: dict[Key, Any] = field(default_factory=dict)
    collisions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the collection stays as it is."""
        return not (self.added or self.changed or self.removed)


def merge_dossiers(families: Iterable[Family], base: Dossier | None, new: Dossier, now: Dossier) -> tuple[Merge, ...]:
    """What the workbook `new` does to the quarter as it is `now`, collection by collection."""
    return tuple(_merge(family, base, new, now) for family in families)


def _merge(family: Family, base: Dossier | None, new: Dossier, now: Dossier) -> Merge:
    before = _by_key(family, getattr(base, family.name) if base is not None else ())
    book = _by_key(family, getattr(new, family.name))
    rows = _by_key(family, getattr(now, family.name))
    merge = Merge(family)
    collisions = []
    for key in dict.fromkeys((*book, *before)):
        was, said, is_now = before.get(key), book.get(key), rows.get(key)
        if said in (was, is_now):
            continue
        title = family.title_of(said if said is not None else was)
        if said is None:
            if is_now == was:
                merge.removed[key] = is_now
            elif is_now is not None:
                collisions.append(
                    f"{family.singular} «{title}»: el libro ya no la trae y en la oficina cambió; se dejó."
                )
            continue
        (merge.added if is_now is None else merge.changed)[key] = said
        if is_now != was and was is not None:
            collisions.append(f"{family.singular} «{title}»: cambió en la oficina y en el libro; quedó la del libro.")
    return Merge(family, merge.added, merge.changed, merge.removed, tuple(collisions))


def _by_key(family: Family, records: Iterable[Any]) -> dict[Key, Any]:
    return {family.key_of(each): each for each in records}
