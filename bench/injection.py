"""One figure broken at random in documents that are right: is it found, and is the account that it breaks named?

    python bench/injection.py [--reports 170] [--tables GROUND.jl.gz] [--seed 2025] [--sample 10] [--missed]

Two sources. *Reports*: quarters drawn again from the seed (publications, observations, attendances, networks), composed
and audited as a Document, so without the copy of its own texts by which a report of ours betrays any change (CTL001).
*Tables*: those of AggreCol (Troy and EUSES, marked by hand) of up to 300 figures, printed as a Colombian office prints
numbers, one a document; looked for beside the repository, and without them only the reports are measured.

Clean is what plain arithmetic confirms, never what the audit says. Of a table every marked account must close, sums to
the unit and quotients to the last place shown; one that fails takes the table out, for it is honestly inconsistent. Of
a report, the accounts are the provenance that its figures carry: what each is computed from, and the same figure
printed again.

Eligible is a figure with a part in some account that the document itself states: it is printed again, or it is part or
result of an account whose figures are all printed. In a table the account must also show once it is broken: at least
three other lines make the same one, or its line is called a total and its parts stand right beside it. The rest are
counted apart: figures printed once, which contradict nothing, and those of accounts that only the marks know.

Each document is broken twice, in two of the five ways by turns: one unit of the last place, two digits swapped, times
ten, a neighbour's value, and a sum without one of its parts. An injury counts only if an eligible account is false
after it, beyond rounding. *Found*: some contradiction is told. *Right relation*: one has the broken figure among its
places or operands. *To mend*: it is the very place that the finding asks to mend. Aims: 95 % of all trials with the
right relation, and no contradiction in an untouched document. Ends in 1 where one is missed.

A tenth of the documents, by sha1 of their name, is kept aside: it is scored apart, and its misses and false alarms are
never printed, so that nobody tunes on them. `--sample N` takes one document of N, for a quick look.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pregon.audit.finding import Finding, Severity  # noqa: E402 -- the tests' documents are found from the root
from pregon.audit.runner import audit_document  # noqa: E402 -- as above
from pregon.document.model import Document  # noqa: E402 -- as above
from tests.property.clean_documents import MARKED, marked_tables, redrawn_reports  # noqa: E402 -- as above
from tests.property.injections import Broken, Clean, Injury, break_one  # noqa: E402 -- as above

AIM = 0.95
TURNS = 2
ALL = "all"
ASIDE = " aside"
"""What a source's tenth that nobody tunes on is called, after its name."""
_TENTH = 10


def digest(name: str) -> int:
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16)


def is_aside(name: str) -> bool:
    return digest(name) % _TENTH == 0


class Tally:
    """Counts by source and kind of injury, and the false alarms told of untouched documents."""

    def __init__(self) -> None:
        self.trials: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.documents: dict[str, Counter[str]] = defaultdict(Counter)
        self.false: list[str] = []
        self.missed: list[str] = []

    def audit_clean(self, source: str, clean: Clean) -> None:
        told = contradictions_in(clean.document)
        counts = self.documents[source + ASIDE * is_aside(clean.name)]
        counts.update(
            documents=1, figures=len(clean.spots), once=clean.alone, unannounced=clean.unannounced, false=len(told)
        )
        counts["alarmed"] += bool(told)
        if not is_aside(clean.name):
            self.false += [f"{clean.name}: {one.code} {one.message} ({one.locations[0].describe()})" for one in told]

    def audit_broken(self, source: str, broken: Broken) -> None:
        told = contradictions_in(broken.document)
        named = [one for one in told if broken.is_named_by(one)]
        aside = is_aside(broken.clean.name)
        keys = [(source, broken.injury.value), (source, ALL), (ALL, ALL)]
        for key in [*keys, *([(source + ASIDE, ALL), (ALL + ASIDE, ALL)] if aside else [])]:
            self.trials[key].update(
                trials=1, found=bool(told), right=bool(named), mend=any(broken.is_first_in(one) for one in named)
            )
        if not named and not aside:
            spot = broken.spot
            self.missed.append(
                f"{broken.clean.name}: {broken.injury}, {spot.text} → {broken.printed}, {spot.place.describe()}"
            )

    @property
    def share(self) -> float:
        """Of all trials, those whose relation was named."""
        counts = self.trials[ALL, ALL]
        return counts["right"] / counts["trials"] if counts["trials"] else 0.0


def contradictions_in(document: Document) -> list[Finding]:
    return [one for one in audit_document(document).findings if one.severity is Severity.CONTRADICTION]


def sampled(documents: Iterable[Clean], one_of: int) -> Iterator[tuple[int, Clean]]:
    """One document of so many, by its name, each with its number among all."""
    return ((n, clean) for n, clean in enumerate(documents) if digest(clean.name) // _TENTH % one_of == 0)


def measure(tally: Tally, source: str, documents: Iterable[tuple[int, Clean]], seed: int) -> None:
    kinds = list(Injury)
    for number, clean in documents:
        tally.audit_clean(source, clean)
        for turn in range(TURNS):
            rng = random.Random(f"{seed}:{clean.name}:{turn}")  # noqa: S311 -- to be had again, not secret
            # Where a figure cannot be broken in the way whose turn it is, the next one is tried.
            for step in range(len(kinds)):
                broken = break_one(clean, kinds[(number * TURNS + turn + step) % len(kinds)], rng)
                if broken is not None:
                    tally.audit_broken(source, broken)
                    break


def print_tally(tally: Tally) -> None:
    print(f"{'source':13} {'injury':18} {'trials':>7} {'found':>7} {'right relation':>15} {'to mend':>8}")
    for (source, kind), counts in sorted(tally.trials.items()):
        trials = counts["trials"]
        shares = (f"{counts[name] / trials:.3f}" for name in ("found", "right", "mend"))
        found, right, mend = shares
        print(f"{source:13} {kind:18} {trials:7} {found:>7} {right:>15} {mend:>8}")
    for source, counts in tally.documents.items():
        print(
            f"{source}: {counts['documents']} untouched documents, {counts['false']} contradictions in "
            f"{counts['alarmed']} of them; {counts['figures']} figures, {counts['once']} printed once and "
            f"{counts['unannounced']} in accounts that only the marks know, neither of them eligible"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=170)
    parser.add_argument("--tables", type=Path, default=MARKED)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--sample", type=int, default=1, help="one document of so many")
    parser.add_argument("--missed", action="store_true", help="print every miss and false alarm, but for those aside")
    words = parser.parse_args()
    start = time.perf_counter()
    tally = Tally()
    print(f"seed {words.seed}")
    measure(tally, "reports", sampled(redrawn_reports(words.reports, words.seed), words.sample), words.seed)
    if words.tables.exists():
        measure(tally, "tables", sampled(marked_tables(words.tables), words.sample), words.seed)
    else:
        print(f"the marked tables are not here ({words.tables.name}): only reports are measured")
    print_tally(tally)
    if words.missed:
        print("\n".join(["missed:", *tally.missed, "false alarms:", *tally.false]))
    false = sum(counts["false"] for counts in tally.documents.values())
    seconds = time.perf_counter() - start
    print(f"right relation {tally.share:.3f} (aim {AIM}), false alarms {false} (aim 0), {seconds:.0f} s")
    return int(tally.share < AIM or false > 0)


if __name__ == "__main__":
    sys.exit(main())
