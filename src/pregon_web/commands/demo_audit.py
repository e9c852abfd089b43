"""The demo's report written by hand, over that of the quarter before, and audited against the records."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pregon
from pregon.document.model import Block, Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Prose
from pregon_web.accounts.selectors import Access
from pregon_web.audits.models import Audit
from pregon_web.audits.services import audit_upload
from pregon_web.quarter.selectors import periods_for

QUARTER: Final = "2025-T3"
NAME: Final = "Informe tercer trimestre 2025 (hecho a mano).docx"
QUARTER_COPIED: Final = (
    "En el presente segundo trimestre de 2025 se publicó en los canales oficiales de la entidad, entre el 1 de julio "
    "y el 30 de septiembre de 2025."
)
TOTAL: Final = (
    "Durante el periodo se realizaron 250 publicaciones en redes sociales y 5 noticias en la sede electrónica, para "
    "un total de 265 publicaciones externas."
)
TABLE: Final = (
    ("Red", "Julio", "Agosto", "Septiembre", "Total"),
    ("Facebook", "29", "31", "27", "87"),
    ("Instagram", "28", "29", "26", "38"),
    ("X", "27", "28", "25", "80"),
    ("Total", "84", "88", "78", "250"),
)
VISITS: Final = (
    "La sede recibió 31.204 visitas en julio, 33.087 en agosto y 30.951 en septiembre, para un total de 95.242.",
    "El promedio mensual fue de 33.747 visitas.",
    "Por WhatsApp se enviaron 30 mensajes al personal.",
)
RISKS: Final = ("A corte del 30 de junio de 2025 no se han registrado retrasos en la publicación de la información.",)


def load_audit(access: Access) -> None:
    """Write it, and hand it in as anybody would; once."""
    if QUARTER not in periods_for(access) or Audit.objects.of(access.institution).exists():
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        write_by_hand(path)
        audit_upload(access=access, path=path, name=NAME, against=QUARTER)


def write_by_hand(path: Path) -> None:
    """A Word file with the slips that such reports have: its text is its office's, its figures were copied over."""
    rows = tuple(tuple(Cell(Prose(text)) for text in line) for line in TABLE)
    blocks: tuple[Block, ...] = (
        Heading(0, Prose("Informe de comunicaciones, tercer trimestre de 2025")),
        Heading(1, Prose("1. Publicaciones")),
        *_paragraphs(QUARTER_COPIED, TOTAL),
        Table(rows, header_rows=1, header_columns=1, total_rows=1, total_columns=1),
        Heading(1, Prose("2. Sede electrónica y comunicación interna")),
        *_paragraphs(*VISITS),
        Heading(1, Prose("3. Riesgos")),
        *_paragraphs(*RISKS),
    )
    pregon.write(Document(blocks), path)


def _paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph(Prose(text)) for text in texts)
