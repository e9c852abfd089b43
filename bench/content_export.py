"""A list of content of Meta with a million rows, counted by month and kind, against pandas on the same file.

    python bench/content_export.py [ROWS]

The file is made here: captions of several lines with emoji and quotes, widths like the real ones, links that carry
their instants. Ours is the whole way of a file that was handed in: its SHA-256, knowing the source, checking the hours
with the links, counting per account, kind and month in Bogota time. pandas reads and groups the same file in the same
run, the plain way (every column) and the best way (only the three columns it needs), each a process of its own, turn
about; libraries are loaded before the clock starts. The counts must be equal. Ends in 1 where ours does not read at
least twice the rows per second of pandas, or where its memory grows with the rows.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

ROWS = 1_000_000
SIZES = (100_000, 300_000, 1_000_000)
WANTED = 2
GROWTH = 1.25
"""Memory may be this much higher at a million rows than at three hundred thousand, and not more."""
ROUNDS = 3
HEADER = (
    *("Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time"),
    *("Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Comments", "Saves"),
    "Follows",
)
KINDS = ("IG image", "IG reel", "IG carousel", "IG story")
WORDS = (
    *("derechos", "ciudad", "barrio", "taller", "jornada", "víctimas", "atención", "personería", "convocatoria"),
    *("mujeres", "paz", "inscríbase", "gratis", "sede", "comuna", "vereda", "juventud", "memoria", "encuentro"),
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PACIFIC = ZoneInfo("America/Los_Angeles")
START = datetime(2024, 1, 1, 8, tzinfo=UTC)


def make_rows(count: int) -> Iterator[list[object]]:
    """Rows of three accounts over two years, newest first as Meta writes them; three of four are stories, as seen."""
    chance = random.Random(20251)  # noqa: S311 -- the same file every time
    captions = [make_caption(chance) for _ in range(2_000)]
    moments = sorted((chance.randrange(730 * 86_400) for _ in range(count)), reverse=True)
    for number, seconds in enumerate(moments):
        at = START + timedelta(seconds=seconds)
        kind = chance.choices(KINDS, weights=(4, 5, 3, 36))[0]
        user = f"entidad{chance.randrange(3)}"
        link = f"https://www.instagram.com/stories/{user}/{3_000_000_000_000_000_000 + number}/"
        if kind != "IG story":
            link = f"https://www.instagram.com/p/{shortcode(at, number)}/"
        figures = [chance.randrange(10**width) for width in (5, 4, 3, 2, 2, 2, 1)]
        when = at.astimezone(PACIFIC).strftime("%m/%d/%Y %H:%M")
        caption = "" if kind == "IG story" and number % 3 else chance.choice(captions)
        names = ["17841400000000001", user, "Personería de Peñaclara", caption, 0, when, link, kind, "", "Lifetime"]
        yield [18_045_678_901_234_567 + number, *names, *figures]


def make_caption(chance: random.Random) -> str:
    caption = " ".join(chance.choices(WORDS, k=chance.randint(8, 70)))
    if chance.random() < 0.7:
        caption = f"{caption[:40]}\n\n{caption[40:]} 📣🕊️\n#Personería"
    return f'{caption}, «sí» y "también"' if chance.random() < 0.3 else caption


def shortcode(at: datetime, low: int) -> str:
    """The letters of an Instagram link whose identifier was made at that instant."""
    number = (int(at.timestamp() * 1000) - 1_314_220_021_721) << 23 | low % (1 << 23)
    letters = ""
    while number:
        number, place = divmod(number, 64)
        letters = LETTERS[place] + letters
    return letters


def measure_ours(path: Path) -> dict[str, object]:
    import polars as pl  # noqa: F401 -- loaded before the clock starts

    from pregon.importers.base import open_upload
    from pregon.importers.intake import receive
    from pregon.importers.registry import load_sources

    load_sources()
    start = time.perf_counter()
    (receipt,) = receive([open_upload(path)])
    seconds = time.perf_counter() - start
    extract = receipt.extract
    if extract.refused or extract.questions:
        raise SystemExit(extract.refused or str(extract.questions))
    counts = {
        f"{each.account} {each.metric} {each.period}": int(each.amount.value)
        for each in extract.observations
        if each.amount is not None
    }
    return {"seconds": seconds, "counts": counts}


def measure_pandas(path: Path, columns: list[str] | None) -> dict[str, object]:
    import pandas as pd

    start = time.perf_counter()
    frame: Any = pd.read_csv(path, usecols=columns)
    written = pd.to_datetime(frame["Publish time"], format="%m/%d/%Y %H:%M")
    pacific = written.dt.tz_localize("America/Los_Angeles", ambiguous=True, nonexistent="shift_forward")
    at = pacific.dt.tz_convert("America/Bogota")
    frame["month"] = at.dt.year * 100 + at.dt.month
    sizes = frame.groupby(["Account username", "Post type", "month"]).size()
    seconds = time.perf_counter() - start
    counts: dict[str, int] = {}
    for (user, kind, month), count in sizes.items():
        metric = "stories" if kind == "IG story" else "posts"
        key = f"{user} {metric} {month // 100}-{month % 100:02}"
        counts[key] = counts.get(key, 0) + int(count)
    return {"seconds": seconds, "counts": counts}


PEERS: dict[str, Callable[[Path], dict[str, object]]] = {
    "ours": measure_ours,
    "pandas, all columns": lambda path: measure_pandas(path, None),
    "pandas, three columns": lambda path: measure_pandas(path, ["Account username", "Post type", "Publish time"]),
}


def run_alone(peer: str, path: Path) -> dict[str, object]:
    """One measure in a process of its own, with the most memory that the process had."""
    done = subprocess.run([sys.executable, __file__, "--alone", peer, path], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    sizes = sorted({min(size, rows) for size in SIZES} | {rows})
    with TemporaryDirectory(prefix="pregon-bench-") as folder:
        paths = {size: Path(folder) / f"{size}.csv" for size in sizes}
        for size, path in paths.items():
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\r\n")
                writer.writerow(HEADER)
                writer.writerows(make_rows(size))
        megabytes = paths[rows].stat().st_size / 1024 / 1024
        print(f"{rows:,} rows, {megabytes:.0f} MB")
        told: dict[str, list[dict[str, object]]] = {peer: [] for peer in PEERS}
        for _ in range(ROUNDS):
            for peer, found in told.items():
                found.append(run_alone(peer, paths[rows]))
        peaks = {size: run_alone("ours", path)["megabytes"] for size, path in paths.items()}
    return judge(rows, told, peaks)


def judge(rows: int, told: dict[str, list[dict[str, object]]], peaks: dict[int, object]) -> int:
    speeds = {peer: rows / median(float(str(each["seconds"])) for each in found) for peer, found in told.items()}
    for peer, speed in speeds.items():
        peak = max(int(str(each["megabytes"])) for each in told[peer])
        cpu = median(float(str(each["cpu"])) for each in told[peer])
        print(f"{peer:<22} {speed:>10,.0f} rows/s  {cpu:>5.1f} s of processor, loading included  {peak:>5} MB")
    plain, best = speeds["pandas, all columns"], speeds["pandas, three columns"]
    print(f"ours / pandas: {speeds['ours'] / plain:.2f} (wanted: {WANTED}); / best pandas: {speeds['ours'] / best:.2f}")
    print("memory by rows:", ", ".join(f"{size:,}: {peak} MB" for size, peak in peaks.items()))
    same = told["ours"][0]["counts"] == told["pandas, all columns"][0]["counts"]
    print("counts equal:", same)
    first, *_, last = (int(str(peak)) for _, peak in sorted(peaks.items())[-2:])
    flat = last <= first * GROWTH
    return 0 if speeds["ours"] >= WANTED * plain and flat and same else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        answer = PEERS[sys.argv[2]](Path(sys.argv[3]))
        answer["cpu"] = time.process_time()
        answer["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        json.dump(answer, sys.stdout)
        raise SystemExit
    raise SystemExit(main())
