"""Finding aggregations in 385 real tables with hand-made marks (AggreCol: Troy and EUSES), scored as its authors do.

    python bench/relations.py [GROUND.jl.gz [PREDICTIONS.jl]]

Without words the marks are looked for beside the repository (`../shared/bench/aggregations/`); where they are absent,
it says so and ends in 0. With PREDICTIONS, what is found is written there, one JSON a line, as `score.py` reads it.
A tenth of the files (by a hash of their names) is set apart and reported by itself: no rule was chosen by looking at
them. Beside each score, the public system's own, as its data's README gives it. A table's time is the
processor's, for reading its texts and finding its relations.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from pregon.document.prose import Operator
from pregon.relations.bare import read_bare_table
from pregon.relations.find import find_relations

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
    with gzip.open(ground, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(words: list[str]) -> int:
    ground = Path(words[0]) if words else GROUND
    if not ground.exists():
        print(f"the marked tables are not here: {ground.name}")
        return 0
    predictions: list[str] = []
    totals: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    seconds: dict[str, list[float]] = defaultdict(list)
    for table in read_tables(ground):
        name, cells = table["file_name"], table["table_array"]
        group = "EUSES" if name.endswith(".xls") else "Troy"
        part = "aside" if int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 0 else "rest"
        start = time.process_time()
        found = predict(cells)
        seconds[group].append(time.process_time() - start)
        predictions.append(
            json.dumps({"file_name": name, "table_id": table["table_id"], "detected_aggregations": found})
        )
        for operator in NAMES.values():
            marked = marks_of(table["aggregation_annotations"], operator)
            counts = score(cells, marks_of(found, operator), marked)
            for key in ((group, "every", operator), (group, part, operator), (group, "every", ALL), (group, part, ALL)):
                totals[key].update(dict(enumerate(counts)))
    if len(words) > 1:
        Path(words[1]).write_text("\n".join(predictions) + "\n", encoding="utf-8")
    print("precision, recall, F1      every file         nine tenths        a tenth aside      AggreCol F1")
    for group in ("Troy", "EUSES"):
        for operator in (*NAMES.values(), ALL):
            row = []
            for part in ("every", "rest", "aside"):
                tally = totals[group, part, operator]
                row.append(rate((tally[0], tally[1], tally[2])))
            peer = PEER.get((group, operator), "did not finish")
            print(f"{group:6} {operator:15}    {'  '.join(row)}  {peer}")
        times = sorted(seconds[group])
        print(
            f"{group}: {median(times) * 1000:.1f} ms a table (median), {times[len(times) * 95 // 100] * 1000:.0f} ms "
            f"(95 %), {times[-1] * 1000:.0f} ms (most)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
