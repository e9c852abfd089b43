"""Writes of a quarter: accept a registro workbook, whose records become rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.journal.services import record_change
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.merging import Merge
from pregon_web.quarter.models import Registro
from pregon_web.quarter.reading import read_registro_apart
from pregon_web.quarter.selectors import open_dossier, registro_dossier


class RefusedRegistro(Exception):  # noqa: N818 - what happened, not a suffix
    """The workbook is well made and still cannot be taken; the message is one Spanish sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class AcceptedRegistro:
    """A workbook that was taken: its row, and what it added, changed and removed."""

    registro: Registro
    merges: tuple[Merge, ...]


def add_registro(*, access: Access, path: Path, name: str) -> AcceptedRegistro:
    """Accept the workbook at `path`: what it changes since its earlier version is taken into the quarter's rows.

    It says itself which quarter it is of. Answers its row, and what it added, changed and removed.

    Raises:
        UnreadableFile: it cannot be opened.
        RegistroError: it has mistakes; each names its sheet and cell.
        RefusedRegistro: it is another institution's, or the very one that already counts.
        ClosedPeriod: its quarter is closed.
    """
    dossier = read_registro_apart(path, name=name)
    if _plain(dossier.institution.name) != _plain(access.institution.name):
        raise RefusedRegistro(
            f"«{name}» es de {dossier.institution.name} y usted está en {access.institution.name}. "
            "Corrija el nombre en el libro, o entre a esa entidad."
        )
    sha256 = vault.keep_file(access.institution.pk, path)
    period = str(dossier.period)
    with transaction.atomic():
        last = Registro.objects.of(access.institution).filter(period=period).order_by("-version").first()
        if last is not None and last.sha256 == sha256:
            raise RefusedRegistro(
                f"«{name}» es igual al que ya cuenta en el {dossier.period.title}. No se cambió ninguna cifra."
            )
        base = registro_dossier(last) if last is not None else None
        now = open_dossier(access.institution, period)
        merges = load_dossier(access=access, base=base, new=dossier, now=now)
        registro = Registro.objects.create(
            institution=access.institution,
            period=period,
            version=last.version + 1 if last else 1,
            sha256=sha256,
            name=name,
            uploaded_by=access.person,
        )
        record_change(
            institution=access.institution,
            person=access.person,
            action="create",
            subject=f"quarter.registro:{registro.pk}",
            before={"version": last.version, "sha256": last.sha256} if last else {},
            after={"period": period, "version": registro.version, "sha256": sha256, "name": name},
        )
    return AcceptedRegistro(registro, merges)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
