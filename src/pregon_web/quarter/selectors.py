"""Reads of a quarter. `dossier` is the one bridge from rows to the library; all else here stands on it.

What is parsed is kept in memory by the hash of its file: values are frozen, and the same file is the same dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.shortcuts import get_object_or_404

from pregon.records.dossier import Dossier
from pregon_web import vault
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.quarter.models import Registro
from pregon_web.quarter.reading import read_registro_apart


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an institution: its period («2025-T4») and, where something was recorded, the records.

    `fingerprint` names the exact content: the hashes of the registros that the report is made from.
    """

    period: str
    registro: Registro | None
    dossier: Dossier | None
    earlier: tuple[Dossier, ...] = ()
    fingerprint: tuple[str, ...] = ()


def periods_for(access: Access) -> list[str]:
    """The quarters with records in the person's institution, latest first."""
    own = Registro.objects.of(access.institution).order_by("-period").values_list("period", flat=True)
    return list(own.distinct())


def latest_period_for(access: Access) -> str | None:
    """The latest quarter with records, or None."""
    return next(iter(periods_for(access)), None)


def quarter_for(access: Access, period: str) -> Quarter:
    """The quarter as the person's institution recorded it. One without records is empty, not an error."""
    current = current_registros(access.institution)
    registro = current.get(period)
    if registro is None:
        return Quarter(period, None, None)
    before = [other for key, other in sorted(current.items()) if key < period]
    own = _parsed(access.institution.pk, registro.sha256)
    earlier = tuple(_parsed(access.institution.pk, other.sha256) for other in before)
    fingerprint = (*(other.sha256 for other in before), registro.sha256)
    return Quarter(period, registro, own, earlier, fingerprint)


def current_registros(institution: Institution) -> dict[str, Registro]:
    """The registro that counts in each quarter: its last version."""
    rows = Registro.objects.of(institution).select_related("uploaded_by").order_by("period", "version")
    return {registro.period: registro for registro in rows}


def registro_history_for(access: Access, period: str) -> list[Registro]:
    """Every version of a quarter's registro, newest first."""
    rows = Registro.objects.of(access.institution).filter(period=period)
    return list(rows.select_related("uploaded_by").order_by("-version"))


def dossier(institution: Institution, period: str) -> Dossier | None:
    """All that the institution recorded for the quarter, frozen; None where it recorded nothing."""
    registro = current_registros(institution).get(period)
    return _parsed(institution.pk, registro.sha256) if registro else None


def read_fingerprint(institution_id: int, fingerprint: tuple[str, ...]) -> tuple[Dossier, ...]:
    """The dossiers that a fingerprint of `quarter_for` names, oldest first; the quarter's own is the last."""
    return tuple(_parsed(institution_id, sha256) for sha256 in fingerprint)


@lru_cache(maxsize=64)
def _parsed(institution_id: int, sha256: str) -> Dossier:
    return read_registro_apart(vault.path_of(institution_id, sha256), name="registro.xlsx")


def registro_file_for(access: Access, period: str, version: int) -> tuple[Registro, Path]:
    """A version of a quarter's registro and its file. Raises Http404 where the person's institution has none."""
    registro = get_object_or_404(Registro.objects.of(access.institution), period=period, version=version)
    return registro, vault.path_of(access.institution.pk, registro.sha256)
