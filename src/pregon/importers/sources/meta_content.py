"""Meta's list of content: a row for each publication of a Facebook page or an Instagram profile, in any language.

Stories come in the same list and are told apart. The hour is the Pacific's, in every language as month/day/year, and is
checked against the instants inside Instagram links. The figures are those of the day of the export: a snapshot, never
added over exports. A list of many thousands of rows is counted instead of listed (`meta_counting`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.spanish import count_of, join_words
from pregon.figures.words import quote
from pregon.importers.base import (
    Answers,
    Birth,
    Confidence,
    Extract,
    Identification,
    ImportedPublication,
    Question,
    Source,
    Upload,
)
from pregon.importers.day_order import DayOrder, is_day, read_moment
from pregon.importers.delimited import DamagedTableError, Delimited, Row, read_delimited, sniff_rows
from pregon.importers.fields import is_nothing, is_rounded, is_scientific, read_whole
from pregon.importers.headers import Columns
from pregon.importers.large_tables import open_large
from pregon.importers.meta_blocks import NETWORK_NAMES, ask_network
from pregon.importers.meta_columns import (
    LIFETIME,
    STORY,
    ask_columns,
    ask_kind,
    find_network,
    kind_of,
    match_sheet,
    name_account,
    name_kind,
)
from pregon.importers.meta_counting import count_content
from pregon.importers.meta_hours import Hours, Written, find_hours
from pregon.importers.publish_clock import PACIFIC, agrees
from pregon.records.instants import prove_instant
from pregon.records.organisation import Platform

MOST_LISTED: Final = 20_000
"""Rows: a longer list is counted by month and kind."""
MOST_LISTED_BYTES: Final = 32 * 1024 * 1024
"""To hold a list takes some fifteen times its bytes."""
_SURELY_SHORT_BYTES: Final = 2 * 1024 * 1024
_KNOWN_ENOUGH: Final = 6
_MOST_NAMED: Final = 4
_ASSUMED: Final = "La hora es la del Pacífico, como en todo archivo de Meta"
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


def _identify(upload: Upload) -> Identification | None:
    header = next((row for row in sniff_rows(upload.head) if not row.is_blank), None)
    if header is None:
        return None
    columns = match_sheet(header.fields, {})
    if "publish_time" not in columns or len(columns.places) < _KNOWN_ENOUGH:
        return None
    network = find_network(columns, {})
    if "video_id" in columns and network is Platform.FACEBOOK:
        return Identification(Confidence.CERTAIN, "tiene las columnas de los videos de una página de Facebook")
    if "post_id" not in columns and "permalink" not in columns:
        return None
    if network is None or "post_type" not in columns:
        return Identification(Confidence.LIKELY, "tiene columnas del contenido de Meta")
    return Identification(Confidence.CERTAIN, f"tiene las columnas del contenido de {NETWORK_NAMES[network]}")


def _extract(upload: Upload, answers: Answers) -> Extract:
    try:
        if _is_long(upload):
            return count_content(upload, answers)
        table = read_delimited(upload.read())
        rows = [row for row in table.rows if not row.is_blank]
        if not rows:
            return Extract(refused=f"«{upload.name}» no tiene filas: descárguelo otra vez.")
        if len(rows) > MOST_LISTED:
            return count_content(upload, answers)
        return _Listing(upload, table, rows, answers).read()
    except DamagedTableError as error:
        return Extract(refused=f"«{upload.name}» {error}")


def _is_long(upload: Upload) -> bool:
    """Whether a list is too long to be listed, looking at no more rows than are listed."""
    if upload.size <= _SURELY_SHORT_BYTES:
        return False
    if upload.size > MOST_LISTED_BYTES:
        return True
    rows = open_large(upload.path).iterate_rows()
    return next(islice(rows, MOST_LISTED, None), None) is not None


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that says when it was published: as written, and as its link proves it."""

    row: Row
    written: str
    link: str
    proved: datetime | None
    kind: str


class _Listing:
    """A list as it is read, and what is told and asked on the way."""

    def __init__(self, upload: Upload, table: Delimited, rows: list[Row], answers: Answers) -> None:
        self._upload = upload
        self._table = table
        self._answers = answers
        self._header, self._rows = rows[0], rows[1:]
        self._columns: Columns = match_sheet(rows[0].fields, answers)
        self._repairs = list(table.repairs)
        self._remarks: list[str] = []
        self._questions: dict[str, Question] = {}
        self._unread: list[tuple[int, str]] = []
        self._is_daily = False
        self._torn: frozenset[str] = frozenset()

    def read(self) -> Extract:
        """What the list holds; what the person has to say first is asked.

        Raises:
            DamagedTableError: its days were mixed, or no row has one.
        """
        if "video_id" in self._columns:
            return self._tell_videos()
        platform = find_network(self._columns, self._answers)
        self._questions.update({each.key: each for each in ask_columns(self._columns)})
        if platform is None:
            question = ask_network(self._upload.name)
            self._questions[question.key] = question
        if self._questions or platform is None:
            return self._finish(())
        if self._table.separator != ",":
            self._repairs.append("Otro programa cambió las comas por otro separador: se leyó así.")
        lines = self._read_lines(platform)
        hours = self._find_hours(lines)
        if hours is None:
            return self._finish(())
        self._look_at_figures()
        ids = self._find_identifiers(lines)
        found = [self._publish(line, platform, hours, ids.get(line.row.line, "")) for line in lines]
        self._tell_stories(lines)
        self._tell_unread()
        return self._finish(tuple(found))

    def _finish(self, publications: tuple[ImportedPublication, ...]) -> Extract:
        return Extract(
            publications=publications,
            repairs=tuple(self._repairs),
            remarks=tuple(self._remarks),
            questions=tuple(self._questions.values()),
        )

    def _tell_videos(self) -> Extract:
        rows = count_of(len(self._rows), "fila", "filas")
        remark = (
            f"Es la lista de videos de Facebook ({rows}) y no se toma: esos videos ya vienen en la lista de "
            "publicaciones, y sus «espectadores» son de cada video, no de la página. Descargue la de publicaciones."
        )
        return Extract(repairs=self._table.repairs, remarks=(remark,))

    def _read_lines(self, platform: Platform) -> list[_Line]:
        """The rows with a day and a known kind, each publication once."""
        found: list[_Line] = []
        seen: set[str] = set()
        lost: list[int] = []
        again = 0
        for row in self._rows:
            written = self._columns.text("publish_time", row.fields)
            told = self._columns.text("post_type", row.fields)
            kind = name_kind(told, self._answers)
            if not is_day(written) or not told:
                lost.append(row.line)
                continue
            if kind is None:
                question = ask_kind(told)
                self._questions[question.key] = question
            if not kind:
                continue
            link = self._columns.text("permalink", row.fields)
            link = link if _WEB.match(link) else ""
            key = self._key_of(row, link)
            again += bool(key) and key in seen
            if key and key in seen:
                continue
            seen.add(key)
            proof = prove_instant(link) if platform is Platform.INSTAGRAM else None
            at = proof.at if proof is not None and proof.platform is platform else None
            found.append(_Line(row, written, link, at, kind))
        if lost and len(lost) == len(self._rows):
            raise DamagedTableError(
                "no dice en ninguna fila cuándo se publicó algo y de qué tipo es: descárguelo otra vez de Meta."
            )
        if lost:
            self._remarks.append(f"{_name_rows(lost)} no dice cuándo se publicó o de qué tipo es: no se tomó.")
        if again:
            told = "1 fila repite" if again == 1 else f"{again} filas repiten"
            self._remarks.append(f"{told} una publicación que ya estaba: se contó una vez.")
        return found

    def _key_of(self, row: Row, link: str) -> str:
        identifier = self._columns.text("post_id", row.fields)
        return link or ("" if is_scientific(identifier) or is_rounded(identifier) else identifier)

    def _find_hours(self, lines: list[_Line]) -> Hours | None:
        hours = find_hours(
            [Written(line.written, line.proved) for line in lines],
            self._answers,
            is_saved_again=self._table.separator != "," or self._table.encoding == "cp1252",
        )
        self._repairs += hours.repairs
        self._remarks += hours.remarks
        self._questions.update({question.key: question for question in hours.questions})
        return hours if hours.order is not None else None

    def _look_at_figures(self) -> None:
        """Whether the figures are of a lifetime, and which columns come twice and disagree."""
        days = [text for row in self._rows if is_day(text := self._columns.text("date", row.fields))]
        if days:
            self._is_daily = True
            self._remarks.append(
                f"La columna de fecha trae días («{days[0]}») y no el total: las cifras de cada fila no se tomaron."
            )
        torn = set()
        for key in LIFETIME:
            places = self._columns.places.get(key, ())
            differing = [row for row in self._rows if len({_at(row, place) for place in places} - {""}) > 1]
            if differing:
                torn.add(key)
                self._remarks.append(
                    f"La columna «{_at(self._header, places[0])}» viene {len(places)} veces con cifras distintas "
                    f"({_name_rows([row.line for row in differing]).lower()}): no se tomó."
                )
        self._torn = frozenset(torn)

    def _find_identifiers(self, lines: list[_Line]) -> dict[int, str]:
        """The identifiers by row, without those that a spreadsheet rounded."""
        told = {line.row.line: self._columns.text("post_id", line.row.fields) for line in lines}
        rounded = [line for line, text in told.items() if is_rounded(text)]
        # One real identifier in a thousand ends in three zeros; a spreadsheet makes all of them do so.
        damaged = set(rounded) if len(rounded) * 2 > len(told) else set()
        damaged |= {line for line, text in told.items() if is_scientific(text)}
        if damaged:
            sample = quote(told[min(damaged)])
            rows = count_of(len(damaged), "fila", "filas")
            self._repairs.append(f"Excel dañó el identificador de {rows} ({sample}): no se tomó, y queda el enlace.")
        return {line: text for line, text in told.items() if line not in damaged}

    def _publish(self, line: _Line, platform: Platform, hours: Hours, identifier: str) -> ImportedPublication:
        written = read_moment(line.written, hours.order or DayOrder.MDY)
        if written is None:  # the order was found to read every one
            raise DamagedTableError(f"dice {quote(line.written)} donde va una fecha: descárguelo otra vez de Meta.")
        zone = hours.clock.zone
        by_link = line.proved is not None and hours.uses_links
        at = line.proved if by_link and line.proved is not None else hours.clock.place(written)
        is_proved = line.proved is not None and (by_link or agrees(written, line.proved, zone))
        birth = Birth(
            self._upload.name,
            self._upload.sha256,
            f"fila {line.row.line}",
            "la hora de su enlace" if by_link else "la hora del archivo, pasada a la de Colombia",
            () if is_proved or zone.key != PACIFIC.key else (_ASSUMED,),
        )
        titles = (self._columns.text(key, line.row.fields) for key in ("title", "description"))
        return ImportedPublication(
            platform,
            kind_of(line.kind),
            at.astimezone(hours.office),
            birth,
            reference=identifier,
            title=next((title for title in titles if title), ""),
            link=line.link,
            account=name_account(self._columns, line.row.fields),
            is_proved=is_proved,
            lifetime=self._read_lifetime(line.row),
        )

    def _read_lifetime(self, row: Row) -> tuple[tuple[str, Amount], ...]:
        if self._is_daily:
            return ()
        found: dict[str, Amount] = {}
        for key, code in LIFETIME.items():
            if key in self._torn or code in found:
                continue
            text = next((said for place in self._columns.places.get(key, ()) if (said := _at(row, place))), "")
            if is_nothing(text):
                continue
            amount = read_whole(text)
            if amount is None:
                self._unread.append((row.line, text))
            else:
                found[code] = amount
        return tuple(found.items())

    def _tell_stories(self, lines: list[_Line]) -> None:
        kinds = Counter(line.kind for line in lines)
        if kinds[STORY]:
            told = "1 es historia y se cuenta" if kinds[STORY] == 1 else f"{kinds[STORY]} son historias y se cuentan"
            self._remarks.append(f"De {count_of(len(lines), 'fila', 'filas')}, {told} aparte.")

    def _tell_unread(self) -> None:
        if self._unread:
            named = join_words([f"{quote(text)} en la fila {line}" for line, text in self._unread[:_MOST_NAMED]])
            more = f" y {len(self._unread) - _MOST_NAMED} más" if len(self._unread) > _MOST_NAMED else ""
            self._remarks.append(f"No se leyeron como cifras: {named}{more}.")


def _at(row: Row, place: int) -> str:
    return row.fields[place].strip() if place < len(row.fields) else ""


def _name_rows(lines: list[int]) -> str:
    """«La fila 7», «Las filas 7 y 9», «Cada una de 12 filas»."""
    if len(lines) == 1:
        return f"La fila {lines[0]}"
    if len(lines) > _MOST_NAMED:
        return f"Cada una de {len(lines)} filas"
    return f"Cada una de las filas {join_words([str(line) for line in lines])}"


SOURCE = Source(
    code="meta-content",
    name="Meta: contenido",
    identify=_identify,
    extract=_extract,
    says="En Meta Business Suite, Estadísticas, Contenido, el botón Exportar datos.",
)
