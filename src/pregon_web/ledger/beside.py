"""What the apps above the ledger say beside one of its publications, without the ledger knowing them.

An app gives its teller once, when it is ready. A teller answers nothing where it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import Publication


@dataclass(frozen=True, slots=True)
class Aside:
    """A part of the page: its template, and what the template is told, under the name `told`."""

    template: str
    told: Mapping[str, Any]


Teller = Callable[[Access, Publication], Aside | None]
_tellers: dict[str, Teller] = {}


def tell_beside(name: str, teller: Teller) -> None:
    """Have this teller asked about every publication that is shown. The same name again takes its place."""
    _tellers[name] = teller


def asides_of(access: Access, publication: Publication) -> list[Aside]:
    """What there is to say of a publication."""
    told = (teller(access, publication) for teller in _tellers.values())
    return [aside for aside in told if aside is not None]
