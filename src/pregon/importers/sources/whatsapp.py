"""WhatsApp chats, as «Exportar chat» gives them: how many messages the office sent in each month, and of what kind.

Only counts, dates and the file's hash leave this file: no words and no names. Which participant is the office, only
the person knows; the question tells the participants apart by how much they wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from string import ascii_uppercase
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, fold, print_date, print_number
from pregon.importers.base import (
    Answers,
    Birth,
    Confidence,
    Extract,
    Identification,
    ImportedObservation,
    Question,
    Source,
    Upload,
)
from pregon.importers.chat_kinds import Kind
from pregon.importers.chats import Chat, Message, UnreadableChatError, begins_as_chat, read_chat
from pregon.importers.day_order import DayOrder, answered_order, ask_order, tell_override
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus
from pregon.records.totals import MESSAGES

OFFICE_KEY: Final = "office"
_CAP: Final = 40_000
"""Messages that an export without files holds at most; older ones are left out without a word."""
_NEAR_CAP: Final = 39_000
_MOST_CHOICES: Final = 12
_CLOCK: Final = "La hora es la del teléfono que exportó el chat."


def identify(upload: Upload) -> Identification | None:
    """A text whose first line begins with a chat's date and hour."""
    if not begins_as_chat(upload.head):
        return None
    return Identification(Confidence.CERTAIN, "empieza con la fecha, la hora y el guion o los corchetes de un chat")


def extract(upload: Upload, answers: Answers) -> Extract:
    """The messages of the office in each month, by kind."""
    try:
        chat = read_chat(upload.read(), answered_order(answers))
    except UnreadableChatError as error:
        return Extract(refused=f"«{upload.name}» {error}")
    if not chat.messages:
        return Extract(refused=f"«{upload.name}» no tiene mensajes de personas: expórtelo otra vez.")
    office, asked = _find_office(chat, answers)
    questions = asked
    if chat.order is None:
        questions = (ask_order(chat.sample), *asked)
    if questions:
        return Extract(repairs=chat.repairs, questions=questions)
    sent = [message for message in chat.messages if message.sender in office]
    return Extract(_count_months(chat, sent, upload), repairs=chat.repairs, remarks=tuple(_tell(chat, sent)))


def _find_office(chat: Chat, answers: Answers) -> tuple[frozenset[str], tuple[Question, ...]]:
    """The participants that are the office, or the question of who it is."""
    ordered = [name for name, _ in Counter(message.sender for message in chat.messages).most_common()]
    said = answers.get(OFFICE_KEY, "").strip()
    if said:
        found = _named(said, ordered)
        parts = [_named(part, ordered) for part in re.split("[,;]", said)]
        if found is not None:
            return frozenset({found}), ()
        if all(part is not None for part in parts):
            return frozenset(part for part in parts if part is not None), ()
    told = "Lo que respondió no está en el chat. " if said else ""
    sentence = (
        f"{told}¿Cuál participante es la oficina? Responda su letra, o el nombre tal como aparece en el chat; "
        "si son varios, sepárelos con comas."
    )
    letters = zip(ascii_uppercase, ordered[:_MOST_CHOICES], strict=False)
    return frozenset(), (
        Question(OFFICE_KEY, sentence, tuple((letter, _describe(chat, name)) for letter, name in letters)),
    )


def _named(said: str, ordered: Sequence[str]) -> str | None:
    """The participant of a name, else of a letter of the question."""
    wanted = fold(said).removeprefix("~").strip()
    for name in ordered:
        if fold(name) == wanted:
            return name
    letters = dict(zip(ascii_uppercase, ordered[:_MOST_CHOICES], strict=False))
    return letters.get(said.strip().upper())


def _describe(chat: Chat, name: str) -> str:
    """A participant without the name: «214 mensajes, 150 de solo texto, del 6 oct 2025 al 20 dic 2025»."""
    sent = [message for message in chat.messages if message.sender == name]
    texts = sum(message.kind is Kind.TEXT for message in sent)
    told = f"{count_of(len(sent), 'mensaje', 'mensajes')}, {print_number(texts)} de solo texto"
    if chat.order is None:
        return told
    days = [message.day for message in sent]
    return f"{told}, del {print_date(min(days), short=True)} al {print_date(max(days), short=True)}"


def _count_months(chat: Chat, sent: Sequence[Message], upload: Upload) -> tuple[ImportedObservation, ...]:
    """A count for each month that the file covers, 0 where the office sent nothing in a month that it covers whole."""
    found = []
    for month in _months(chat.first_day, chat.last_day):
        if _is_cut_for_certain(chat) and month.contains(chat.first_day):
            continue
        own = [message for message in sent if month.contains(message.day)]
        kinds = Counter(message.kind for message in own)
        deleted = kinds.pop(Kind.DELETED, 0)
        total = kinds.total()
        is_whole = month.start >= chat.first_day and month.end <= chat.last_day
        if not total and not is_whole:
            continue
        apart = f"; {count_of(deleted, 'eliminado', 'eliminados')} aparte" if deleted else ""
        birth = Birth(
            upload.name,
            upload.sha256,
            _place([message for message in own if message.kind is not Kind.DELETED]),
            f"mensajes que envió la oficina{apart}",
            (_CLOCK, *_told_cuts(chat, month)),
        )
        breakdown = tuple((kind.value, kinds[kind]) for kind in Kind if kinds[kind])
        found.append(
            ImportedObservation(
                Platform.WHATSAPP,
                MESSAGES,
                month,
                ObservationStatus.VALUE,
                Amount.exact(total),
                birth,
                breakdown=breakdown,
            )
        )
    return tuple(found)


def _months(first: date, last: date) -> list[Period]:
    months = [Period.month(first.year, first.month)]
    while months[-1].end < last:
        following = months[-1].end.toordinal() + 1
        day = date.fromordinal(following)
        months.append(Period.month(day.year, day.month))
    return months


def _place(own: Sequence[Message]) -> str:
    if not own:
        return "ninguna línea"
    lines = [message.line for message in own]
    return f"línea {lines[0]}" if len(lines) == 1 else f"líneas {min(lines)} a {max(lines)}"


def _is_cut_for_certain(chat: Chat) -> bool:
    return chat.total >= _NEAR_CAP and not chat.has_beginning


def _told_cuts(chat: Chat, month: Period) -> tuple[str, ...]:
    """What the file may lack of a month."""
    told = []
    if month.contains(chat.first_day) and chat.first_day > month.start and not chat.has_beginning:
        told.append(f"El archivo empieza el {print_date(chat.first_day)}.")
    if month.contains(chat.last_day) and chat.last_day < month.end:
        told.append(f"El archivo llega hasta el {print_date(chat.last_day)}.")
    return tuple(told)


def _tell(chat: Chat, sent: Sequence[Message]) -> list[str]:
    """What a person should know of the file."""
    told = [_tell_order(chat), *_tell_cuts(chat)]
    counts = Counter(message.kind for message in sent)
    if number := counts[Kind.DELETED]:
        told.append(count_of(number, "mensaje eliminado se cuenta aparte.", "mensajes eliminados se cuentan aparte."))
    if number := counts[Kind.MEDIA]:
        told.append(
            f"El chat no dice qué es {count_of(number, 'archivo omitido', 'archivos omitidos')}: imagen, video o "
            "documento. Para saberlo, expórtelo con archivos."
        )
    if chat.pasted:
        lines = count_of(chat.pasted, "línea con fecha es anterior", "líneas con fecha son anteriores")
        told.append(f"{lines} al mensaje en que está{'' if chat.pasted == 1 else 'n'}: es texto pegado y no se cuenta.")
    if chat.others:
        lines = count_of(chat.others, "línea empieza", "líneas empiezan")
        told.append(f"{lines} con una fecha escrita de otra forma: es texto de su mensaje y no se cuenta.")
    return told


def _tell_order(chat: Chat) -> str:
    order = chat.order or DayOrder.YMD
    told = f"Las fechas se leyeron como {order.words}: {chat.why}."
    return told if order is DayOrder.YMD else f"{told} {tell_override(order)}"


def _tell_cuts(chat: Chat) -> list[str]:
    told = []
    first = Period.month(chat.first_day.year, chat.first_day.month)
    title = f"{first.title[:1].upper()}{first.title[1:]}"
    if chat.total >= _NEAR_CAP:
        end = (
            "Este sí llega al comienzo del chat."
            if chat.has_beginning
            else f"Los más antiguos quedaron fuera: {first.title} está cortado y no se registra."
        )
        told.append(
            f"El archivo trae {print_number(chat.total)} mensajes y WhatsApp exporta como máximo unos "
            f"{print_number(_CAP)}. {end}"
        )
    elif chat.first_day > first.start and not chat.has_beginning:
        told.append(
            f"{title} empieza el {chat.first_day.day} en este archivo y no se ve el comienzo del chat: si hubo "
            "mensajes antes, el mes está incompleto."
        )
    last = Period.month(chat.last_day.year, chat.last_day.month)
    if chat.last_day < last.end:
        told.append(
            f"El último mensaje es del {print_date(chat.last_day)}: si exportó el chat antes de terminar el mes, "
            "expórtelo de nuevo."
        )
    return told


SOURCE = Source(
    "whatsapp",
    "WhatsApp: chat exportado",
    identify,
    extract,
    "En el chat o grupo: Más, Exportar chat, Sin archivos. Es un .txt en Android y un zip en iPhone.",
)
