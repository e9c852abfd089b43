"""The house stands as docs/architecture.md draws it: who imports whom, what loads when, what is found by itself."""

from __future__ import annotations

import json
import os
import re
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
    *(
        "docx",
        "holidays",
        "lxml",
        "openpyxl",
        "pdfminer",
        "pdfplumber",
        "pikepdf",
        "polars",
        "pypdfium2",
        "rich",
        "typst",
    ),
    *("vl_convert", "django", "pregon_web"),
}

# A fault for each contract, and for each side of the wider ones: the file planted, its text, and what must be told.
# They all stand in one broken house, so each file's name is its own.
FAULTS = [
    ("layers", "pregon/figures/fault_a.py", "import pregon.records.dossier", "pregon.records"),
    ("layers", "pregon/records/fault_b.py", "import pregon.document.model", "pregon.document"),
    ("layers", "pregon/document/fault_c.py", "import pregon.relations", "pregon.relations"),
    ("layers", "pregon/relations/fault_d.py", "import pregon.claims", "pregon.claims"),
    ("layers", "pregon/claims/fault_e.py", "import pregon.report", "pregon.report"),
    ("layers", "pregon/report/fault_f.py", "import pregon.writers", "pregon.writers"),
    ("layers", "pregon/writers/fault_g.py", "import pregon.readers", "pregon.readers"),
    ("layers", "pregon/audit/fault_h.py", "import pregon.registro", "pregon.registro"),
    ("layers", "pregon/audit/fault_i.py", "def late():\n    import pregon.cli\n", "pregon.cli"),
    ("layers", "pregon/utils/__init__.py", "", ""),
    ("face", "pregon/audit/fault_j.py", "from pregon import read", "pregon (l.1)"),
    ("no-office", "pregon/cli/fault_k.py", "import pregon_web", "pregon_web"),
    ("no-office", "pregon/report/fault_l.py", "from django.utils import text", "django"),
    ("rules", "pregon/audit/rules/fault_m.py", "from . import total_mismatch", "pregon.audit.rules.total_mismatch"),
    ("sections", "pregon/report/sections/fault_n.py", "from . import website", "pregon.report.sections.website"),
    (
        "importers",
        "pregon/importers/sources/fault_o.py",
        "import pregon.importers.sources.fault_p",
        "pregon.importers.sources.fault_p",
    ),
    ("third-parties", "pregon/audit/fault_q.py", "import lxml.etree", "lxml"),
    ("third-parties", "pregon/readers/fault_r.py", "import typst", "typst"),
    ("third-parties", "pregon/writers/fault_s.py", "import pdfplumber", "pdfplumber"),
    ("third-parties", "pregon/records/fault_t.py", "import holidays", "holidays"),
    ("third-parties", "pregon_web/fault_u.py", "from openpyxl import Workbook", "openpyxl"),
    ("apps", "pregon_web/accounts/fault_v.py", "import pregon_web.quarter", "pregon_web.quarter"),
    ("inside-an-app", "pregon_web/faulty/services.py", "from . import views", "pregon_web.faulty.views"),
]
# What the faults lean on, and what breaks nothing: an importer may import the shape that importers share.
BESIDES = {
    "pregon_web/faulty/__init__.py": "",
    "pregon_web/faulty/views.py": "",
    "pregon/importers/sources/fault_p.py": "import pregon.importers.base",
}


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract in a copy of the source with every fault planted; nothing of those that hold."""
    tree = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", tree)
    for path in SOURCE.rglob("*.py"):
        copy = tree / "src" / path.relative_to(SOURCE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    for name, text in [*((name, text) for _, name, text, _ in FAULTS), *BESIDES.items()]:
        copy = tree / "src" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, encoding="utf-8")
    answer = lint_imports(tree)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    _, _, broken = answer.stdout.partition("\nBroken contracts\n")
    parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)[1:]
    by_name = dict(zip(parts[::2], parts[1::2], strict=True))
    return {contract: " ".join(by_name.get(name, "").split()) for contract, name in CONTRACTS.items()}


def test_the_contracts_hold() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in answer.stdout


@pytest.mark.parametrize(("contract", "name", "imported"), [(c, name, i) for c, name, _, i in FAULTS])
def test_a_planted_fault_is_caught(told: dict[str, str], contract: str, name: str, imported: str) -> None:
    module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert (f"- {module} -> {imported}" if imported else f"- {module}") in told[contract]


def test_what_is_allowed_is_not_told(told: dict[str, str]) -> None:
    assert "pregon.importers.base" not in told["importers"]


def test_every_contract_has_a_planted_fault() -> None:
    assert {contract for contract, _, _, _ in FAULTS} == set(CONTRACTS)


def test_the_map_draws_the_layers_that_are_checked() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```layers\n")[1].split("\n```")[0]
    (checked,) = [found for found in PROJECT["tool"]["importlinter"]["contracts"] if found["id"] == "layers"]
    assert drawn.splitlines() == checked["layers"]


def test_the_map_draws_the_apps_that_are_there_in_their_order() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```apps\n")[1].split("\n```")[0]
    (checked,) = [found for found in PROJECT["tool"]["importlinter"]["contracts"] if found["id"] == "apps"]
    named = [re.findall(r"[a-z]+", line) for line in checked["layers"]]
    made = [[app for app in line if (ROOT / "src" / "pregon_web" / app).is_dir()] for line in named]
    assert [re.split(r"\s{2,}", line)[0].split(" | ") for line in drawn.splitlines()] == [line for line in made if line]


def run_python(code: str) -> str:
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.mark.parametrize("used", ["pass", "pregon.Document, pregon.Dossier, pregon.Period, pregon.UnreadableFile"])
def test_importing_pregon_loads_nothing_heavy(used: str) -> None:
    modules = json.loads(run_python(f"import json, sys, pregon; {used}; print(json.dumps(list(sys.modules)))"))
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()


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
