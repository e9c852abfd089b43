"""The PDF of the example quarter, against WeasyPrint on the same content in the same run.

    python bench/pdf_against_weasyprint.py [ROUNDS]

Both start from the same composed report with its charts already drawn. WeasyPrint is given the page that our HTML
writer makes of it and asked for PDF/UA-1, as near as it comes to what typst gives (UA-1 and A-2a in one file). Every
measure is taken in a process of its own, because typst keeps what it has laid out; the peers take turns, because
machines have moods; the time to load a library is told apart. Ends in 1 where ours is not four times as fast.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pregon
from pregon.document.model import Chart, Document, Picture
from pregon.writers.charts import ChartShelf

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "registro-2025-T4.xlsx"
WANTED = 4


def prepare() -> tuple[Document, ChartShelf]:
    """The report of the example quarter, and its charts drawn."""
    document = pregon.compose(pregon.load_registro(EXAMPLE))
    shelf = ChartShelf()
    for block in document.blocks:
        if isinstance(block, Picture) and isinstance(block.drawing, Chart):
            shelf.svg(block.drawing)
    return document, shelf


def measure_typst(folder: Path) -> dict[str, float]:
    document, shelf = prepare()
    start = time.perf_counter()
    import pikepdf  # noqa: F401 -- loaded here to be timed apart
    import typst  # noqa: F401 -- the same

    from pregon.writers import pdf

    loaded = time.perf_counter()
    pdf.write(document, folder / "typst.pdf", charts=shelf)
    done = time.perf_counter()
    return {"load": loaded - start, "write": done - loaded, "bytes": (folder / "typst.pdf").stat().st_size}


def measure_weasyprint(folder: Path) -> dict[str, float]:
    document, shelf = prepare()
    from pregon.writers.html import render_page

    page = render_page(document, charts=shelf)
    start = time.perf_counter()
    from weasyprint import HTML

    loaded = time.perf_counter()
    HTML(string=page).write_pdf(folder / "weasyprint.pdf", pdf_variant="pdf/ua-1")
    done = time.perf_counter()
    return {"load": loaded - start, "write": done - loaded, "bytes": (folder / "weasyprint.pdf").stat().st_size}


PEERS = {"typst": measure_typst, "weasyprint": measure_weasyprint}


def main(words: list[str]) -> int:
    if words[:1] == ["--one"]:
        print(json.dumps(PEERS[words[1]](Path(words[2]))))
        return 0
    rounds = int(words[0]) if words else 5
    found: dict[str, list[dict[str, float]]] = {peer: [] for peer in PEERS}
    with TemporaryDirectory() as folder:
        for _ in range(rounds):
            for peer, measures in found.items():
                answer = subprocess.run(
                    [sys.executable, __file__, "--one", peer, folder], capture_output=True, text=True, check=True
                )
                measures.append(json.loads(answer.stdout))
    middle = {}
    for peer, measures in found.items():
        times = [measure["write"] for measure in measures]
        middle[peer] = median(times)
        print(
            f"{peer:<11} {middle[peer]:6.2f} s (median of {rounds}; {min(times):.2f}-{max(times):.2f})"
            f"   loading {median(measure['load'] for measure in measures):.2f} s"
            f"   {measures[-1]['bytes'] / 1024:.0f} KB"
        )
    ratio = middle["weasyprint"] / middle["typst"]
    print(f"typst is {ratio:.1f} times as fast (wanted: {WANTED})")
    return 0 if ratio >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
