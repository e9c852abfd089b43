"""Faults planted in the office's own code: at one place, the narrowing to an institution is gone."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.db import models

from tests.web.sweep import furnished_apps

READ_AND_WRITTEN_IN = ("selectors", "services")


@dataclass(frozen=True, slots=True)
class Site:
    """The nth place of a function where rows are narrowed to an institution with `.of(…)`."""

    module: str
    function: str
    number: int

    @property
    def app(self) -> str:
        """The app that it is of."""
        return self.module.split(".")[1]

    def __str__(self) -> str:
        return f"{self.module.removeprefix('pregon_web.')}.{self.function}, {self.number}"


def find_sites() -> list[Site]:
    """Every such place in the selectors and services of every app."""
    return [site for name in _modules() for site in _sites_of(import_module(name))]


def _modules() -> Iterator[str]:
    for app in furnished_apps():
        for part in READ_AND_WRITTEN_IN:
            name = f"pregon_web.{app}.{part}"
            spec = find_spec(name)
            if spec is not None:
                yield name
                places = spec.submodule_search_locations or []
                yield from (module.name for module in iter_modules(places, f"{name}."))


def _sites_of(module: ModuleType) -> Iterator[Site]:
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef):
            count = sum(_is_narrowing(inner) for inner in ast.walk(node))
            yield from (Site(module.__name__, node.name, number) for number in range(count))


def _is_narrowing(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of"


class _Breaker(ast.NodeTransformer):
    """Turns the nth `rows.of(whose)` into `_of_everybody(rows, whose)`."""

    def __init__(self, number: int) -> None:
        self.left = number

    def visit_Call(self, node: ast.Call) -> ast.AST:
        broken: ast.AST = node
        if _is_narrowing(node) and isinstance(node.func, ast.Attribute):
            if self.left == 0:
                name = ast.Name("_of_everybody", ast.Load())
                broken = ast.Call(name, [node.func.value, *node.args], [])
            self.left -= 1
        self.generic_visit(broken)
        return broken


def of_everybody(rows: Any, *_: object) -> models.QuerySet[Any]:
    """The rows of all institutions, by a queryset that asks nothing."""
    return models.QuerySet(rows.model)


@contextmanager
def planted(site: Site) -> Iterator[None]:
    """The office with this fault in it; wherever the function was imported to, it is the same function."""
    module = import_module(site.module)
    function: Callable[..., Any] = inspect.unwrap(getattr(module, site.function))
    broken = _broken_code(module, function, site)
    whole = function.__code__
    module.__dict__["_of_everybody"] = of_everybody
    function.__code__ = broken
    try:
        yield
    finally:
        function.__code__ = whole
        del module.__dict__["_of_everybody"]


def _broken_code(module: ModuleType, function: Callable[..., Any], site: Site) -> Any:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    node = tree.body[0]
    assert isinstance(node, ast.FunctionDef)
    node.decorator_list = []
    _Breaker(site.number).visit(node)
    names: dict[str, Any] = dict(module.__dict__)
    flags = "from __future__ import annotations\n"
    whole = ast.Module([*ast.parse(flags).body, *ast.fix_missing_locations(tree).body], [])
    exec(compile(whole, module.__file__ or "", "exec"), names)  # noqa: S102 - our own function, with one call changed
    return names[site.function].__code__
