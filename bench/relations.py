"""Finding aggregations in 385 real tables with hand-made marks (AggreCol: Troy and EUSES), scored as its authors do.

    python bench/relations.py [GROUND.jl.gz [PREDICTIONS.jl]]
    python bench/relations.py --ladder [GROUND.jl.gz]

Without words the marks are looked for beside the repository (`../shared/bench/aggregations/`); where they are absent,
it says so and ends in 0. With PREDICTIONS, what is found is written there, one JSON a line, as `score.py` reads it.
A tenth of the files (by a hash of their names) is set apart and reported by itself: no rule was chosen by looking at
them. Beside each score, the public system's own, as its data's README gives it. A table's time is the
processor's, for reading its texts and finding its relations. The ladder measures the finder with its parts taken off
and put back one by one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from pregon.document.prose import Operator
from pregon.relations import afar, blocks, find, lines, means, names, overlap, ratios, search, totals
from pregon.relations.bare import read_bare_table
from pregon.relations.find import find_relations
from pregon.relations.search import score_place

GROUND = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "aggregations" / "dataset.jl.gz"
NAMES = {
    Operator.SUM: "Sum",
    Operator.MEAN: "Average",
    Operator.SHARE: "Division",
    Operator.CHANGE: "RelativeChange",
}
ALL = "all"
PEER = {
    ("Troy", "Sum"): ".787",
    ("Troy", "Average"): "0",
    ("Troy", "Division"): ".065",
    ("Troy", "RelativeChange"): ".864",
    ("Troy", ALL): ".761",
}

Mark = tuple[tuple[int, int], frozenset[tuple[int, int]]]
Counts = tuple[int, int, int]
"""Found and right, found, marked."""


def predict(cells: list[list[str]]) -> list[dict[str, Any]]:
    """What the finder makes of a table, in the form of the marks."""
    table = read_bare_table(cells)
    return [
        {
            "aggregator_index": list(relation.target),
            "aggregatee_indices": [list(place) for place in relation.operands],
            "operator": NAMES[relation.operator],
        }
        for relation in find_relations(table.amounts, table.row_labels, table.column_labels, table.blanks)
    ]


def marks_of(aggregations: Iterable[dict[str, Any]], operator: str) -> set[Mark]:
    return {
        (
            (aggregation["aggregator_index"][0], aggregation["aggregator_index"][1]),
            frozenset((row, column) for row, column in aggregation["aggregatee_indices"]),
        )
        for aggregation in aggregations
        if aggregation["operator"] == operator
    }


def score(cells: list[list[str]], found: set[Mark], marked: set[Mark]) -> Counts:
    """Count as the authors do: the same place and the same range, but for empty cells found besides."""
    open_marks: dict[tuple[int, int], set[frozenset[tuple[int, int]]]] = defaultdict(set)
    for target, members in marked:
        open_marks[target].add(members)
    right = 0
    for target, members in found:
        for mark in open_marks[target]:
            if mark == members or (mark <= members and all(cells[row][column] == "" for row, column in members - mark)):
                open_marks[target].discard(mark)
                right += 1
                break
    return right, len(found), len(marked)


def rate(counts: Counts) -> str:
    right, found, marked = counts
    precision = right / found if found else 0.0
    recall = right / marked if marked else 0.0
    both = precision + recall
    return f"{precision:.3f} {recall:.3f} {2 * precision * recall / both if both else 0:.3f}"


def read_tables(ground: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(ground, "rt", encoding="utf-8") as rows:
        for line in rows:
            yield json.loads(line)


@dataclass
class Measure:
    """What a run over all tables gives: counts by set, part and operator, seconds a table, what was found."""

    totals: dict[tuple[str, str, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    predictions: list[str] = field(default_factory=list)

    def rate(self, group: str, part: str, operator: str) -> str:
        tally = self.totals[group, part, operator]
        return rate((tally[0], tally[1], tally[2]))


def measure(ground: Path) -> Measure:
    made = Measure()
    for table in read_tables(ground):
        name, cells = table["file_name"], table["table_array"]
        group = "EUSES" if name.endswith(".xls") else "Troy"
        part = "aside" if int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 0 else "rest"
        start = time.process_time()
        found = predict(cells)
        made.seconds[group].append(time.process_time() - start)
        made.predictions.append(
            json.dumps({"file_name": name, "table_id": table["table_id"], "detected_aggregations": found})
        )
        for operator in NAMES.values():
            marked = marks_of(table["aggregation_annotations"], operator)
            counts = dict(enumerate(score(cells, marks_of(found, operator), marked)))
            for key in ((group, "every", operator), (group, part, operator), (group, "every", ALL), (group, part, ALL)):
                made.totals[key].update(counts)
    return made


def print_scores(made: Measure) -> None:
    print("precision, recall, F1      every file         nine tenths        a tenth aside      AggreCol F1")
    for group in ("Troy", "EUSES"):
        for operator in (*NAMES.values(), ALL):
            row = "  ".join(made.rate(group, part, operator) for part in ("every", "rest", "aside"))
            print(f"{group:6} {operator:15}    {row}  {PEER.get((group, operator), 'did not finish')}")
        times = sorted(made.seconds[group])
        print(
            f"{group}: {median(times) * 1000:.1f} ms a table (median), {times[len(times) * 95 // 100] * 1000:.0f} ms "
            f"(95 %), {times[-1] * 1000:.0f} ms (most)"
        )


def print_ladder(ground: Path) -> None:
    """Take the parts off, then put them back one by one; each line is what the finder does with those so far."""

    def never(*_: object) -> bool:
        return False

    def exactly(*figures: Any, slack: int, **more: Any) -> float:
        return score_place(*figures, slack=min(slack, 0), **more)

    def as_shown(_line: object, ulps: list[int | None], _unit: int) -> int:
        return min((ulp for ulp in ulps if ulp is not None), default=0)

    def nothing(*_: object) -> tuple[()]:
        return ()

    words = [(module, "says_total", never) for module in (search, totals, names, blocks, overlap)]
    doubts = [(search, "is_meaningless", never), (overlap, "is_meaningless", never), (overlap, "is_copy", never)]
    parts: list[tuple[str, list[tuple[Any, str, Any]]]] = [
        ("sums beside their parts, exact", []),
        ("+ half a unit of the last digit", [(search, "score_place", exactly), (afar, "score_place", exactly)]),
        ("+ idle zeros widen that unit", [(lines, "_grain", as_shown)]),
        ("+ total words", words),
        ("+ lines of the same name", [(totals, "same_label_groups", nothing)]),
        ("+ past rates, past leaves", [(totals, "_search_skipping", nothing)]),
        ("+ strides, far stretches, pairs", [(totals, "is_short", never)]),
        ("+ overlapping totals, differences", [(totals, "find_overlapping", nothing)]),
        ("+ doubts: copies, doubles, rounding", doubts),
        ("+ blank lines part blocks", [(search, "_VOID_COST", 0.0), (search, "_HEAD_COST", 0.0)]),
        ("+ shorter stretches vote for longer", [(search, "_pooled", dict)]),
        ("+ totals written over subtotals", [(totals, "write_over_subtotals", list)]),
        ("+ blocks read like their siblings", [(totals, "take_blocks", nothing)]),
        ("+ totals of one kind of totals", [(totals, "_search_kinds", nothing)]),
        ("+ means", [(find, "find_means", nothing)]),
        ("+ means of the lines of one name", [(means, "namesakes", nothing)]),
        ("+ shares and changes", [(find, "find_ratios", nothing)]),
        ("+ totals over counts, called means", [(ratios, "_says_quotient", never)]),
    ]
    columns = [
        (group, part, kind) for group in ("Troy", "EUSES") for part in ("every", "aside") for kind in ("Sum", ALL)
    ]
    print("precision, recall, F1 of every file, then of the tenth aside; sums, then all; Troy, then EUSES")
    for step, (name, _) in enumerate(parts, start=1):
        with ExitStack() as taken_off:
            for _, places in parts[step:]:
                for module, attribute, without in places:
                    taken_off.enter_context(patch.object(module, attribute, without))
            made = measure(ground)
        print(f"{name:36}  {'  '.join(made.rate(*column) for column in columns)}", flush=True)


def main(words: list[str]) -> int:
    is_ladder = words[:1] == ["--ladder"]
    words = words[is_ladder:]
    ground = Path(words[0]) if words else GROUND
    if not ground.exists():
        print(f"the marked tables are not here: {ground.name}")
        return 0
    if is_ladder:
        print_ladder(ground)
        return 0
    made = measure(ground)
    if len(words) > 1:
        Path(words[1]).write_text("\n".join(made.predictions) + "\n", encoding="utf-8")
    print_scores(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
