"""The example quarter in Word, PDF, HTML and Excel: one cold process, from the workbook to the four files.

    python bench/quarter_in_four_formats.py [ROUNDS]

Every round starts Python anew. `written` ends when the four files stand in their folder; `audited` is what
`pregon report` does, which also reads one of them back and checks it. Charts are counted as they are drawn: once each,
whatever the number of formats. Ends in 1 where writing takes four seconds or more, or a chart is drawn twice.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "registro-2025-T4.xlsx"
WANTED_SECONDS = 4
FORMATS = ("docx", "pdf", "html", "xlsx")


def write_quarter(folder: Path) -> dict[str, int]:
    """What one cold process does: read, compose, write; how many charts there are and how many were drawn."""
    import vl_convert

    import pregon
    from pregon.document.model import Chart, Picture
    from pregon.writers import write_all

    drawn = 0
    draw = vl_convert.vegalite_to_svg

    def count_and_draw(*arguments: Any, **options: Any) -> str:
        nonlocal drawn
        drawn += 1
        return draw(*arguments, **options)

    vl_convert.vegalite_to_svg = count_and_draw
    document = pregon.compose(pregon.load_registro(EXAMPLE))
    write_all(document, folder, "informe", FORMATS)
    charts = {
        block.drawing.key
        for block in document.blocks
        if isinstance(block, Picture) and isinstance(block.drawing, Chart)
    }
    return {"charts": len(charts), "drawn": drawn}


def time_call(*words: str) -> tuple[float, str]:
    start = time.perf_counter()
    answer = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, answer.stdout


def main(words: list[str]) -> int:
    if words[:1] == ["--one"]:
        print(json.dumps(write_quarter(Path(words[1]))))
        return 0
    rounds = int(words[0]) if words else 5
    written, audited, counts = [], [], {"charts": 0, "drawn": 0}
    with TemporaryDirectory() as folder:
        for _ in range(rounds):
            seconds, printed = time_call(__file__, "--one", folder)
            written.append(seconds)
            counts = json.loads(printed)
            call = "import sys; from pregon.cli.main import main; sys.exit(main())"
            audited.append(time_call("-c", call, "report", str(EXAMPLE), "--output", folder)[0])
    for name, times in (("written", written), ("audited", audited)):
        print(f"{name}: {median(times):.2f} s (median of {rounds}; {min(times):.2f}-{max(times):.2f})")
    print(f"charts: {counts['charts']}, drawn {counts['drawn']} times for {len(FORMATS)} formats")
    return 0 if median(written) < WANTED_SECONDS and counts["drawn"] <= counts["charts"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
