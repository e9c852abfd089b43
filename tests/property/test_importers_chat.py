"""Any chat, written in any of the ways WhatsApp writes it and damaged as people damage it, gives the same counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pregon.importers.chat_kinds import MARK, Kind
from pregon.importers.chats import UnreadableChatError, read_chat
from pregon.importers.day_order import DayOrder

# A chat of many messages is slow to draw on a machine that does other work: that is no fault of what is read.
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OFFICE = "Comunicaciones"
PEOPLE = (OFFICE, "Marta Lucía Rendón", "+57 300 555 0147")
TEXTS = (
    "Buenos días",
    "Nota: traer la cédula",
    "8:15 a. m. - reunión en el auditorio",
    "12/10: día festivo",
    "Listo 🙂\n\nGracias",
    "Programa:\n- 9:00 apertura\n- 10:00 cierre",
    "https://www.personeriapenaclara.gov.co/noticias?pagina=2",
)
DELETED = {"es": "Se eliminó este mensaje.", "en": "This message was deleted."}
EDITED = {"es": "<Se editó este mensaje.>", "en": "<This message was edited>"}
ATTACHED = {"es": ("(archivo adjunto)", "adjunto"), "en": ("(file attached)", "attached")}
FILES = {Kind.IMAGE: "IMG-WA0001.jpg", Kind.VIDEO: "VID-WA0002.mp4", Kind.DOCUMENT: "Circular 014.pdf"}
SPACES = ("\u202f", "\u00a0", " ")


@dataclass(frozen=True)
class Said:
    """A message as it was sent; `pasted` are instants of an older chat that its text quotes."""

    at: datetime
    sender: str
    kind: Kind
    text: str
    is_edited: bool
    pasted: tuple[datetime, ...]


@dataclass(frozen=True)
class Phone:
    """How a phone writes."""

    is_ios: bool
    language: str
    order: DayOrder
    has_half: bool
    space: str
    inner_space: str
    comma: str
    year_digits: int
    pads: bool

    def stamp(self, at: datetime) -> str:
        width = 2 if self.pads else 1
        day, month = f"{at.day:0{width}}", f"{at.month:0{width}}"
        year = f"{at.year}"[-self.year_digits :]
        parts = (day, month, year) if self.order is DayOrder.DMY else (month, day, year)
        hour = f"{at.hour:02}" if not self.has_half else str(at.hour % 12 or 12)
        clock = f"{hour}:{at.minute:02}" + (f":{at.second:02}" if self.is_ios else "")
        if self.has_half:
            half = "a" if at.hour < 12 else "p"
            word = f"{half}.{self.inner_space}m." if self.language == "es" else f"{half.upper()}M"
            clock += self.space + word
        return f"{'/'.join(parts)}{self.comma} {clock}"

    def head(self, at: datetime) -> str:
        return f"[{self.stamp(at)}] " if self.is_ios else f"{self.stamp(at)} - "

    def write(self, said: Said) -> str:
        head = f"{self.head(said.at)}{said.sender}: "
        mark = MARK if self.is_ios else ""
        if said.kind is Kind.DELETED:
            return f"{mark}{head}{mark}{DELETED[self.language]}\n"
        if said.kind in FILES:
            android, ios = ATTACHED[self.language]
            if self.is_ios:
                return f"{head}{said.text} {MARK}<{ios}: {FILES[said.kind]}>\n"
            return f"{head}{MARK}{FILES[said.kind]} {android}\n{said.text}\n"
        edited = f" {mark}{EDITED[self.language]}" if said.is_edited else ""
        pasted = "".join(f"\n{self.head(at)}{PEOPLE[1]}: de otro chat" for at in said.pasted)
        return f"{head}{said.text}{edited}{pasted}\n"


@st.composite
def chats(draw: st.DrawFn) -> tuple[Said, ...]:
    at = datetime(2025, draw(st.integers(8, 11)), draw(st.integers(1, 28)), 6)  # noqa: DTZ001 -- a phone's own time
    found = []
    for _ in range(draw(st.integers(1, 25))):
        at += timedelta(minutes=draw(st.sampled_from((0, 1, 45, 600, 3000, 20000))), seconds=draw(st.integers(0, 59)))
        kind = draw(st.sampled_from((Kind.TEXT, Kind.TEXT, Kind.DELETED, *FILES)))
        ages = draw(st.lists(st.integers(5, 60000), max_size=3)) if draw(st.integers(0, 4)) == 0 else []
        found.append(
            Said(
                at,
                draw(st.sampled_from(PEOPLE)),
                kind,
                draw(st.sampled_from(TEXTS)),
                draw(st.booleans()),
                tuple(sorted(at - timedelta(minutes=age) for age in ages)),
            )
        )
    return tuple(found)


@st.composite
def phones(draw: st.DrawFn) -> Phone:
    language = draw(st.sampled_from(("es", "en")))
    orders = (DayOrder.DMY,) if language == "es" else (DayOrder.DMY, DayOrder.MDY)
    return Phone(
        draw(st.booleans()),
        language,
        draw(st.sampled_from(orders)),
        draw(st.booleans()),
        draw(st.sampled_from(SPACES)),
        draw(st.sampled_from(SPACES)),
        draw(st.sampled_from(("", ","))),
        draw(st.sampled_from((2, 4))),
        draw(st.booleans()),
    )


Counts = Counter[tuple[int, int, str, Kind]]


def counts_of_truth(chat: tuple[Said, ...]) -> Counts:
    return Counter((said.at.year, said.at.month, said.sender, said.kind) for said in chat)


def counts_read(content: bytes, order: DayOrder | None) -> Counts:
    read = read_chat(content, order)
    return Counter((each.day.year, each.day.month, each.sender, each.kind) for each in read.messages)


@MANY
@given(chats(), phones())
def test_a_chat_gives_the_same_counts_from_any_phone(chat: tuple[Said, ...], phone: Phone) -> None:
    content = "".join(phone.write(said) for said in chat).encode()
    assert counts_read(content, phone.order) == counts_of_truth(chat)


@MANY
@given(chats(), phones())
def test_dates_are_never_read_the_other_way_round(chat: tuple[Said, ...], phone: Phone) -> None:
    content = "".join(phone.write(said) for said in chat).encode()
    assert read_chat(content).order in (phone.order, None)


def windows_1252(content: bytes) -> bytes:
    return content.decode().encode("cp1252", errors="replace")


def in_quotes(content: bytes) -> bytes:
    lines = content.decode().removesuffix("\n").split("\n")
    return "".join('"' + line.replace('"', '""') + '"\r\n' for line in lines).encode()


def line_ends(content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")


@MANY
@given(chats(), phones(), st.sampled_from((windows_1252, in_quotes, line_ends)))
def test_a_damaged_chat_gives_the_same_counts(
    chat: tuple[Said, ...], phone: Phone, damage: Callable[[bytes], bytes]
) -> None:
    content = damage("".join(phone.write(said) for said in chat).encode())
    assert counts_read(content, phone.order) == counts_of_truth(chat)


@MANY
@given(chats(), phones(), st.integers(0, 100))
def test_a_chat_that_was_cut_gives_no_message_that_was_not_sent(
    chat: tuple[Said, ...], phone: Phone, hundredths: int
) -> None:
    content = "".join(phone.write(said) for said in chat)
    cut = content[: len(content) * hundredths // 100].encode()
    try:
        read = read_chat(cut, phone.order)
    except UnreadableChatError:
        return
    days = Counter(each.day for each in read.messages)
    assert days <= Counter(said.at.date() for said in chat)


@MANY
@given(chats(), phones(), st.data())
def test_a_chat_with_bytes_changed_never_breaks_the_importer(
    chat: tuple[Said, ...], phone: Phone, data: st.DataObject
) -> None:
    content = bytearray("".join(phone.write(said) for said in chat).encode())
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = read_chat(bytes(content), data.draw(st.sampled_from((None, *DayOrder))))
    except UnreadableChatError:
        return
    assert len(read.messages) <= read.total
