"""The catalogue of rules, found by themselves: one file of `pregon.audit.rules`, one rule."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pkgutil import iter_modules

from pregon.audit import rules
from pregon.audit.rule import Rule


@cache
def load_rules() -> tuple[Rule, ...]:
    """Every rule, by code. A rule's file is its name with underscores.

    Raises:
        TypeError: a file of `rules` holds no rule of its own name, or two rules share a code.
    """
    found: dict[str, Rule] = {}
    for module in iter_modules(rules.__path__):
        rule = getattr(import_module(f"{rules.__name__}.{module.name}"), "RULE", None)
        if not isinstance(rule, Rule) or rule.name.replace("-", "_") != module.name:
            raise TypeError(f"rules/{module.name}.py holds no RULE of that name")
        if rule.code in found:
            raise TypeError(f"{rule.code} belongs to {found[rule.code].name} and to {rule.name}")
        found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a person reads of a rule, in Spanish: its title and its whole page in Markdown."""

    title: str
    text: str


def describe_rule(rule: Rule) -> RulePage:
    """The page of a rule: the docstring of its file, which docs/reglas/<CODE>.md repeats."""
    written = cleandoc(sys.modules[rule.check.__module__].__doc__ or "")
    title, _, body = written.partition("\n")
    title = title.rstrip(".")
    return RulePage(title, f"# {rule.code} · {title}\n{body}")


def find_rule(code: str) -> Rule | None:
    """The rule of a code (in any case) or of a name; None where there is none."""
    wanted = code.strip().lower()
    return next((rule for rule in load_rules() if wanted in (rule.code.lower(), rule.name)), None)
