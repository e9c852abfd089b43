"""The house stands as docs/architecture.md draws it: who imports whom, what loads when, what is found by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pregon.audit.registry import load_rules
from pregon.report.compose import load_sections

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]}

# What takes longer to load than the library may, and what it may not know at all.
HEAVY = {
    *("docx", "holidays", "lxml", "openpyxl", "pdfminer", "pdfplumber", "pikepdf", "pypdfium2", "rich", "typst"),
    *("vl_convert", "django", "pregon_web"),
}

# A fault for each contract, and for each side of the wider ones: the files planted, and the words that must tell it.
FAULTS = [
    (
        "layers",
        {"pregon/figures/planted.py": "import pregon.records.dossier"},
        "pregon.figures.planted -> pregon.records",
    ),
    (
        "layers",
        {"pregon/records/planted.py": "import pregon.document.model"},
        "pregon.records.planted -> pregon.document",
    ),
    (
        "layers",
        {"pregon/document/planted.py": "import pregon.relations"},
        "pregon.document.planted -> pregon.relations",
    ),
    ("layers", {"pregon/relations/planted.py": "import pregon.claims"}, "pregon.relations.planted -> pregon.claims"),
    ("layers", {"pregon/claims/planted.py": "import pregon.report"}, "pregon.claims.planted -> pregon.report"),
    ("layers", {"pregon/report/planted.py": "import pregon.writers"}, "pregon.report.planted -> pregon.writers"),
    ("layers", {"pregon/writers/planted.py": "import pregon.readers"}, "pregon.writers.planted -> pregon.readers"),
    ("layers", {"pregon/audit/planted.py": "import pregon.registro"}, "pregon.audit.planted -> pregon.registro"),
    (
        "layers",
        {"pregon/audit/planted.py": "def late():\n    import pregon.cli\n"},
        "pregon.audit.planted -> pregon.cli",
    ),
    ("layers", {"pregon/utils/__init__.py": ""}, "pregon.utils"),
    ("face", {"pregon/audit/planted.py": "from pregon import read"}, "pregon.audit.planted -> pregon (l.1)"),
    ("no-office", {"pregon/cli/planted.py": "import pregon_web"}, "pregon.cli.planted -> pregon_web"),
    ("no-office", {"pregon/report/planted.py": "from django.utils import text"}, "pregon.report.planted -> django"),
    (
        "rules",
        {
            "pregon/audit/rules/planted_a.py": "",
            "pregon/audit/rules/planted_b.py": "from pregon.audit.rules import planted_a",
        },
        "pregon.audit.rules.planted_b -> pregon.audit.rules.planted_a",
    ),
    (
        "sections",
        {
            "pregon/report/sections/planted_a.py": "from . import planted_b",
            "pregon/report/sections/planted_b.py": "",
        },
        "pregon.report.sections.planted_a -> pregon.report.sections.planted_b",
    ),
    (
        "importers",
        {
            "pregon/importers/base.py": "",
            "pregon/importers/planted_a.py": "import pregon.importers.base",
            "pregon/importers/planted_b.py": "import pregon.importers.base, pregon.importers.planted_a",
        },
        "pregon.importers.planted_b -> pregon.importers.planted_a",
    ),
    ("third-parties", {"pregon/audit/planted.py": "import lxml.etree"}, "pregon.audit.planted -> lxml"),
    ("third-parties", {"pregon/readers/planted.py": "import typst"}, "pregon.readers.planted -> typst"),
    ("third-parties", {"pregon/writers/planted.py": "import pdfplumber"}, "pregon.writers.planted -> pdfplumber"),
    ("third-parties", {"pregon/records/planted.py": "import holidays"}, "pregon.records.planted -> holidays"),
    ("third-parties", {"pregon_web/planted.py": "from openpyxl import Workbook"}, "pregon_web.planted -> openpyxl"),
    (
        "apps",
        {"pregon_web/accounts/planted.py": "import pregon_web.quarter", "pregon_web/quarter/__init__.py": ""},
        "pregon_web.accounts.planted -> pregon_web.quarter",
    ),
    (
        "inside-an-app",
        {
            "pregon_web/planted/__init__.py": "",
            "pregon_web/planted/views.py": "",
            "pregon_web/planted/services.py": "from . import views",
        },
        "pregon_web.planted.services -> pregon_web.planted.views",
    ),
]


def lint_imports(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-cache", "--no-logo", *chosen],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source, to break."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        SOURCE,
        tmp_path / "src",
        ignore=lambda folder, names: [n for n in names if (Path(folder) / n).is_file() and not n.endswith(".py")],
    )
    return tmp_path


def test_the_contracts_hold() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in answer.stdout


@pytest.mark.parametrize(("contract", "planted", "told"), FAULTS, ids=[f"{c}-{t.split()[0]}" for c, _, t in FAULTS])
def test_a_planted_fault_is_caught(tree: Path, contract: str, planted: dict[str, str], told: str) -> None:
    for name, text in planted.items():
        path = tree / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    answer = lint_imports(tree, contract)
    assert answer.returncode == 1, answer.stdout
    assert f"{CONTRACTS[contract]} BROKEN" in answer.stdout
    assert told in " ".join(answer.stdout.split())


def test_every_contract_has_a_planted_fault() -> None:
    assert {contract for contract, _, _ in FAULTS} == set(CONTRACTS)


def test_the_map_draws_the_layers_that_are_checked() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```layers\n")[1].split("\n```")[0]
    (checked,) = [found for found in PROJECT["tool"]["importlinter"]["contracts"] if found["id"] == "layers"]
    assert drawn.splitlines() == checked["layers"]


def run_python(code: str) -> str:
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.mark.parametrize("used", ["pass", "pregon.Document, pregon.Dossier, pregon.Period, pregon.UnreadableFile"])
def test_importing_pregon_loads_nothing_heavy(used: str) -> None:
    modules = json.loads(run_python(f"import json, sys, pregon; {used}; print(json.dumps(list(sys.modules)))"))
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()


def test_importing_pregon_takes_less_than_50_milliseconds() -> None:
    code = "import time; start = time.perf_counter(); import pregon; print(time.perf_counter() - start)"
    assert min(float(run_python(code)) for _ in range(5)) < 0.05


def test_the_whole_library_loads_where_there_is_no_django() -> None:
    printed = run_python(
        "import importlib, pkgutil, sys\n"
        "sys.modules['django'] = sys.modules['pregon_web'] = None\n"
        "import pregon\n"
        "for module in pkgutil.walk_packages(pregon.__path__, 'pregon.'):\n"
        "    if not module.name.endswith('.__main__'):\n"
        "        print(importlib.import_module(module.name).__name__)\n"
    )
    files = [path for path in (SOURCE / "pregon").rglob("*.py") if path.stem != "__main__"]
    assert len(printed.split()) == len(files) - 1  # all but the face itself


# --- one file each, found by itself ----------------------------------------------------------------------------


def modules_in(folder: str) -> set[str]:
    return {path.stem for path in (SOURCE / folder).glob("*.py") if path.stem != "__init__"}


def test_every_section_is_found() -> None:
    assert {section.slug for section in load_sections()} == modules_in("pregon/report/sections")


def test_every_rule_is_found() -> None:
    assert {rule.name.replace("-", "_") for rule in load_rules()} == modules_in("pregon/audit/rules")


def test_every_rule_has_its_page_and_its_cases() -> None:
    codes = [rule.code for rule in load_rules()]
    assert [path.stem for path in sorted((ROOT / "docs" / "reglas").glob("[A-Z]*.md"))] == codes
    assert [path.stem for path in sorted((ROOT / "tests" / "rules" / "cases").glob("*.yml"))] == codes
