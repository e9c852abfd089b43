"""`pregon audit --annotate`: the person's own file again, with what was found written beside each figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pregon.figures.spanish import count_of

if TYPE_CHECKING:
    from pregon.audit.result import AuditResult


def refuse_annotating(files: list[str], target: Path) -> str:
    """Why the copy cannot be made, in one sentence; "" where nothing stands in its way."""
    if len(files) != 1:
        return "Con --annotate se revisa un solo archivo: quite los demás."
    source = Path(files[0])
    if not source.is_file():
        return ""  # the audit itself says what is wrong with it
    if target.resolve() == source.resolve():
        return f"«{target}» es el mismo documento que se revisa: dele otro nombre a la copia anotada."
    from pregon.readers.file_anchors import can_be_annotated

    if not can_be_annotated(source.read_bytes(), source.name):
        return f"Solo se anotan archivos de Word y PDF, y «{source.name}» no lo es: use --format html."
    if target.suffix.casefold() != source.suffix.casefold():
        return f"La copia anotada es de la misma clase que el original: termínela en «{source.suffix}»."
    return ""


def write_annotated(source: Path, target: Path, result: AuditResult) -> str:
    """Write the annotated copy and answer what was done, in one sentence.

    Raises:
        OSError: the copy could not be written.
        UnreadableFile: it changed meanwhile, or its owner forbids changes.
    """
    from pregon.audit.annotations import annotate_findings
    from pregon.readers.child import read_anchored_limited
    from pregon.writers.annotated import annotate

    document, anchors = read_anchored_limited(source)
    annotations = annotate_findings(result)
    content = annotate(source.read_bytes(), document, anchors, annotations)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if not annotations:
        return f"No hubo nada que anotar: «{target}» es una copia fiel."
    return f"Anotado: {target}, con {count_of(len(annotations), 'comentario', 'comentarios')}."
