"""Blocks (experiment)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from pregon.document.prose import Operator
from pregon.relations.evidence import says_rate, says_total
from pregon.relations.lines import Aggregate, Lines
from pregon.relations.search import State

BL = int(os.environ.get("BL", 3))
BR = int(os.environ.get("BR", 3))
ONE = int(os.environ.get("ONE", 0))


def _is_void(lines: Lines, line: int) -> bool:
    return not lines.labels[line] and all(v is None for v in lines.values[line])


def _block(state: State, line: int, step: int) -> list[int]:
    lines = state.lines
    block: list[int] = []
    at = line + step
    while 0 <= at < len(lines.values) and not _is_void(lines, at) and not says_total(lines.labels[at]):
        block.append(at)
        at += step
    while block and all(v is None for v in lines.values[block[-1]]):
        block.pop()
    return sorted(block)


def _closing(lines: Lines, line: int, block: Sequence[int]) -> tuple[int, int, int]:
    """Places that close, that close with two parts or more, that fail."""
    closed = strong = failed = 0
    for place, value in enumerate(lines.values[line]):
        if value is None:
            continue
        parts = [(v, lines.ulps[m][place]) for m in block if (v := lines.values[m][place]) is not None]
        if not parts:
            failed += value != 0
            continue
        slack = lines.ulps[line][place] + sum(u for _, u in parts)
        if 2 * abs(sum(v for v, _ in parts) - value) > slack:
            failed += 1
        else:
            closed += value != 0
            strong += value != 0 and sum(v != 0 for v, _ in parts) > 1
    return closed, strong, failed


def find_blocks(state: State) -> None:
    lines = state.lines
    totals = [k for k, label in enumerate(lines.labels) if says_total(label) and not says_rate(label)]
    if len(totals) < BL:
        return
    support = {}
    blocks = {}
    for step in (-1, 1):
        blocks[step] = [(line, block) for line in totals if (block := _block(state, line, step))]
        made = [(line, block, _closing(lines, line, block)) for line, block in blocks[step]]
        support[step] = sum(1 for _, _, (closed, strong, failed) in made if strong and not failed)
        blocks[step] = [(l, b) for l, b, (closed, _, failed) in made if not failed and closed]
    step = max(support, key=lambda s: support[s])
    if support[step] < BL or support[step] < BR * support[-step]:
        return
    for line, block in blocks[step]:
        if len(block) < 2 and not ONE:
            continue
        places = [p for p, v in enumerate(lines.values[line]) if v is not None]
        kept = tuple(m for m in block if lines.takes_part(m, places))
        members = {p: kept for p in places if any(lines.values[m][p] is not None for m in kept)}
        for p in members:
            state.explained[line][p] = 1
            state.owners[line, p] = kept
            for m in kept:
                state.consumed[m][p] = 1
        state.found.append(Aggregate(Operator.SUM, line, members, 20.0, True, len(members), "block"))
