"""`pregon audit` over many files: several at a time, a line for each and a summary; a run that was cut short goes on.

With --output each answer is written as soon as it is there, and a line in the folder's journal says of which bytes it
is, by which version and with what options. The next run passes over what the journal already holds. Nothing but
counts is kept in memory.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pregon
from pregon.audit.finding import Severity
from pregon.cli._auditing import Answer, Order, audit_file
from pregon.figures.spanish import count_of

JOURNAL: Final = ".pregon-audit.jsonl"
SUFFIXES: Final = {"text": ".txt", "json": ".json", "html": ".html"}
ENDING: Final = ".auditoria"
_COUNTED: Final = (*(severity.value for severity in Severity), "consistent")


@dataclass(frozen=True, slots=True)
class _Task:
    """A file, and where its answer goes (None: nowhere but the screen)."""

    name: str
    target: Path | None


@dataclass(slots=True)
class Journal:
    """What an output folder already holds: the counts of each answer, by the fingerprint of what it answers."""

    path: Path
    order: str
    """The fingerprint of the version and the options."""
    done: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, folder: Path, order: Order) -> Journal:
        """The journal of a folder; lines that were cut short are passed over."""
        options = [pregon.__version__, order.format]
        options += [_fingerprint(Path(each)) if each else "" for each in (order.against, order.previous)]
        journal = cls(folder / JOURNAL, hashlib.sha256("\n".join(options).encode()).hexdigest())
        if journal.path.is_file():
            text = journal.path.read_text(encoding="utf-8", errors="replace")
            if text and not text.endswith("\n"):
                journal._write("\n")
            for line in text.splitlines():
                try:
                    said = json.loads(line)
                    counts = {key: int(said["counts"][key]) for key in _COUNTED}
                    journal.done[str(said["of"])] = (str(said["answer"]), counts)
                except (ValueError, KeyError, TypeError):
                    continue
        return journal

    def _write(self, text: str) -> None:
        with self._lock, self.path.open("a", encoding="utf-8") as stream:
            stream.write(text)

    def key(self, task: _Task) -> str:
        """What an answer is of: the file's bytes and name, the version and the options; "" where it cannot be read."""
        try:
            content = _fingerprint(Path(task.name))
        except OSError:
            return ""
        return hashlib.sha256(f"{self.order}\n{Path(task.name).name}\n{content}".encode(errors="replace")).hexdigest()

    def find(self, task: _Task, key: str) -> Answer | None:
        """The answer of an earlier run, without its text; None where there is none, or its file is gone."""
        answer, counts = self.done.get(key, ("", {}))
        if not key or task.target is None or answer != task.target.name or not task.target.is_file():
            return None
        return Answer(task.name, counts=counts)

    def keep(self, task: _Task, key: str, answer: Answer) -> None:
        """Say that an answer is in its place."""
        if not key or task.target is None or answer.counts is None:
            return
        counts = {name: answer.counts[name] for name in _COUNTED}
        self._write(json.dumps({"of": key, "answer": task.target.name, "counts": counts}) + "\n")


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def audit_many(files: Sequence[str], order: Order, output: Path | None, jobs: int) -> list[Answer]:
    """Audit every file and print what came of it; the answers come back with their counts and without their texts."""
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
    journal = None if output is None else Journal.open(output, order)
    prints_json = order.format == "json" and output is None
    answers: list[Answer] = []
    resumed = 0
    with _show_progress(len(files), is_quiet=prints_json and sys.stdout.isatty()) as advance:
        for answer, is_old in _work(_place(files, output, order), order, journal, jobs):
            resumed += is_old
            if prints_json and answer.counts is not None:
                begun = any(earlier.counts is not None for earlier in answers)
                print(",\n" if begun else "[\n", answer.text, sep="", end="", flush=True)
            answers.append(answer._replace(text=""))
            advance()
    if prints_json:
        print("\n]" if any(answer.counts is not None for answer in answers) else "[]")
    else:
        print(tell_table(answers, resumed))
    for answer in answers:
        if answer.counts is None:
            print(answer.failure, file=sys.stderr)
    return answers


def _place(files: Iterable[str], output: Path | None, order: Order) -> Iterator[_Task]:
    """Where each answer goes: a file named after the document; of two documents of one name, the second has a 2."""
    taken: dict[str, int] = {}
    for file in files:
        target = None if output is None else output / name_answer(file, order.format, taken)
        yield _Task(file, target)


def name_answer(file: str, form: str, taken: dict[str, int]) -> str:
    """The name of a document's answer; `taken` counts the documents of each name so far."""
    name = Path(file).name
    taken[name] = taken.get(name, 0) + 1
    again = f"-{taken[name]}" if taken[name] > 1 else ""
    return f"{name}{again}{ENDING}{SUFFIXES[form]}"


def _work(tasks: Iterable[_Task], order: Order, journal: Journal | None, jobs: int) -> Iterator[tuple[Answer, bool]]:
    """Every answer in the order of the tasks, and whether it is of an earlier run; a few at a time are under way."""
    if order.trusts:
        jobs = 1  # everything is done in this process, and PDFium does one thing at a time
    waiting: deque[Future[tuple[Answer, bool]]] = deque()
    pool = ThreadPoolExecutor(jobs)  # the work is done by children; a thread only waits for its own
    try:
        for task in tasks:
            waiting.append(pool.submit(_audit, task, order, journal))
            if len(waiting) > jobs * 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _audit(task: _Task, order: Order, journal: Journal | None) -> tuple[Answer, bool]:
    """Audit a file and put its answer in its place, unless an earlier run did."""
    if journal is None or task.target is None:
        return audit_file(task.name, order), False
    key = journal.key(task)
    known = journal.find(task, key)
    if known is not None:
        return known, True
    answer = audit_file(task.name, order)
    if answer.counts is None:
        return answer, False
    try:
        write_answer(answer, task.target)
        journal.keep(task, key, answer)
    except OSError as error:
        failure = f"No se pudo escribir «{task.target}»: {error.strerror or error}."
        return Answer(task.name, failure=failure), False
    return answer._replace(text=""), False


def write_answer(answer: Answer, target: Path) -> None:
    """Write an answer whole or not at all."""
    half = target.with_name(f".{target.name}.mitad")
    half.write_text(answer.text + "\n", encoding="utf-8")
    half.replace(target)


@contextmanager
def _show_progress(total: int, *, is_quiet: bool) -> Iterator[Callable[[], None]]:
    """How many files are done, on a terminal while it lasts; nothing where there is none."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Revisando", total=total)
        yield lambda: progress.advance(task)


def tell_table(answers: Sequence[Answer], resumed: int) -> str:
    """A line a document, and what came of all of them; `resumed` is how many an earlier run had done."""
    width = max(len("Documento"), *(len(Path(answer.name).name) for answer in answers))
    lines = [f"{'Documento':<{width}}  " + "  ".join(f"{sign:>4}" for sign in (*(s.sign for s in Severity), "="))]
    for answer in answers:
        counts = answer.counts
        told = "no se pudo leer" if counts is None else "  ".join(f"{counts[key]:>4}" for key in _COUNTED)
        lines.append(f"{Path(answer.name).name:<{width}}  {told}")
    return "\n".join([*lines, "", _tell_totals([one.counts for one in answers if one.counts], len(answers), resumed)])


def _tell_totals(read: Sequence[dict[str, int]], files: int, resumed: int) -> str:
    wrong = sum(counts["contradiction"] > 0 for counts in read)
    contradictions, holding = (sum(counts[key] for counts in read) for key in ("contradiction", "consistent"))
    told = (
        f"{count_of(len(read), 'documento revisado', 'documentos revisados')}, {wrong} con contradicciones "
        f"({contradictions} en total); {count_of(holding, 'cuenta cuadra', 'cuentas cuadran')}."
    )
    if resumed:
        again = count_of(resumed, "ya estaba revisado", "ya estaban revisados")
        told += f" {again} en esa carpeta y no se {'repitió' if resumed == 1 else 'repitieron'}."
    if lost := files - len(read):
        told += f" {count_of(lost, 'archivo no se pudo leer', 'archivos no se pudieron leer')}."
    return told
