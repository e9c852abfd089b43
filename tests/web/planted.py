"""Faults planted in the office's own code: at one place, the narrowing to an institution is gone."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import CodeType, ModuleType
from typing import Any

from django.db import models

from tests.web.sweep import furnished_apps

Narrow = Callable[..., Any]
"""What stands for `rows.of(whose)`: of the name of a place, the rows, and whose they should be."""


@dataclass(frozen=True, slots=True)
class Site:
    """The nth place of a selector where rows are narrowed to an institution with `.of(…)`."""

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
    """Every such place in the selectors of every app."""
    return [site for module in _modules() for site in _sites_of(module)]


def _modules() -> Iterator[ModuleType]:
    for app in furnished_apps():
        name = f"pregon_web.{app}.selectors"
        spec = find_spec(name)
        if spec is not None:
            yield import_module(name)
            places = spec.submodule_search_locations or []
            yield from (import_module(module.name) for module in iter_modules(places, f"{name}."))


def _sites_of(module: ModuleType) -> Iterator[Site]:
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef):
            count = sum(_is_narrowing(inner) for inner in ast.walk(node))
            yield from (Site(module.__name__, node.name, number) for number in range(count))


def _is_narrowing(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of"


class _Turner(ast.NodeTransformer):
    """Turns the nth `rows.of(whose)` of a function into `_narrow("ledger.selectors.is_closed, 0", rows, whose)`."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self.names = iter(sites)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        turned: ast.AST = node
        if _is_narrowing(node) and isinstance(node.func, ast.Attribute):
            name = ast.Constant(str(next(self.names)))
            turned = ast.Call(ast.Name("_narrow", ast.Load()), [name, node.func.value, *node.args], [])
        self.generic_visit(turned)
        return turned


@contextmanager
def planted(site: Site, *, past_the_wall: bool = False) -> Iterator[None]:
    """The office with this fault in it: `.of(…)` was forgotten; past the wall, also the queryset that would refuse."""

    def narrow(name: str, rows: Any, *whose: object) -> Any:
        if name != str(site):
            return rows.of(*whose)
        return models.QuerySet(rows.model) if past_the_wall else rows

    with _turned(import_module(site.module), site.function, narrow):
        forget()
        yield
    forget()


@contextmanager
def watched(sites: Sequence[Site]) -> Iterator[set[str]]:
    """The office as it is; the names of the places that are passed are added to the set, for whoever empties it."""
    passed: set[str] = set()

    def narrow(name: str, rows: Any, *whose: object) -> Any:
        passed.add(name)
        return rows.of(*whose)

    with ExitStack() as stack:
        for module, function in {(site.module, site.function) for site in sites}:
            stack.enter_context(_turned(import_module(module), function, narrow))
        yield passed


@contextmanager
def _turned(module: ModuleType, name: str, narrow: Narrow) -> Iterator[None]:
    """The module with its function turned; wherever the function was imported to, it is the same function."""
    function: Any = inspect.unwrap(getattr(module, name))
    whole = function.__code__
    function.__code__ = _turned_code(module, function, name)
    module.__dict__["_narrow"] = narrow
    try:
        yield
    finally:
        function.__code__ = whole
        module.__dict__.pop("_narrow", None)


def _turned_code(module: ModuleType, function: Callable[..., Any], name: str) -> CodeType:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    node = tree.body[0]
    assert isinstance(node, ast.FunctionDef)
    node.decorator_list = []
    _Turner([site for site in _sites_of(module) if site.function == name]).visit(node)
    names: dict[str, Any] = dict(module.__dict__)
    flags = "from __future__ import annotations\n"
    whole = ast.Module([*ast.parse(flags).body, *ast.fix_missing_locations(tree).body], [])
    exec(compile(whole, module.__file__ or "", "exec"), names)  # noqa: S102 - our own function, its calls turned
    code = names[name].__code__
    assert isinstance(code, CodeType)
    return code


def forget() -> None:
    """Empty what selectors remember, so that each place is passed again."""
    for module in _modules():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
