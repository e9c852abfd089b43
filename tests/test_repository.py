"""What the repository says of itself is true: no trace of a machine, reasons for exceptions, documents that hold."""

from __future__ import annotations

import doctest
import importlib
import io
import os
import pkgutil
import re
import subprocess
import sys
import tokenize
import tomllib
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import pregon

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Written in halves, so that this file does not name what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "crates" + ".io",
    "anaconda" + ".org",
]
MACHINE_PATH = re.compile(r"(?<![\w.\-/*}])/(?:(?:work|root)\b|tmp/bash|home/[a-z]|Users/[A-Za-z])(?!-)")
CODE_SPAN = re.compile(r"```(?:console|sh|bash|text)?\n(.*?)```|`([^`\n]+)`", re.DOTALL)


@cache
def tracked_files() -> tuple[Path, ...]:
    """The files that git keeps and that exist."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        pytest.skip("no es una copia de git: no se sabe qué archivos son del repositorio")
    return tuple(path for name in answer.stdout.split("\0") if name and (path := ROOT / name).is_file())


@cache
def tracked_texts() -> dict[str, str]:
    texts = {}
    for path in tracked_files():
        try:
            texts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a workbook
    return texts


def documents() -> dict[str, str]:
    """The Markdown that speaks of the repository itself; cases and goldens only quote."""
    return {
        name: text for name, text in tracked_texts().items() if name.endswith(".md") and not name.startswith("tests/")
    }


def code_in(text: str) -> list[str]:
    """Each line of code that a Markdown text shows, in a span or in a fence, without its remark."""
    lines = [line for block, span in CODE_SPAN.findall(text) for line in (block or span).splitlines()]
    return [line.partition("  #")[0].strip() for line in lines]


# --- nothing of this machine -----------------------------------------------------------------------------------


def test_no_file_names_a_package_registry() -> None:
    named = [(name, host) for name, text in tracked_texts().items() for host in REGISTRIES if host in text]
    assert named == []


def test_requirements_name_no_place_at_all() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = tracked_texts()[name]
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text


def test_no_file_holds_a_path_of_a_machine() -> None:
    held = [
        f"{name}:{number}: {line.strip()}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert held == []


@pytest.mark.parametrize(
    "line", ["cd /wo" + "rk/main", "'/ro" + "ot/.cache'", "=/tm" + "p/bash_jobs.0/x", "/ho" + "me/ana/x"]
)
def test_a_path_of_a_machine_is_seen(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize(
    "line", ["docs/work/plan", "../work/", "https://example.org/work/x", "application/work", "{x}/root/"]
)
def test_other_paths_are_left_alone(line: str) -> None:
    assert not MACHINE_PATH.search(line)


# --- every exception carries its reason ------------------------------------------------------------------------


def exceptions_without_reason(source: str) -> list[str]:
    """The comments that silence a checker and do not say why in at least two words."""
    bare = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        found = re.search(r"#\s*(?:noqa|type:\s*ignore)", token.string)
        if found is None:
            continue
        rest = re.sub(r"^[:\[][\w\-, \]]*?(?=\s+[-–—#(]|$)", "", token.string[found.end() :])
        if len(re.findall(r"\w+", rest.lstrip(" -–—#("))) < 2:
            bare.append(token.string)
    return bare


def test_every_silenced_check_says_why() -> None:
    bare = {
        name: found
        for name, text in tracked_texts().items()
        if name.endswith(".py") and "/migrations/" not in name and (found := exceptions_without_reason(text))
    }
    assert bare == {}


@pytest.mark.parametrize(
    ("comment", "is_bare"),
    [
        ("# no" + "qa", True),
        ("# no" + "qa: S105", True),
        ("# no" + "qa: PTH118, PTH120", True),
        ("# type: " + "ignore[arg-type]", True),
        ("# no" + "qa: S105 -- the reason's name, not a secret", False),
        ("# no" + "qa: PTH118, PTH120 - Django wants text", False),
        ("# type: " + "ignore[import-untyped]  # ships no types", False),
    ],
)
def test_a_reason_is_told_from_a_code(comment: str, *, is_bare: bool) -> None:
    assert exceptions_without_reason(f"x = 1  {comment}\n") == ([comment] if is_bare else [])


# --- what the documents say exists -----------------------------------------------------------------------------


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@cache
def help_of(*words: str) -> str:
    """What `pregon … --help` prints."""
    call = "import sys; from pregon.cli.main import main; sys.exit(main())"
    answer = subprocess.run(
        [sys.executable, "-c", call, *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def verbs() -> set[str]:
    """The verbs of the command line: the library's, a file each, and those that other packages declare."""
    own = {path.stem.rstrip("_") for path in (ROOT / "src" / "pregon" / "cli").glob("[a-z]*.py")} - {"main"}
    return own | set(PROJECT["project"]["entry-points"]["pregon.commands"])


def commands_in(text: str) -> list[tuple[str, str]]:
    """Each `pregon VERB …` that a document shows: the verb and the whole line."""
    found = [(re.search(r"(?:^|[/\s])pregon ([a-z]+)", line), line) for line in code_in(text)]
    return [(call.group(1), line) for call, line in found if call]


def test_the_documents_name_only_make_targets_that_exist() -> None:
    named = {
        (name, target)
        for name, text in documents().items()
        for line in code_in(text)
        for target in re.findall(r"\bmake ([a-z]+)\b", line)
    }
    assert named, "no document names a target: the search is broken"
    assert [(name, target) for name, target in sorted(named) if target not in make_targets()] == []


def test_the_documents_name_only_verbs_and_options_that_exist() -> None:
    wrong = []
    for name, text in documents().items():
        for verb, line in commands_in(text):
            if verb not in verbs():
                wrong.append((name, verb))
                continue
            shown = help_of(verb)
            part = re.search(rf"pregon {verb} ([a-z]+)(?!\S)", line)  # «registro new»: a verb with parts of its own
            if part and part.group(1) in shown:
                shown += help_of(verb, part.group(1))
            wrong += [(name, option) for option in re.findall(r"(?<!\S)--[a-z][a-z-]*", line) if option not in shown]
    assert wrong == []


def test_the_documents_name_only_files_that_exist() -> None:
    path = re.compile(r"^(?:src|tests|docs|bench|examples|scripts)/[\w./-]+$")
    lost = [
        (name, span)
        for name, text in documents().items()
        for span in code_in(text)
        if path.match(span) and not (ROOT / span).exists()
    ]
    assert lost == []


def test_the_links_between_documents_lead_somewhere() -> None:
    dead = [
        (name, target)
        for name, text in documents().items()
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
        if "://" not in target and not target.startswith("mailto:") and not ((ROOT / name).parent / target).exists()
    ]
    assert dead == []


def test_the_readme_shows_the_two_commands() -> None:
    shown = code_in(tracked_texts()["README.md"])
    assert "make run" in shown
    assert "make test" in shown


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", tracked_texts()["README.md"], re.DOTALL)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    answer = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    assert (tmp_path / "informe-2025-T4.docx").is_file()


def test_the_version_is_one() -> None:
    version = PROJECT["project"]["version"]
    assert pregon.__version__ == version
    assert re.search(rf"^## {re.escape(version)}\b", tracked_texts()["CHANGELOG.md"], re.MULTILINE)


def test_the_flag_that_rewrites_kept_outputs_is_off() -> None:
    assert "PREGON_GOLDEN" not in os.environ


def test_what_the_packages_need_besides_code_goes_with_them() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    left_behind = [
        name
        for name in (path.relative_to(ROOT).as_posix() for path in tracked_files())
        if name.startswith("src/") and not name.endswith(".py")
        if not any(fnmatch(name.split("/")[-1], pattern.split("/")[-1]) for pattern in patterns[name.split("/")[1]])
    ]
    assert left_behind == []


def test_ci_runs_make_test() -> None:
    lines = tracked_texts()[".ci/run"].splitlines()
    assert [line for line in lines if line.startswith("make test")] != []
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_run_serves_what_it_says() -> None:
    makefile = tracked_texts()["Makefile"]
    assert "PORT ?= 8000" in makefile
    assert "pregon demo --port $(PORT)" in makefile
    assert (ROOT / "examples" / "registro-2025-T4.xlsx").is_file()


def test_the_verbs_of_the_office_come_by_their_entry_points() -> None:
    declared = PROJECT["project"]["entry-points"]["pregon.commands"]
    installed = {point.name: point.value for point in entry_points(group="pregon.commands")}
    assert installed == declared
    for home in declared.values():
        verb = importlib.import_module(home)
        assert verb.HELP
        assert callable(verb.configure)
        assert callable(verb.run)


def test_the_examples_in_docstrings_hold() -> None:
    tried = 0
    for found in pkgutil.walk_packages(pregon.__path__, "pregon."):
        if found.name.endswith("__main__"):
            continue
        result = doctest.testmod(importlib.import_module(found.name))
        assert result.failed == 0, found.name
        tried += result.attempted
    face = doctest.testmod(pregon)
    assert face.failed == 0
    assert tried + face.attempted > 0
