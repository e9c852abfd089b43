"""What a version says that should not go out, found as the audit finds it in a report: what two checks share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pregon.claims.exposure import Kind, cover, find_exposures
from pregon_web.workflow.gate.check import Draft, Remark


def remarks_on(draft: Draft, kinds: Mapping[Kind, tuple[str, str]]) -> Iterator[Remark]:
    """A remark for each exposure of these kinds, each with its words and its remedy. What is exposed stays covered."""
    for where, kind, covered in _found(draft, kinds):
        named, remedy = kinds[kind]
        yield Remark(f"{where}: {covered}"[:300], f"En {where} hay {named}: {covered}", remedy)


def _found(draft: Draft, kinds: Collection[Kind]) -> Iterator[tuple[str, Kind, str]]:
    """Where, what, and how it looks covered; the same twice in a place is told apart by its number."""
    for where, said in draft.passages:
        times: dict[str, int] = {}
        for one in find_exposures(said):
            if one.kind not in kinds:
                continue
            covered = cover(said[one.start : one.end], one.kind)
            times[covered] = times.get(covered, 0) + 1
            yield where, one.kind, covered if times[covered] == 1 else f"{covered} ({times[covered]})"
