"""A chat's export as messages: who, which day, what kind. The words are read, sorted and let go.

A line begins a message when it begins with a date in the form of the file's first one and is not older than the message
before it: what people paste from other chats begins in the same way, with an older date. Whether days or months come
first is decided over the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pregon.figures.spanish import count_of, print_number
from pregon.importers.chat_kinds import MARK, Kind, classify, is_beginning, is_joining, is_system
from pregon.importers.day_order import DayOrder
from pregon.importers.delimited import MAXIMUM_BYTES, DamagedTableError, decode

_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\u2009\u2002\u2003\u2008\t", " "))
_INVISIBLE: Final = "\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HEADER: Final = re.compile(
    r"(?P<open>\[)?(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})(?P<comma>,)? "
    # Where Windows-1252 had no such space, a program wrote «?».
    r"(?P<hour>\d{1,2})(?P<point>[:.])(?P<minute>\d{2})(?:(?P=point)(?P<second>\d{2}))?"
    r"(?:[ ?]{0,2}(?P<half>[ap])\.?[ ?]{0,2}m\b\.?)?"
    r"(?(open)\]| [-–])(?: |$)",
    re.IGNORECASE | re.ASCII,
)
_LOST_MARK: Final = re.compile(
    r"^\?(?=\[\d)|\?(?=(?:imagen|foto|image|photo|video|gif|sticker|audio|documento|document|tarjeta de contacto"
    r"|contact card) (?:omitid|omitted)|<(?:adjunto|attached|se editó|this message)|(?:se )?elimin\w+ este mensaje"
    r"|(?:this message was|you) deleted)",
    re.IGNORECASE | re.MULTILINE,
)
_SPANISH_HALF: Final = re.compile(r"[ap]\.", re.IGNORECASE)
_SPANISH: Final = re.compile(
    r"(?:<[^<>]{0,20} omitid[oa]s?>|\(archivo adjunto\)|<adjunto: [^<>]+>|: \u200e?Se eliminó este mensaje\."
    r"|: ENCUESTA:)$|cifrad[oa]s de extremo a extremo\."
)
_DISORDER: Final = timedelta(minutes=2)
"""How much older than the message before it one may be: those written without network arrive out of order."""
_PASTED_LINES: Final = 10
"""Lines with an older date that people may have pasted, whatever the order of the dates is."""
_MOST_MESSAGES: Final = 200_000
"""Five times what WhatsApp exports."""
_LONGEST_NAME: Final = 100
_JOINED_LINES: Final = 200
"""More lines with an older date in a row than anybody pastes: another export was put behind the first."""
_BEGINNING_LINES: Final = 8
_NOTICE_LETTERS: Final = 400


class UnreadableChatError(Exception):
    """The bytes are no chat that can be read; the text is one Spanish sentence without a subject."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its day, who sent it, its kind and the line of the file on which it begins."""

    day: date
    sender: str
    kind: Kind
    line: int


@dataclass(frozen=True, slots=True)
class Chat:
    """The messages of people in a file, and what else it tells.

    Attributes:
        order: of its dates; None where two readings are possible and only a person can say.
        why: what decided the order, in Spanish, to follow a colon.
        sample: its first date, as written.
        first_day, last_day: of anything in it.
        total: how many messages, those of the program too: what the limit of an export counts.
        has_beginning: whether the chat begins in it, and not only the file.
        pasted: how many lines look like messages and are older than the one they stand in.
        others: how many lines begin with a date in another form than the file's.
    """

    messages: tuple[Message, ...]
    order: DayOrder | None
    why: str
    sample: str
    first_day: date
    last_day: date
    total: int
    has_beginning: bool
    pasted: int
    others: int
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may begin a message: its number from 0, its match, and what follows the date."""

    number: int
    found: re.Match[str]
    rest: str

    @property
    def form(self) -> tuple[object, ...]:
        """How its date is written, which is the same all through a file."""
        found = self.found
        marks = (found["open"], found["mark"], found["comma"], found["point"])
        return (*marks, found["second"] is None, found["half"] is None, len(found["a"]) == 4)


def begins_as_chat(head: bytes) -> bool:
    """Whether the first line that says anything begins with a chat's date. Never raises."""
    try:
        text, _, _ = decode(head, is_whole=False)
    except DamagedTableError:
        return False
    text = _mend_letters(text)
    for line in text.split("\n", 20)[:20]:
        if line.strip(_INVISIBLE + ' \r"'):
            return _match(0, line.strip().strip('"')) is not None
    return False


def read_chat(content: bytes, order: DayOrder | None = None) -> Chat:
    """Read a whole chat; `order` is what the person says of its dates.

    Raises:
        UnreadableChatError: it is no chat, is too large, or holds several exports one after another.
    """
    lines, repairs = _read_lines(content)
    dated = [found for number, line in enumerate(lines) if (found := _match(number, line)) is not None]
    if not dated:
        raise UnreadableChatError("no es un chat de WhatsApp: ninguna línea empieza con fecha y hora.")
    if len(dated) > _MOST_MESSAGES:
        raise UnreadableChatError(f"tiene más de {print_number(_MOST_MESSAGES)} mensajes: expórtelo por partes.")
    alike = [line for line in dated if line.form == dated[0].form]
    decided, why = (order, "usted lo dijo") if order is not None else _decide_order(alike)
    _refuse_misread(alike, decided or DayOrder.DMY)
    starts, pasted = _follow(alike, decided or DayOrder.DMY)
    _refuse_joined(starts, pasted)
    messages, notices = _gather(lines, starts)
    first = starts[0][0].found
    return Chat(
        messages=messages,
        order=decided,
        why=why,
        sample=first["mark"].join((first["a"], first["b"], first["c"])),
        first_day=starts[0][1].date(),
        last_day=max(at for _, at in starts).date(),
        total=len(starts),
        has_beginning=_has_beginning(notices),
        pasted=len(pasted),
        others=len(dated) - len(alike),
        repairs=repairs,
    )


def _read_lines(content: bytes) -> tuple[list[str], tuple[str, ...]]:
    """The lines of a file, and what was mended to read them."""
    if len(content) > MAXIMUM_BYTES:
        raise UnreadableChatError(f"pesa más de {MAXIMUM_BYTES // 1024 // 1024} MB: expórtelo sin archivos.")
    try:
        text, _, repairs = decode(content)
    except DamagedTableError as error:
        raise UnreadableChatError(str(error)) from error
    mended = _mend_letters(text)
    if mended != text:
        repairs += ("Las tildes estaban dañadas por otro programa: se repararon.",)
    if MARK not in mended and _LOST_MARK.search(mended):
        mended = _LOST_MARK.sub(MARK, mended)
        repairs += ("Otro programa cambió las marcas invisibles por «?»: se leyeron como marcas.",)
    lines, unquoted = _unquote(mended.split("\n"))
    if unquoted:
        repairs += ("Cada línea venía entre comillas: se quitaron.",)
    return lines, repairs


def _match(number: int, line: str) -> _Line | None:
    bare = line.lstrip(_INVISIBLE)
    if not bare or not (bare[0] == "[" or "0" <= bare[0] <= "9"):
        return None
    found = _HEADER.match(bare[:60].translate(_SPACES))
    return None if found is None else _Line(number, found, bare[found.end() :].rstrip("\r"))


def _mend_letters(text: str) -> str:
    r"""Undo UTF-8 that was read as Windows-1252 and saved again: «8:15â€¯a.Â\xa0m.»."""
    if "â€" not in text[:4000] and "Ã" not in text[:4000] and "Â" not in text[:4000]:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _unquote(lines: list[str]) -> tuple[list[str], bool]:
    """Lines that a spreadsheet wrapped in quotes, without them."""
    first = next((line for line in lines if line.strip(_INVISIBLE + " \r")), "")
    inner = first.lstrip(_INVISIBLE)
    if not inner.startswith('"') or _match(0, inner[1:]) is None:
        return lines, False
    bare = [line.rstrip("\r").lstrip(_INVISIBLE) for line in lines]
    return [
        line[1:-1].replace('""', '"') if len(line) > 1 and line[0] == line[-1] == '"' else line for line in bare
    ], True


def _instant(line: _Line, order: DayOrder) -> datetime | None:
    found = line.found
    a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
    match order:
        case DayOrder.YMD:
            year, month, day = a, b, c
        case DayOrder.MDY:
            year, month, day = c, a, b
        case _:
            year, month, day = c, b, a
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        return datetime(  # noqa: DTZ001 -- the phone's own time, which the file does not name
            year + 2000 if year < 100 else year, month, day, hour, int(found["minute"]), int(found["second"] or 0)
        )
    except ValueError:
        return None


def _decide_order(lines: Sequence[_Line]) -> tuple[DayOrder | None, str]:
    if len(lines[0].found["a"]) == 4:
        return DayOrder.YMD, "el año va primero"
    days = sum(int(line.found["a"]) > 12 for line in lines)
    months = sum(int(line.found["b"]) > 12 for line in lines)
    if days and days > 3 * months:
        return DayOrder.DMY, "el primer número llega a más de 12"
    if months and months > 3 * days:
        return DayOrder.MDY, "el segundo número llega a más de 12"
    older_days = len(_follow(lines, DayOrder.DMY)[1])
    older_months = len(_follow(lines, DayOrder.MDY)[1])
    # People paste a few older lines; a wrong reading sets many back.
    if older_days > 3 * older_months + _PASTED_LINES:
        return DayOrder.MDY, "así los mensajes van en orden"
    if older_months > 3 * older_days + _PASTED_LINES:
        return DayOrder.DMY, "así los mensajes van en orden"
    if older_days <= older_months and any(_is_spanish(line) for line in lines):
        return DayOrder.DMY, "el teléfono está en español"
    return None, ""


def _is_spanish(line: _Line) -> bool:
    """Whether the phone, and not who wrote, says something in Spanish in a line."""
    return _SPANISH_HALF.search(line.found[0]) is not None or _SPANISH.search(line.rest) is not None


def _follow(lines: Sequence[_Line], order: DayOrder) -> tuple[list[tuple[_Line, datetime]], list[_Line]]:
    """The lines that begin messages with their instants, and those older than the message they stand in."""
    starts: list[tuple[_Line, datetime]] = []
    pasted: list[_Line] = []
    latest = datetime.min  # noqa: DTZ901 -- compared with instants of the same unnamed zone
    for line in lines:
        at = _instant(line, order)
        if at is None or (starts and at < latest - _DISORDER):
            pasted.append(line)
            continue
        starts.append((line, at))
        latest = max(latest, at)
    return starts, pasted


def _gather(
    lines: Sequence[str], starts: Sequence[tuple[_Line, datetime]]
) -> tuple[tuple[Message, ...], list[tuple[str, date]]]:
    """What people sent, and what the program says at the beginning of the chat."""
    messages: list[Message] = []
    notices: list[tuple[str, date]] = []
    for place, (line, at) in enumerate(starts):
        end = starts[place + 1][0].number if place + 1 < len(starts) else len(lines)
        sender, first = _part(line.rest)
        body = [first, *(each.rstrip("\r") for each in lines[line.number + 1 : end])]
        while len(body) > 1 and not body[-1].strip():
            body.pop()
        if not sender or is_system(sender, first, is_ios=line.found["open"] is not None):
            if place < _BEGINNING_LINES:
                notices.append((line.rest[:_NOTICE_LETTERS], at.date()))
            continue
        messages.append(Message(at.date(), sender, classify(body), line.number + 1))
    return tuple(messages), notices


def _part(rest: str) -> tuple[str, str]:
    """Who wrote and what; ("", …) for what the program itself says."""
    name, colon, body = rest.partition(": ")
    if not colon:
        if not rest.rstrip().endswith(":"):
            return "", rest
        name, body = rest.rstrip()[:-1], ""
    name = " ".join(name.strip(_INVISIBLE + " ").translate(_SPACES).split()).removeprefix("~").strip(_INVISIBLE + " ")
    return (name, body) if len(name) <= _LONGEST_NAME else ("", rest)


def _has_beginning(notices: Sequence[tuple[str, date]]) -> bool:
    """Whether the chat's own first notice is there, and the phone was not brought in on a later day."""
    begun = [day for said, day in notices if is_beginning(said)]
    joined = [day for said, day in notices if is_joining(said)]
    return bool(begun) and all(day == min(begun) for day in joined)


def _refuse_misread(lines: Sequence[_Line], order: DayOrder) -> None:
    """An order in which most dates are none was answered by mistake."""
    impossible = sum(_instant(line, order) is None for line in lines)
    if impossible * 2 > len(lines):
        raise UnreadableChatError(
            "no tiene sus fechas en ese orden: hay días o meses que no existen. Responda el otro."
        )


def _refuse_joined(starts: Sequence[tuple[_Line, datetime]], pasted: Sequence[_Line]) -> None:
    if len(pasted) < _JOINED_LINES // 4:
        return
    longest = max(_runs(starts, pasted), default=0)
    if longest > _JOINED_LINES or len(pasted) > len(starts):
        raise UnreadableChatError(
            f"tiene {count_of(longest, 'mensaje seguido', 'mensajes seguidos')} más antiguos que los de antes: "
            "parece juntar varias exportaciones. Importe cada una por separado, sin ordenarla."
        )


def _runs(starts: Sequence[tuple[_Line, datetime]], pasted: Sequence[_Line]) -> Iterator[int]:
    """How many pasted lines each message holds."""
    numbers = [line.number for line in pasted]
    at = 0
    ends = [*(line.number for line, _ in starts[1:]), float("inf")]
    for end in ends:
        before = at
        while at < len(numbers) and numbers[at] < end:
            at += 1
        yield at - before
