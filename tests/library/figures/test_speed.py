"""The grammars are linear: a text of the worst kind, twice as long, takes about twice the time, never four times."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from pregon.figures.period import find_periods
from pregon.figures.spanish import find_amounts, find_dates

NASTY = ["1", "1.", "1.234", "123 ", "mil ", "y ", "treinta y ", "1, ", "1 y ", "octubre y ", "octubre-", " ", "\n"]
NASTY += ["trimestre ", "primer segundo ", "i ", "9 de ", "1/", "a\u00ad", "- $ ", "2025-", "mil\n", "del ", "1.º "]


@pytest.mark.parametrize("find", [find_amounts, find_dates, find_periods])
@pytest.mark.parametrize("piece", NASTY)
def test_twice_the_text_takes_about_twice_the_time(find: Callable[[str], object], piece: str) -> None:
    def seconds(repeats: int) -> float:
        text = piece * repeats
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            find(text)
            best = min(best, time.process_time() - start)
        return best

    find(piece)  # compiles the grammar
    # quadratic work would multiply the time by 64; linear by 8; a floor keeps the clock's grain out
    assert seconds(1600) < 24 * max(seconds(200), 0.0004)


def test_importing_the_vocabulary_loads_no_grammar() -> None:
    code = "import sys, pregon.figures.period, pregon.figures.metric; print([m for m in sys.modules if 'grammar' in m])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
