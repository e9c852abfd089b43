"""Knowing and reading strangers' files in a process of their own, with limits on its time, its memory and its output.

A large file has a child of its own and small ones share one; where that one is taken down, each is read again alone,
so that a file made to harm costs its own receipt and nothing of the others. The child is the readers'
(`pregon.readers.child`); what it does is in `receiving_child`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
SMALL_BYTES: Final = 2 * 1024 * 1024
MOST_TOGETHER: Final = 25
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
    receipts: list[Receipt | None] = []
    waiting: list[_Waiting] = []
    for upload in handed_in:
        receipts.append(None)
        if isinstance(upload, NotTaken):
            receipts[-1] = receive([upload])[0]
            continue
        first = first_of.setdefault(upload.sha256, upload.place)
        if first != upload.place:
            receipts[-1] = Receipt(upload.place, upload.sha256, same_as=first)
            continue
        own = {**(answers or {}), **(by_place or {}).get(upload.place, {})}
        waiting.append(_Waiting(len(receipts) - 1, upload, own))
    for group in _group(waiting):
        for each, receipt in zip(group, _receive_together(group, source, seconds, memory_mb), strict=True):
            receipts[each.at] = receipt
    return tuple(receipt for receipt in receipts if receipt is not None)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that is still to be read: where its receipt goes, and what was answered of it."""

    at: int
    upload: Upload
    answers: Answers


def _group(waiting: Sequence[_Waiting]) -> Iterator[list[_Waiting]]:
    """The files by the child that reads them: small ones share one, since starting it costs more than reading them."""
    together: list[_Waiting] = []
    for each in waiting:
        if each.upload.size > SMALL_BYTES:
            yield [each]
            continue
        together.append(each)
        if len(together) == MOST_TOGETHER:
            yield together
            together = []
    if together:
        yield together


def _receive_together(group: Sequence[_Waiting], source: str, seconds: int, memory_mb: int) -> Sequence[Receipt]:
    """The receipts of files that share a child; one that takes it down is found by reading each alone."""
    told = [
        {
            "path": str(each.upload.path.resolve()),
            "name": each.upload.name,
            "folder": each.upload.folder,
            "answers": dict(each.answers),
            "source": source,
            "sha256": each.upload.sha256,
            "size": each.upload.size,
        }
        for each in group
    ]
    first = group[0].upload
    try:
        words = [clean_name(first.name), json.dumps(told)]
        answer = ask_child(_MODULE, first.path, words, seconds=seconds, memory_mb=memory_mb)
        return [_unpack(each) for each in _whole(answer, len(group))]
    except UnreadableFile as error:
        if len(group) == 1:
            return [Receipt(first.place, first.sha256, extract=Extract(refused=_tell(error, first, seconds)))]
    except (ValueError, KeyError, TypeError):
        if len(group) == 1:
            sentence = f"No pudimos leer «{first.name}»: descárguelo otra vez de la plataforma."
            return [Receipt(first.place, first.sha256, extract=Extract(refused=sentence))]
    return [receipt for each in group for receipt in _receive_together([each], source, seconds, memory_mb)]


def _whole(answer: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """The answers, one a file; a refusal of the child itself is the answer of all.

    Raises:
        UnreadableFile: the child was refused as a whole.
        ValueError: it did not answer for every file.
    """
    if "answers" not in answer:
        raise UnreadableFile(Why(answer["kind"]), str(answer["sentence"]))
    answers = list(answer["answers"])
    if len(answers) != count:
        raise ValueError(len(answers))
    return answers


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
