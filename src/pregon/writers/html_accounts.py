"""The accounts of a report's figures: where each comes from, listed at the end of the HTML file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from pregon.document.prose import Figure, FigureKind
from pregon.figures.metric import CATALOGUE

_MOST_SOURCES: Final = 6
_KINDS: Final = {
    "publication": ("publicación", "publicaciones"),
    "observation": ("medición", "mediciones"),
    "campaign": ("campaña", "campañas"),
    "product": ("producto", "productos"),
    "event": ("evento", "eventos"),
    "request": ("solicitud", "solicitudes"),
    "risk": ("riesgo", "riesgos"),
    "review": ("seguimiento", "seguimientos"),
    "activity": ("actividad", "actividades"),
    "indicator": ("indicador", "indicadores"),
    "commemoration": ("efeméride", "efemérides"),
    "evidence": ("evidencia", "evidencias"),
    "channel": ("canal", "canales"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """A figure as it is printed, the place where it stands first, and how it comes about."""

    anchor: str
    shown: str
    place: str
    figure: Figure


Link = Callable[[str], str | None]
"""The address of a source («publication:P-0041»), or of what a whole figure counts («figure:posts.x.2025-11»)."""


class Accounts:
    """The accounts met while a report is written, one a figure.

    `address` tells where a source can be opened, where there is such a place; a file that leaves the office has none.
    """

    def __init__(self, address: Link | None = None) -> None:
        self._accounts: dict[str, Account] = {}
        self._address = address

    def link(self, figure: Figure, shown: str, place: str) -> str | None:
        """The anchor of the figure's account, or None where there is nothing to tell of it."""
        if figure.kind is not FigureKind.NUMBER or not (figure.formula or figure.sources):
            return None
        account = self._accounts.get(figure.key)
        if account is None:
            account = Account(_anchor(figure.key), shown, place, figure)
            self._accounts[figure.key] = account
        return account.anchor

    def render(self) -> list[str]:
        """The list, closed until it is asked for; a link to an account opens it. Nothing where there is none."""
        if not self._accounts:
            return []
        return [
            '<section class="accounts" aria-label="Cuentas">',
            f"<details><summary>Cuentas: de dónde sale cada cifra ({len(self._accounts)})</summary>",
            "<p>Cada cifra subrayada lleva aquí: a los términos que la forman o a los registros que la respaldan.</p>",
            "<ul>",
            *(self._render_account(account) for account in self._accounts.values()),
            "</ul></details>",
            "</section>",
        ]

    def _render_account(self, account: Account) -> str:
        said = [f"<b>{escape(account.shown)}</b>"]
        if account.place:
            said.append(f"<span>{escape(account.place)}</span>")
        if account.figure.formula:
            said.append(f"<span>{self._set_formula(account.figure)}</span>")
        if account.figure.sources:
            said.append(f'<span class="from">{_name_sources(account.figure, self._address or _nowhere)}</span>')
        return f'<li id="{escape(account.anchor)}">{" ".join(said)}</li>'

    def _set_formula(self, figure: Figure) -> str:
        """«44 + 24 + 26 = 94»; on a page of the office each term leads to its own account, or to what it counts."""
        terms, equals, result = figure.formula.partition(" = ")
        named = terms.split(" + ")
        if self._address is None or len(named) != len(figure.parts):
            return escape(figure.formula)
        linked = (_set_link(term, self._place_of(key)) for term, key in zip(named, figure.parts, strict=True))
        return f"{' + '.join(linked)}{equals}{escape(result)}"

    def _place_of(self, key: str) -> str | None:
        if key in self._accounts:
            return f"#{self._accounts[key].anchor}"
        return self._address(f"figure:{key}") if self._address is not None else None


def _nowhere(_source: str) -> None:
    """In a file that leaves the office nothing can be opened."""


def _name_sources(figure: Figure, address: Link) -> str:
    """«24 publicaciones: P-0041, P-0042 y otras»: how many records of each kind, and the first of them."""
    kinds: dict[str, list[str]] = {}
    for source in dict.fromkeys(figure.sources):
        kind, _, reference = source.partition(":")
        kinds.setdefault(kind if reference else "", []).append(source)
    told = []
    for kind, sources in kinds.items():
        singular, plural = _KINDS.get(kind, ("registro", "registros"))
        count = f"1 {singular}" if len(sources) == 1 else f"{len(sources)} {plural}"
        whole = address(f"figure:{figure.key}") if kind == "publication" else None
        named = ", ".join(_set_link(_name_source(each), address(each)) for each in sources[:_MOST_SOURCES])
        told.append(f"{_set_link(count, whole)}: {named}{' …' if len(sources) > _MOST_SOURCES else ''}")
    return "; ".join(told)


def _name_source(source: str) -> str:
    kind, _, reference = source.partition(":")
    name = _name_observation(reference) if kind == "observation" else reference
    return name or source


def _set_link(words: str, address: str | None) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)


def _name_observation(reference: str) -> str:
    """«Visitas en sede, 2025-10» for the reference «visits:sede:2025-10»."""
    parts = reference.split(":")
    known = CATALOGUE.get(parts[0])
    return reference if known is None or len(parts) != 3 else f"{known.name} en {parts[1]}, {parts[2]}"


def _anchor(key: str) -> str:
    """An id that any figure's key can be: letters, digits, dots and hyphens stay, the rest is spelt in hexadecimal."""
    return "cuenta-" + re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found.group()):x}", key)
