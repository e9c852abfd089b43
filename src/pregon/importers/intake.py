"""Files in, receipts out: what each file is, what its source read in it, and which are the same file again.

A file that no source is sure of may still be a platform's, with a header that nobody has seen. So a table that is only
possible is asked for its source together with its columns: one round of answers, whichever it is. It is not asked
once its columns are known, because the person said them or because a table with the very same header was imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pregon.figures.spanish import join_words
from pregon.importers.base import (
    Answers,
    Confidence,
    Extract,
    ImportedObservation,
    ImportedPublication,
    Question,
    Source,
    Upload,
)
from pregon.importers.headers import COLUMN_KEY
from pregon.importers.mappings import MAPPING_KEY
from pregon.importers.packages import NotTaken
from pregon.importers.registry import Claimant, find_source, identify_upload, load_sources

SOURCE_KEY = "source"
"""The question of what a file is, where no source or several claim it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file that was handed in.

    Attributes:
        place: its name, with the folders around it.
        source: the code of the source that read it; "" where nothing did.
        source_name: what people call that source.
        why: how it was known, to follow a colon.
        same_as: the place of the file with the very same bytes that came before it; "" for the first.
    """

    place: str
    sha256: str
    source: str = ""
    source_name: str = ""
    why: str = ""
    extract: Extract = field(default_factory=Extract)
    same_as: str = ""


def receive(
    handed_in: Iterable[Upload | NotTaken],
    answers: Answers | None = None,
    *,
    by_place: Mapping[str, Answers] | None = None,
    source: str = "",
) -> tuple[Receipt, ...]:
    """Know and read every file, in the order in which they came.

    `answers` hold for all of the files, `by_place` for one of them; `source` is the code of the source that the person
    says they are of. The same bytes again are not read again.

    Raises:
        ValueError: there is no source of that code, in one Spanish sentence.
    """
    said = find_source(source) if source else None
    if source and said is None:
        known = join_words([each.code for each in load_sources()])
        raise ValueError(f"No hay un origen «{source}». Escriba uno de estos: {known}.")
    first_of: dict[str, str] = {}
    receipts = []
    for upload in handed_in:
        if isinstance(upload, NotTaken):
            receipts.append(Receipt(upload.place, "", extract=Extract(refused=upload.sentence)))
            continue
        first = first_of.setdefault(upload.sha256, upload.place)
        if first != upload.place:
            receipts.append(Receipt(upload.place, upload.sha256, same_as=first))
            continue
        own = {**(answers or {}), **(by_place or {}).get(upload.place, {})}
        receipts.append(_read(upload, own, said))
    return tuple(receipts)


def _read(upload: Upload, answers: Answers, said: Source | None) -> Receipt:
    told = find_source(answers.get(SOURCE_KEY, "")) if said is None else said
    if told is not None:
        return _receipt(upload, told, "usted lo dijo", told.extract(upload, answers))
    if not upload.size:
        return Receipt(
            upload.place, upload.sha256, extract=Extract(refused=f"«{upload.name}» está vacío: descárguelo otra vez.")
        )
    claimants = identify_upload(upload)
    if len(claimants) != 1:
        return Receipt(upload.place, upload.sha256, extract=Extract(questions=(_ask(upload, claimants),)))
    (claimant,) = claimants
    extract = claimant.source.extract(upload, answers)
    if claimant.identification.confidence is Confidence.POSSIBLE and _asks_columns(extract):
        asked = (_ask(upload, claimants), *extract.questions)
        return Receipt(upload.place, upload.sha256, extract=replace(extract, questions=asked))
    return _receipt(upload, claimant.source, claimant.identification.why, extract)


def _asks_columns(extract: Extract) -> bool:
    """Whether nobody has said yet what the columns of a table are."""
    return any(each.key == MAPPING_KEY or each.key.startswith(COLUMN_KEY) for each in extract.questions)


def _receipt(upload: Upload, source: Source, why: str, extract: Extract) -> Receipt:
    return Receipt(upload.place, upload.sha256, source.code, source.name, why, extract)


def _ask(upload: Upload, claimants: tuple[Claimant, ...]) -> Question:
    """Ask what a file is: of the sources that are equally sure of it, else of all."""
    if len(claimants) > 1:
        choices = tuple((claimant.source.code, claimant.source.name) for claimant in claimants)
        return Question(SOURCE_KEY, f"«{upload.name}» puede ser de varios orígenes: diga de cuál es.", choices)
    if claimants:
        what = "Si es de una plataforma, diga de cuál; si es una tabla suya, conteste lo que sigue."
    else:
        what = "Diga de qué origen es, o descárguelo otra vez y no lo abra antes de importarlo."
    choices = tuple((source.code, source.name) for source in load_sources())
    return Question(SOURCE_KEY, f"No reconocemos «{upload.name}». {what}", choices)


def all_observations(receipts: Iterable[Receipt]) -> tuple[ImportedObservation, ...]:
    """The observations of every file."""
    return tuple(each for receipt in receipts for each in receipt.extract.observations)


def all_publications(receipts: Iterable[Receipt]) -> tuple[ImportedPublication, ...]:
    """The publications of every file."""
    return tuple(each for receipt in receipts for each in receipt.extract.publications)
