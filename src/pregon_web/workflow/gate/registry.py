"""The checks of the gate, found by themselves: one file of `pregon_web.workflow.gate.checks`, one check."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pregon_web.workflow.gate import checks
from pregon_web.workflow.gate.check import Check


@cache
def load_checks() -> tuple[Check, ...]:
    """Every check, in its order. A check's file is its code.

    Raises:
        TypeError: a file of `checks` holds no check of its own name.
    """
    found = []
    for module in iter_modules(checks.__path__):
        check = getattr(import_module(f"{checks.__name__}.{module.name}"), "CHECK", None)
        if not isinstance(check, Check) or check.code != module.name:
            raise TypeError(f"checks/{module.name}.py holds no CHECK of that name")
        found.append(check)
    return tuple(sorted(found, key=lambda check: (check.order, check.code)))
