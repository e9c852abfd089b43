"""Pregón: the communications ledger of a public institution.

Record once, compute the report, audit any report figure by figure:

>>> import pregon
>>> dossier = pregon.load_registro("registro-2025-T4.xlsx")  # doctest: +SKIP
>>> document = pregon.compose(dossier)  # doctest: +SKIP
>>> pregon.write(document, "informe-2025-T4.docx")  # doctest: +SKIP
>>> pregon.audit("informe-2025-T4.docx").findings  # doctest: +SKIP
()
>>> pregon.parse_amount("34.811").value
Decimal('34811')
>>> str(pregon.Period.parse("cuarto trimestre de 2025"))
'2025-T4'

Everything here loads what it needs when it is called: importing the package is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

# The package of that name first: its first import would otherwise put the module where the function `audit` stands.
import pregon.audit  # noqa: F401 -- bound here, so that `audit` below stays the function

if TYPE_CHECKING:
    from pregon.audit.runner import AuditResult
    from pregon.document.model import Document
    from pregon.document.unreadable import UnreadableFile
    from pregon.figures.amount import Amount
    from pregon.figures.period import Period
    from pregon.records.dossier import Dossier
    from pregon.registro import RegistroError

__all__ = [
    "Amount",
    "AuditResult",
    "Document",
    "Dossier",
    "Period",
    "RegistroError",
    "UnreadableFile",
    "audit",
    "compose",
    "load_registro",
    "parse_amount",
    "read",
    "write",
]
__version__ = "0.1.0"

_HOMES = {
    "Amount": "pregon.figures.amount",
    "AuditResult": "pregon.audit.runner",
    "Document": "pregon.document.model",
    "Dossier": "pregon.records.dossier",
    "Period": "pregon.figures.period",
    "RegistroError": "pregon.registro",
    "UnreadableFile": "pregon.document.unreadable",
}


def read(path: str | Path) -> Document:
    """Read a report of any supported kind: Word, PDF, HTML, Excel, plain text.

    Raises:
        UnreadableFile: the file cannot be read; the error's text is one Spanish sentence that says what to do.
    """
    from pregon.readers import read_document

    return read_document(Path(path))


def load_registro(path: str | Path) -> Dossier:
    """Read the dossier that a registro workbook holds.

    Raises:
        UnreadableFile: it is not a workbook that can be opened.
        RegistroError: it is, with mistakes in it: `error.mistakes` names each sheet, cell, problem and remedy.
    """
    from pregon.registro import read_registro

    return read_registro(Path(path))


def compose(dossier: Dossier, earlier: Iterable[Dossier] = ()) -> Document:
    """Compute the report of a dossier; `earlier` dossiers of the same institution give its comparisons."""
    from pregon.report.compose import compose_report

    return compose_report(dossier, earlier=tuple(earlier))


def write(document: Document, path: str | Path, *, template: str | Path | None = None) -> None:
    """Write a document; the ending of the path decides the format: .docx, .pdf, .html or .xlsx.

    `template` is an office's own Word file, for .docx alone.

    Raises:
        ValueError: no format has that ending, in one Spanish sentence.
    """
    from pregon.writers import write_document

    write_document(document, Path(path), template=None if template is None else Path(template))


def audit(
    path_or_document: str | Path | Document,
    *,
    against: Dossier | str | Path | None = None,
    previous: Document | str | Path | None = None,
) -> AuditResult:
    """Check every figure of a report against every other one; with `against`, also against the records.

    `previous` is the report of an earlier period, in which carried-over text is looked for.

    Raises:
        UnreadableFile: a file given by path cannot be read.
    """
    from pregon.audit.runner import audit_document

    document = read(path_or_document) if isinstance(path_or_document, str | Path) else path_or_document
    dossier = load_registro(against) if isinstance(against, str | Path) else against
    earlier = read(previous) if isinstance(previous, str | Path) else previous
    return audit_document(document, against=dossier, previous=earlier)


def parse_amount(text: str) -> Amount:
    """Read a printed number as Colombia writes it: «34.811», «10 mil 848», «48,5 %», «doscientas setenta y tres».

    Raises:
        ValueError: the text is not one number, in one Spanish sentence.
    """
    from pregon.figures.spanish import parse_amount as parse

    return parse(text)


def __getattr__(name: str) -> object:
    """Load a public type when it is asked for."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'pregon' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names alone."""
    return __all__
