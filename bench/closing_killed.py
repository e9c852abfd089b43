"""The office is killed while it closes a quarter, again and again, and its files are asked what is left.

    python bench/closing_killed.py [--kills 50] [--seed N] [--longest 4] [--start VERB …] [--kill VERB …]

A real `pregon serve` and a real `pregon worker` on a passing data folder, with a quarter that three people signed over
HTTP. It is closed once undisturbed, to know how long that takes. In each round the approver asks for the closing while
the editor records something in another quarter, and every process of the office gets SIGKILL: in odd rounds after a
random time (up to `--longest` seconds, or somewhat more than a closing takes if that is longer), in even ones a moment
after one of the closing's files has come into the vault, which is just before all of it is written down. Then, from the
database's file and the vault: the quarter is closed whole or not at all, what was answered for is there, nothing
recorded before is lost, the journal's chain is whole. The office opens again, what was not closed is closed, and it is
reopened and signed for the next round.

`--start` names the verbs that make the office (both where none is), `--kill` those that are killed, all of them where
it is not said. Ends in 1 with the first fault, and says it; the same seed draws the same moments.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the quarter of the tests, and who looks at the history

from tests.web.quarter import closing_history as history  # noqa: E402 - after the path

PERIOD = "2025-T4"
BESIDE = "2026-T1"  # what is recorded here leaves the signatures of the other as they are
OPENING, ANSWER = 120, 120  # seconds: a busy machine is no fault
HANDS = {"prepared": "editor", "reviewed": "reviewer", "approved": "approver"}
BEYOND, JITTER = 1.3, 0.08  # of the time a closing takes: the latest moment, and the latest one after a file
START = """
import argparse, sys
from importlib import import_module
verb = import_module("pregon_web.commands." + sys.argv[1])
parser = argparse.ArgumentParser()
verb.configure(parser)
sys.exit(verb.run(parser.parse_args(sys.argv[2:])))
"""


class Fault(Exception):  # noqa: N818 - what happened, not a suffix
    """Something was lost or left half done."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer: the thing was done."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Visitor:
    """A person at a browser: their cookies outlive the office."""

    email: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def ask(self, address: str, **typed: str) -> tuple[int, str]:
        """The status and the page. What is typed makes it a POST."""
        opener = urllib.request.build_opener(_StayHere, urllib.request.HTTPCookieProcessor(self.cookies))
        token = next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")
        body = urllib.parse.urlencode({**typed, "csrfmiddlewaretoken": token}).encode() if typed else None
        try:
            with opener.open(address, body, timeout=ANSWER) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def do(self, address: str, **typed: str) -> None:
        """Ask for something that has to be done."""
        status, page = self.ask(address, **{"do": "1", **typed})
        if status != 302:
            raise Fault(f"{self.email} asked for {address} and was answered {status}: {page[:2000]}")


@dataclass
class Running:
    """The processes of the office, each at the head of a group of its own."""

    folder: Path
    verbs: tuple[str, ...]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port: int = 0

    def start(self) -> None:
        """Start what is not running, and wait until a page is answered."""
        for verb in self.verbs:
            if verb in self.processes:
                continue
            place = ["--data", str(self.folder)]
            if verb == "serve":
                self.port = free_port()
                place += ["--port", str(self.port)]
            self.processes[verb] = subprocess.Popen(
                [sys.executable, "-c", START, verb, *place],
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                cwd=ROOT,
            )
        end = time.monotonic() + OPENING
        while time.monotonic() < end and all(process.poll() is None for process in self.processes.values()):
            try:
                if Visitor("").ask(self.address("entrar/"))[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise Fault("the office does not open")

    def kill(self, verbs: tuple[str, ...]) -> None:
        """SIGKILL for every process of these groups, at once."""
        killed = [self.processes.pop(verb) for verb in verbs]
        for process in killed:
            os.killpg(process.pid, signal.SIGKILL)
        for process in killed:
            process.wait()
        while "serve" in verbs and is_open(self.port):
            time.sleep(0.01)

    def stop(self) -> None:
        """Ask them to end, as Ctrl+C does."""
        for process in self.processes.values():
            process.send_signal(signal.SIGINT)
        for process in self.processes.values():
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()

    def address(self, rest: str) -> str:
        return f"http://127.0.0.1:{self.port}/{rest}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare(folder: Path) -> str:
    """A data folder with a quarter that lacks only its signatures. Answers the key of a channel."""
    from pregon_web.commands import starting

    starting.open_data_folder(folder)
    starting.prepare_database()
    from django.db import connections

    from pregon_web.ledger.models import Channel
    from tests.web.quarter.test_closing import load, ready_dossier
    from tests.web.towns import found_town

    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    load(town, ready_dossier(town))
    channel = Channel.objects.of(town.institution).get(code="x")
    connections.close_all()
    return str(channel.pk)


@dataclass
class Trial:
    """The office under trial, and its people."""

    office: history.Office
    running: Running
    channel: str
    people: dict[str, Visitor]

    def sign_in(self) -> None:
        from tests.web.towns import PASSWORD

        for visitor in self.people.values():
            visitor.ask(self.running.address("entrar/"))
            visitor.do(self.running.address("entrar/"), login=visitor.email, password=PASSWORD)

    def sign(self) -> None:
        for hand, role in HANDS.items():
            self.people[role].do(self.closing_page(f"firmar/{hand}/"))

    def close(self) -> None:
        self.people["approver"].do(self.closing_page("cerrar/"))

    def reopen(self) -> None:
        self.people["approver"].do(self.closing_page("reabrir/"), reason="Para cerrarlo otra vez")

    def publish(self, title: str) -> None:
        typed = {"title": title, "channel": self.channel, "kind": "post", "published_on": "2026-02-03"}
        self.people["editor"].do(self.running.address(f"trimestres/{BESIDE}/publicaciones/nueva/"), **typed)

    def closing_page(self, rest: str) -> str:
        return self.running.address(f"trimestres/{PERIOD}/cierre/{rest}")


class Asked(threading.Thread):
    """Something asked for beside: whether it was answered for, and what it said instead. Dying mid-way is no fault."""

    def __init__(self, delay: float, work: Callable[..., None], *words: str) -> None:
        super().__init__(daemon=True)
        self.delay, self.work, self.words = delay, work, words
        self.is_done = False
        self.fault = ""
        self.start()

    def run(self) -> None:
        time.sleep(self.delay)
        try:
            self.work(*self.words)
            self.is_done = True
        except Fault as error:
            self.fault = str(error)
        except (OSError, EOFError):  # the office died meanwhile, which is what this is for
            pass
        except Exception as error:  # noqa: BLE001 - http.client's own, of an answer that was cut
            if type(error).__module__ != "http.client":
                self.fault = repr(error)


def wait_for_files(vault: Path, count: int, closer: Asked) -> None:
    """Until the vault has so many files more, or the closing has ended."""
    wanted = count_files(vault) + count
    while closer.is_alive() and count_files(vault) < wanted:
        time.sleep(0.005)


def count_files(vault: Path) -> int:
    return sum(1 for path in vault.glob("*/*/*") if not path.name.startswith("."))


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so many seconds after the closing was asked for, or after so many of its files are there."""

    files: int
    seconds: float

    @classmethod
    def draw(cls, number: int, lot: random.Random, longest: float, closing: float) -> Moment:
        """That of a round. After a file it is rather sooner than later: they come all at once, when all are written."""
        if number % 2:
            return cls(0, lot.uniform(0, max(longest, BEYOND * closing)))
        return cls(lot.randint(1, 5), lot.random() ** 2 * JITTER * closing)

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s after file {self.files}" if self.files else f"after {self.seconds:.2f} s"


def run_round(trial: Trial, number: int, moment: Moment, apart: float, killed: tuple[str, ...]) -> str:
    """One closing that is cut short; beside it, after `apart` seconds, a publication. Answers what became of it.

    Raises Fault.
    """
    before = history.read_rows(trial.office)
    title = f"Ronda {number}"
    closer, writer = Asked(0, trial.close), Asked(apart, trial.publish, title)
    wait_for_files(trial.office.files, moment.files, closer)
    time.sleep(moment.seconds)
    trial.running.kill(killed)
    closer.join(ANSWER)
    writer.join(ANSWER)
    after = history.read_rows(trial.office)
    version = history.closing_in_force(trial.office, PERIOD)
    faults = [fault for fault in (closer.fault, writer.fault) if fault]
    faults += [*history.find_faults(trial.office), *history.find_losses(before, after)]
    if closer.is_done and version is None:
        faults.append("the closing was answered for and is not there")
    if writer.is_done and title not in history.titles_in(trial.office, BESIDE):
        faults.append("a publication was answered for and is not there")
    came = "not closed" if version is None else "closed whole"
    told = f"{came}, {'answered' if closer.is_done else 'no answer'}"
    print(
        f"{number:3}  killed {moment!s:22}  {told:24}  publication {'answered' if writer.is_done else 'cut'}",
        flush=True,
    )
    if faults:
        raise Fault("\n       ".join(faults))
    return came


def mend(trial: Trial) -> None:
    """Open again, close what was not closed, and make the quarter ready for the next round."""
    trial.running.start()
    if history.closing_in_force(trial.office, PERIOD) is None:
        trial.close()
    if history.closing_in_force(trial.office, PERIOD) is None:
        raise Fault("it was closed again and is not closed")
    trial.reopen()
    trial.sign()


def run_trial(trial: Trial, asked: argparse.Namespace, killed: tuple[str, ...]) -> Counter[str]:
    """All the rounds. Answers how many closings had been made when the office was killed; raises Fault."""
    came: Counter[str] = Counter()
    lot = random.Random(asked.seed)  # noqa: S311 - moments, not secrets
    trial.running.start()
    trial.sign_in()
    trial.sign()
    start = time.monotonic()
    trial.close()
    closing = time.monotonic() - start
    print(f"undisturbed, a closing takes {closing:.2f} s")
    mend(trial)
    for number in range(1, asked.kills + 1):
        moment = Moment.draw(number, lot, asked.longest, closing)
        came[run_round(trial, number, moment, lot.uniform(0, closing), killed)] += 1
        mend(trial)
    trial.running.stop()
    left = list(history.find_faults(trial.office))
    if left:
        raise Fault("\n       ".join(left))
    return came


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--longest", type=float, default=4.0, metavar="SECONDS")
    parser.add_argument("--start", action="append", default=None, metavar="VERB")
    parser.add_argument("--kill", action="append", default=None, metavar="VERB")
    asked = parser.parse_args()
    verbs = tuple(asked.start or ["serve", "worker"])
    killed = tuple(asked.kill or verbs)
    print(f"seed {asked.seed}: {', '.join(verbs)} started, {', '.join(killed)} killed")
    with TemporaryDirectory(prefix="pregon-kills-") as name:
        folder = Path(name) / "office"
        channel = prepare(folder)
        people = {role: Visitor(f"{role}@penaclara.example") for role in HANDS.values()}
        trial = Trial(history.Office.of(folder), Running(folder, verbs), channel, people)
        try:
            came = run_trial(trial, asked, killed)
        except Fault as error:
            print(f"FAULT  {error}")
            return 1
        finally:
            trial.running.stop()
    print(f"{asked.kills} kills, 0 faults: {came['closed whole']} closed whole, {came['not closed']} not closed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
