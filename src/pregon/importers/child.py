"""Knowing and reading strangers' files in a process of their own, with limits on its time, its memory and its output.

One file, one child: a file that is made to harm costs its own receipt and nothing of the others. The child is the
readers' (`pregon.readers.child`); what it does is in `receiving_child`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pregon.document.unreadable import UnreadableFile, Why
from pregon.figures.spanish import count_of
from pregon.importers.base import Answers, Extract, Upload
from pregon.importers.intake import Receipt, receive
from pregon.importers.packages import NotTaken
from pregon.importers.serial import receipt_from_values
from pregon.readers.child import ask_child, clean_name

SECONDS: Final = 120
MEGABYTES: Final = 2048
"""Of address space: what counts long lists reserves several times what it uses."""
_MODULE: Final = "pregon.importers.receiving_child"


def receive_limited(
    handed_in: Iterable[Upload | NotTaken],
    answers: Answers | None = None,
    *,
    by_place: Mapping[str, Answers] | None = None,
    source: str = "",
    seconds: int = SECONDS,
    memory_mb: int = MEGABYTES,
) -> tuple[Receipt, ...]:
    """As `receive`, each file read in a child of its own; one that takes more than it may is refused.

    Raises:
        ValueError: there is no source of that code, in one Spanish sentence.
    """
    receive((), source=source)
    first_of: dict[str, str] = {}
    receipts: list[Receipt] = []
    for upload in handed_in:
        if isinstance(upload, NotTaken):
            receipts += receive([upload])
            continue
        first = first_of.setdefault(upload.sha256, upload.place)
        if first != upload.place:
            receipts.append(Receipt(upload.place, upload.sha256, same_as=first))
            continue
        own = {**(answers or {}), **(by_place or {}).get(upload.place, {})}
        receipts.append(_receive_alone(upload, own, source, seconds, memory_mb))
    return tuple(receipts)


def _receive_alone(upload: Upload, answers: Answers, source: str, seconds: int, memory_mb: int) -> Receipt:
    told = {"name": upload.name, "folder": upload.folder, "answers": dict(answers), "source": source}
    words = [clean_name(upload.name), json.dumps({**told, "sha256": upload.sha256, "size": upload.size})]
    try:
        return _unpack(ask_child(_MODULE, upload.path, words, seconds=seconds, memory_mb=memory_mb))
    except UnreadableFile as error:
        return Receipt(upload.place, upload.sha256, extract=Extract(refused=_tell(error, upload, seconds)))
    except (ValueError, KeyError, TypeError):
        sentence = f"No pudimos leer «{upload.name}»: descárguelo otra vez de la plataforma."
        return Receipt(upload.place, upload.sha256, extract=Extract(refused=sentence))


def _unpack(answer: dict[str, Any]) -> Receipt:
    if "receipt" not in answer:
        raise UnreadableFile(Why(answer["kind"]), str(answer["sentence"]))
    return receipt_from_values(answer["receipt"])


def _tell(error: UnreadableFile, upload: Upload, seconds: int) -> str:
    """What is said of an export, which is downloaded again and not saved again."""
    name = clean_name(upload.name)
    if error.kind is Why.TOO_LARGE:
        return f"«{name}» necesita más memoria de la que se le da: descárguelo por periodos más cortos."
    if error.kind is Why.TOO_SLOW:
        limit = count_of(seconds, "segundo", "segundos")
        return f"Leer «{name}» tardó más de {limit} y se detuvo: descárguelo por periodos más cortos."
    if error.kind is Why.DAMAGED:
        return f"No pudimos leer «{name}»: está dañado o incompleto. Descárguelo otra vez de la plataforma."
    return str(error)
