"""The sources, found by themselves: one file of `pregon.importers.sources`, one source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pregon.importers import sources
from pregon.importers.base import Identification, Source, Upload


@cache
def load_sources() -> tuple[Source, ...]:
    """Every source, by code. A source's file is its code with underscores.

    Raises:
        TypeError: a file of `sources` holds no source of its own name.
    """
    found = []
    for module in iter_modules(sources.__path__):
        source = getattr(import_module(f"{sources.__name__}.{module.name}"), "SOURCE", None)
        if not isinstance(source, Source) or source.code.replace("-", "_") != module.name:
            raise TypeError(f"sources/{module.name}.py holds no SOURCE of that name")
        found.append(source)
    return tuple(sorted(found, key=lambda source: source.code))


def find_source(code: str) -> Source | None:
    """The source of a code; None where there is none."""
    return next((source for source in load_sources() if source.code == code.strip().lower().replace("_", "-")), None)


@dataclass(frozen=True, slots=True)
class Claimant:
    """A source that says a file is its own."""

    source: Source
    identification: Identification


def identify_upload(upload: Upload) -> tuple[Claimant, ...]:
    """The sources that claim a file with most confidence: none, one, or several that a person must choose from."""
    claims = [Claimant(source, found) for source in load_sources() if (found := source.identify(upload)) is not None]
    most = max((claim.identification.confidence for claim in claims), default=None)
    return tuple(claim for claim in claims if claim.identification.confidence is most)
