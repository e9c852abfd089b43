"""Each rule against its own cases: the silent ones first, then the ones that fail, message by message."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pregon.audit.finding import Finding
from pregon.audit.reading import Reading
from pregon.audit.registry import describe_rule, find_rule, load_rules
from pregon.audit.runner import audit_document
from pregon.document.issued import texts_of
from tests.rules.records import read_dossier
from tests.rules.sketch import read_sketch

CASES = Path(__file__).parent / "cases"
PAGES = Path(__file__).parents[2] / "docs" / "reglas"


def _cases(kind: str) -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [pytest.param(written["rule"], case, id=f"{path.stem}: {case['name']}") for case in written[kind]]
    return found


def _findings(code: str, case: dict[str, Any]) -> list[Finding]:
    """What a rule finds in the case's text.

    `issued` is how the document left, `previous` the report of an earlier period, `against` the records.
    """
    rule = find_rule(code)
    assert rule is not None
    issued = texts_of(read_sketch(case["issued"])) if "issued" in case else None
    document = replace(read_sketch(case["text"]), issued=issued)
    previous = read_sketch(case["previous"]) if "previous" in case else None
    against = read_dossier(case["against"]) if "against" in case else None
    return list(audit_document(document, against=against, previous=previous, rules=(rule,)).findings)


@pytest.mark.parametrize(("code", "case"), _cases("silent"))
def test_silent(code: str, case: dict[str, Any]) -> None:
    assert [finding.message for finding in _findings(code, case)] == []


@pytest.mark.parametrize(("code", "case"), _cases("failing"))
def test_failing(code: str, case: dict[str, Any]) -> None:
    found = _findings(code, case)
    told = [
        {"severity": f.severity.value, "message": f.message, "cause": f.cause, "at": f.locations[0].describe()}
        for f in found
    ]
    assert told == case["findings"]
    assert [list(f.consequences) for f in found] == [
        case.get("consequences", []) if number == 0 else [] for number in range(len(found))
    ]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_catalogue_is_whole(rule: Any) -> None:
    written = yaml.safe_load((CASES / f"{rule.code}.yml").read_text(encoding="utf-8"))
    assert written["rule"] == rule.code
    assert list(written) == ["rule", "silent", "failing"]
    assert len(written["silent"]) >= 3
    assert len(written["failing"]) >= 3


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_page_is_the_rule_in_spanish(rule: Any) -> None:
    page = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8")
    assert page == describe_rule(rule).text + "\n", f"pregon rules {rule.code} > docs/reglas/{rule.code}.md"
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == ["## Qué revisa", "## Por qué importa", "## Ejemplo", "## Qué no juzga"]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
@pytest.mark.parametrize(
    "text", ["", "|", "| |\n| |", "# \n## ", "| Total |\n|---|", "- \n- 5\n- :", "![]()", "|||\n|1|"]
)
def test_odd_documents_raise_nothing(rule: Any, text: str) -> None:
    assert [found for found in rule.check(Reading(read_sketch(text))) if isinstance(found, Finding)] == []
