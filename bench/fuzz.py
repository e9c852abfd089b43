"""Documents of every kind spoilt at random, read in child processes with limits: what no reader may do.

    python bench/fuzz.py [--documents 2000] [--seed 2025] [--seconds 10] [--memory 1024] [--jobs 2] [--audit]

A document is read, walked over and turned to plain values and back (`--audit`: audited too). It is answered with a
Document or with one Spanish sentence. Counted: tracebacks (anything else), time-outs, and children that were killed or
died. `late` are files told to be damaged only because a library broke on them: right for their owner, worth a look for
us; `--late` prints where. The same seed spoils the same bytes. Ends in 1 where anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import selectors
import subprocess
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
BATCH = 100


def read_one(content: bytes, name: str, *, audit: bool) -> tuple[str, str]:
    """What became of a document: «read», «refused», «late» or «traceback», and where it broke."""
    import pregon
    from pregon.document.serial import document_from_values, document_to_values
    from pregon.document.unreadable import UnreadableFile
    from pregon.readers import read_content

    try:
        document = read_content(content, name)
    except UnreadableFile as error:
        cause = error.__cause__
        if (
            cause is None
            or isinstance(cause, UnreadableFile | MemoryError)
            or "raise refusals.damaged" not in "".join(traceback.format_tb(error.__traceback__)[-1:])
        ):
            return "refused", str(error.kind)
        frames = traceback.extract_tb(cause.__traceback__)
        own = [frame for frame in frames if "/pregon/" in frame.filename] or frames
        if len(traceback.extract_tb(error.__traceback__)) > 2:  # refused knowingly, deeper in
            return "refused", str(error.kind)
        return "late", f"{type(cause).__name__} {Path(own[-1].filename).name}:{own[-1].lineno} {str(cause)[:80]}"
    except Exception as error:  # noqa: BLE001 -- this is what is counted
        return "traceback", _describe(error)
    try:
        assert document.passages is not None  # noqa: S101 -- walks over every text
        if document_from_values(json.loads(json.dumps(document_to_values(document)))) != document:
            return "traceback", "it does not come back from plain values"
        document.text.encode("utf-8")
        if audit:
            pregon.audit(document)
    except Exception as error:  # noqa: BLE001 -- this is what is counted
        return "traceback", _describe(error)
    return "read", ""


def _describe(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/pregon/" in frame.filename] or frames
    return f"{type(error).__name__} {Path(own[-1].filename).name}:{own[-1].lineno} {str(error)[:120]}"


def spoil(seeds: dict[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """The document of that number: its name, and its bytes."""
    from tests.property.mutations import mutate

    names = sorted(seeds)
    name = names[number % len(names)]
    return name, mutate(seeds[name], random.Random(f"{seed}:{number}"))  # noqa: S311 -- to be had again, not secret


def work(seed: int, first: int, last: int, memory: int, *, audit: bool) -> None:
    """The child: read the documents first … last, one line of JSON for each."""
    import logging
    import warnings

    from tests.property.mutations import make_seeds

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    seeds = load_seeds() or make_seeds()
    from pregon import readers

    for reader in readers.find_readers():
        reader.identify(b"", "")
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory * 1024 * 1024,) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(first, last):
        name, content = spoil(seeds, seed, number)
        print(json.dumps({"number": number}), flush=True)
        started = time.perf_counter()
        what, where = read_one(content, name, audit=audit)
        print(json.dumps({"what": what, "where": where, "took": time.perf_counter() - started}), flush=True)


def load_seeds() -> dict[str, bytes]:
    """The sound files that the parent made, so that not every child makes them again."""
    folder = os.environ.get("FUZZ_SEEDS", "")
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())} if folder else {}


class Child:
    """A child at work on some documents, and what it says."""

    def __init__(self, options: argparse.Namespace, first: int, last: int, folder: str) -> None:
        command = [sys.executable, __file__, "--child", str(first), str(last), "--seed", str(options.seed)]
        command += ["--memory", str(options.memory), *(["--audit"] if options.audit else [])]
        environment = {**os.environ, "FUZZ_SEEDS": folder}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        self.first, self.last = first, last
        self.number = first - 1
        self.since = time.monotonic()
        self.is_reading = False
        self.rest = b""

    def take(self) -> list[dict[str, Any]]:
        """The lines that it wrote since."""
        assert self.process.stdout is not None  # noqa: S101 -- it is a pipe
        self.rest += os.read(self.process.stdout.fileno(), 1 << 16)
        *lines, self.rest = self.rest.split(b"\n")
        return [json.loads(line) for line in lines]

    def drain(self) -> list[dict[str, Any]]:
        """What it wrote before it ended."""
        lines = self.take()
        while more := self.take():
            lines += more
        return lines


def fuzz(options: argparse.Namespace, folder: str) -> int:  # noqa: C901, PLR0912 -- a loop over what children do
    """Read all documents; how many things went wrong."""
    told: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    late: Counter[str] = Counter()
    slowest: list[tuple[float, int, str]] = []
    names = sorted(load_seeds_of(folder))
    waiting = [(at, min(at + BATCH, options.documents)) for at in range(0, options.documents, BATCH)][::-1]
    children: list[Child] = []
    with selectors.DefaultSelector() as selector:
        while waiting or children:
            while waiting and len(children) < options.jobs:
                child = Child(options, *waiting.pop(), folder)
                children.append(child)
                selector.register(child.process.stdout, selectors.EVENT_READ, child)  # type: ignore[arg-type]  # a pipe
            for key, _ in selector.select(timeout=0.5):
                child = key.data
                lines = child.take()
                for line in lines:
                    child.since = time.monotonic()
                    if "number" in line:
                        child.number, child.is_reading = line["number"], True
                        continue
                    child.is_reading = False
                    name = names[child.number % len(names)]
                    told[name, line["what"]] += 1
                    slowest.append((line["took"], child.number, name))
                    if line["what"] == "traceback" or line["took"] > options.seconds:
                        wrong.append(f"{line['what']} {child.number} {name} {line['took']:.1f} s {line['where']}")
                    elif line["what"] == "late":
                        late[f"{name} {line['where']}"] += 1
            for child in list(children):
                code = child.process.poll()
                stuck = child.is_reading and time.monotonic() - child.since > options.seconds * 2
                if code is None and not stuck:
                    continue
                selector.unregister(child.process.stdout)  # type: ignore[arg-type]  # a pipe
                children.remove(child)
                for line in [] if stuck else child.drain():
                    if "number" in line:
                        child.number, child.is_reading = line["number"], True
                    else:
                        child.is_reading = False
                        told[names[child.number % len(names)], line["what"]] += 1
                        if line["what"] == "traceback":
                            wrong.append(f"traceback {child.number} {line['where']}")
                child.process.kill()
                child.process.wait()
                if stuck or code:
                    what = "time-out" if stuck else f"died ({code})"
                    told[names[child.number % len(names)], what.split(maxsplit=1)[0]] += 1
                    wrong.append(f"{what} {child.number} {names[child.number % len(names)]}")
                    if child.number + 1 < child.last:
                        waiting.append((child.number + 1, child.last))
    report(told, late if options.late else Counter(), sorted(slowest)[-3:], wrong)
    return len(wrong)


def load_seeds_of(folder: str) -> list[str]:
    """The names of the sound files in a folder."""
    return [path.name for path in Path(folder).iterdir()]


def report(
    told: Counter[tuple[str, str]], late: Counter[str], slowest: list[tuple[float, int, str]], wrong: list[str]
) -> None:
    """Print what was counted."""
    whats = ("read", "refused", "late", "traceback", "time-out", "died")
    print(f"{'':14}" + "".join(f"{what:>11}" for what in whats))
    for name in sorted({name for name, _ in told}):
        print(f"{name:14}" + "".join(f"{told[name, what]:>11}" for what in whats))
    print(f"{'all':14}" + "".join(f"{sum(n for (_, w), n in told.items() if w == what):>11}" for what in whats))
    for took, number, name in slowest:
        print(f"slow: {took:.2f} s, document {number}, {name}")
    for where, many in late.most_common(60):
        print(f"late: {many} × {where}")
    for line in wrong[:40]:
        print(f"wrong: {line}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--memory", type=int, default=1024)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--audit", action="store_true")
    parser.add_argument("--late", action="store_true")
    parser.add_argument("--child", type=int, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        first, last = options.child
        work(options.seed, first, last, options.memory, audit=options.audit)
        return 0
    from tempfile import TemporaryDirectory

    from tests.property.mutations import make_seeds

    started = time.perf_counter()
    with TemporaryDirectory() as folder:
        for name, content in make_seeds().items():
            (Path(folder) / name).write_bytes(content)
        wrong = fuzz(options, folder)
    print(f"{options.documents} documents, seed {options.seed}, {time.perf_counter() - started:.0f} s: {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
