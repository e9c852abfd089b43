"""Reading and auditing a report, beside libraries that merely read it; and `pregon audit` as a whole process.

    python bench/reading_and_auditing.py [--rounds 5] [--processes 7] [REPORT.docx]

Two Word files: the reference report (`../shared/reference`, or the one named; where neither is there, the report of
the example quarter) and one of 200 tables that is made here: 70 cells each, merged across in their headers and down in
their first columns, their totals right. Ours is read + audit, in this process; the child with limits is measured with
the whole command. The others only read, each in its ordinary way: mammoth to HTML, markitdown to Markdown, python-docx
walking all paragraphs and all cells of tables, once for the texts alone and once for what tells a heading too (the
styles of paragraphs), which the other three know. They take turns; the figures are medians of processor time.

Aims: on the report no slower than python-docx that knows headings; on the 200 tables at most half the time of
python-docx for the texts alone; the whole command, with its child, under half a second of processor. Ends in 1 where
one is missed. A peer that is not installed is told, and left out.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import docx
from docx.table import Table

import pregon

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT.parent / "shared" / "reference" / "informe-2025-T4.docx"
EXAMPLE = ROOT / "examples" / "registro-2025-T4.xlsx"
OURS, TEXTS, HEADINGS = "pregon, read and audit", "python-docx, texts", "python-docx, texts and headings"
WANTED_PROCESS_SECONDS = 0.5
TABLES, BODY_ROWS = 200, 12
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'<w:styles xmlns:w="{_MAIN}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name '
        'w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/>'
        "</w:style></w:styles>"
    ),
}


def make_tables(path: Path) -> int:
    """Write a Word file of 200 tables whose totals are right; answer how many cells they hold."""
    body = []
    cells = 0
    for number in range(1, TABLES + 1):
        body.append(_paragraph(f"Canal {number}", "Ttulo1"))
        rows = list(_make_rows(number))
        body.append(_paragraph(f"En el trimestre hubo {rows[-1][-1]} publicaciones de la serie {number}."))
        lines = [_row([("Grupo", 1, "restart"), ("Tema", 1, "restart"), ("Meses", 3, ""), ("Total", 1, "restart")])]
        lines.append(
            _row(
                [
                    ("", 1, "on"),
                    ("", 1, "on"),
                    ("Octubre", 1, ""),
                    ("Noviembre", 1, ""),
                    ("Diciembre", 1, ""),
                    ("", 1, "on"),
                ]
            )
        )
        for at, row in enumerate(rows):
            merged = "" if at == len(rows) - 1 else "restart" if at % 4 == 0 else "on"
            lines.append(_row([("" if merged == "on" else row[0], 1, merged), *((text, 1, "") for text in row[1:])]))
        cells += sum(line.count("<w:tc>") for line in lines)
        grid = "<w:gridCol/>" * 6
        body.append(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>")
    page = f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in {**_PARTS, "word/document.xml": page}.items():
            archive.writestr(name, held)
    return cells


def _make_rows(number: int) -> Iterator[list[str]]:
    """The rows under a table's header: group, theme, three months and their total; the last one adds them up."""
    sums = [0, 0, 0]
    for row in range(BODY_ROWS - 2):
        months = [11 + (number * 7 + row * 13 + month * 29) % 83 for month in range(3)]
        sums = [total + month for total, month in zip(sums, months, strict=True)]
        yield [f"Grupo {row // 4 + 1}", f"Tema {row + 1}", *map(str, months), str(sum(months))]
    yield ["Total", "", *map(_print, sums), _print(sum(sums))]


def _print(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _paragraph(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _row(cells: list[tuple[str, int, str]]) -> str:
    """A row of cells: text, how many columns wide, and «restart» or «on» where it is merged downwards."""
    merges = {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}
    told = (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merges[down]}</w:tcPr>{_paragraph(text)}</w:tc>'
        for text, wide, down in cells
    )
    return f"<w:tr>{''.join(told)}</w:tr>"


def read_texts(path: Path) -> int:
    """python-docx: every paragraph and every cell, their texts alone."""
    document = docx.Document(str(path))
    letters = sum(len(paragraph.text) for paragraph in document.paragraphs)
    return letters + sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def read_headings(path: Path) -> int:
    """python-docx: the same in reading order, with the style of each paragraph of the body, which tells a heading."""
    told: list[tuple[str, str]] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            told += [("", cell.text) for row in block.rows for cell in row.cells]
        else:
            told.append((block.style.name if block.style else "", block.text))
    return len(told)


def find_peers() -> dict[str, Callable[[Path], Any]]:
    """Each by name, ourselves first: what it does with a file."""
    peers: dict[str, Callable[[Path], Any]] = {
        OURS: lambda path: pregon.audit(pregon.read(path)),
        TEXTS: read_texts,
        HEADINGS: read_headings,
    }
    try:
        mammoth = import_module("mammoth")
    except ImportError:
        print("mammoth is not installed: left out.")
    else:
        peers["mammoth"] = lambda path: _convert(mammoth, path)
    try:
        converter = import_module("markitdown").MarkItDown()
    except ImportError:
        print("markitdown is not installed: left out.")
    else:
        peers["markitdown"] = lambda path: converter.convert(str(path)).text_content
    return peers


def _convert(mammoth: ModuleType, path: Path) -> str:
    with path.open("rb") as stream:
        return str(mammoth.convert_to_html(stream).value)


def compare(path: Path, peers: dict[str, Callable[[Path], Any]], rounds: int) -> dict[str, float]:
    """The median seconds of each, in turns, after one turn that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in peers}
    for turn in range(rounds + 1):
        for name, work in peers.items():
            started = time.process_time()
            work(path)
            if turn:
                taken[name].append(time.process_time() - started)
    medians = {name: median(times) for name, times in taken.items()}
    for name, seconds in medians.items():
        print(f"  {name:32} {seconds * 1000:9.1f} ms   {seconds / medians[OURS]:6.2f} times ours")
    return medians


def measure_command(path: Path, processes: int) -> float:
    """The median seconds of processor of `pregon audit` and its child, each time in a new process."""
    # As `make install` leaves it: compiled.
    compileall.compile_dir(ROOT / "src" / "pregon", quiet=2)
    command = [sys.executable, "-m", "pregon.cli.main", "audit", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    taken = []
    for _ in range(processes):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):
            raise SystemExit(f"pregon audit ended in {done.returncode}")
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(taken)


def find_report(named: Path | None, folder: Path) -> Path:
    """The report to try: the one named, the reference, or the example's."""
    report = named or REFERENCE
    if report.is_file():
        return report
    print(f"{report.name} is not here: the report of the example quarter is read in its place.")
    made = folder / "informe.docx"
    pregon.write(pregon.compose(pregon.load_registro(EXAMPLE)), made)
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--processes", type=int, default=7)
    parser.add_argument("report", type=Path, nargs="?")
    options = parser.parse_args()
    missed = []
    with TemporaryDirectory() as held:
        folder = Path(held)
        peers = find_peers()
        report = find_report(options.report, folder)
        print(f"{report.name}:")
        medians = compare(report, peers, options.rounds)
        if medians[OURS] > medians[HEADINGS]:
            missed.append("slower than python-docx on the report")
        tables = folder / "tablas.docx"
        print(f"{TABLES} tables, {make_tables(tables)} cells:")
        medians = compare(tables, peers, max(options.rounds // 2, 1))
        if medians[OURS] * 2 > medians[TEXTS]:
            missed.append("more than half of python-docx on 200 tables")
        seconds = measure_command(report, options.processes)
        print(f"pregon audit {report.name}, the whole process and its child: {seconds:.3f} s of processor")
        if seconds >= WANTED_PROCESS_SECONDS:
            missed.append(f"the command takes {WANTED_PROCESS_SECONDS} s of processor or more")
    for aim in missed:
        print(f"missed: {aim}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
