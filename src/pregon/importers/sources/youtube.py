"""YouTube Studio: the table of videos, the totals of each day, and the chart; three CSV files or one workbook.

The first row of the table is its total and no video. Publish times have no hour and stay in English in every language.
The figures of a video are those of the period chosen in Studio, which the file does not say. The chart repeats the
videos day by day and is not recorded: the account's days are in the totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pregon.figures.spanish import print_number
from pregon.importers.base import Answers, Confidence, Extract, Identification, ImportedPublication, Source, Upload
from pregon.importers.delimited import Row
from pregon.importers.exports import Reading, Shape, explain_lacking, join_extracts
from pregon.importers.fields import read_whole
from pregon.importers.headers import clean_header
from pregon.importers.platform_days import MixedDaysError, at_day, read_days, read_worded_day
from pregon.importers.tables import Headed, RefusedFileError, Table, find_header, read_tables, sniff_tables
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind

_FIGURES: Final = {
    "duration": ("Duration", "Duración"),
    "views": ("Views", "Visualizaciones"),
    "watch_time": ("Watch time (hours)", "Tiempo de visualización (horas)"),
    "subscribers": ("Subscribers", "Suscriptores"),
    "impressions": ("Impressions", "Impresiones"),
    "click_through": (
        "Impressions click-through rate (%)",
        "Porcentaje de clics de las impresiones (%)",
    ),
}
_METRICS: Final = {"views": "views", "subscribers": "followers_gained"}
_VIDEOS: Final = Shape(
    program="YouTube Studio",
    platform=Platform.YOUTUBE,
    aliases={
        "content": ("Content", "Contenido"),
        "title": ("Video title", "Título del vídeo"),
        "published": ("Video publish time", "Hora de publicación del vídeo"),
        **_FIGURES,
    },
    required=("content", "title", "published"),
    metrics=_METRICS,
    words=("content", "title", "published"),
)
_DAYS: Final = Shape(
    program="YouTube Studio",
    platform=Platform.YOUTUBE,
    aliases={"date": ("Date", "Fecha"), **_FIGURES},
    required=("date", "views"),
    metrics=_METRICS,
    words=("date",),
)
_CHART: Final = Shape(
    program="YouTube Studio",
    platform=Platform.YOUTUBE,
    aliases={**_VIDEOS.aliases, "date": ("Date", "Fecha")},
    required=("date", "content", "title"),
    metrics={},
    words=(),
)
_TOTAL: Final = "total"
_TOTALS_NAMES: Final = ("totals.csv", "totales.csv")
_PERIOD: Final = "Las cifras son del periodo elegido en YouTube Studio, que el archivo no dice"
_LINKED: Final = "El enlace se armó con el identificador del video"
_ZONE: Final = "YouTube no dice en qué hora cuenta los días: se tomaron como están"
_NOT_DAYS: Final = (
    "Los totales no van de día en día, sino por semanas o meses, y no se registran: en YouTube Studio elija «Diario» y "
    "expórtelos otra vez."
)
_CHART_LEFT: Final = (
    "No se registra lo de cada video cada día (los datos del gráfico): el total de cada día viene en los totales."
)


def identify(upload: Upload) -> Identification | None:
    """Whether a file holds YouTube's table of videos, its chart, or its totals by day."""
    tables = sniff_tables(upload)
    if any(_has(table, _CHART) or _has(table, _VIDEOS) for table in tables):
        return Identification(
            Confidence.CERTAIN, "tiene las columnas de los videos de YouTube Studio, con el identificador de cada uno"
        )
    # «Date,Views» alone could be anyone's: the name that YouTube gives it speaks too.
    if upload.name.casefold() in _TOTALS_NAMES and any(_is_totals(table) for table in tables):
        return Identification(Confidence.LIKELY, "se llama como los totales de YouTube y tiene sus columnas")
    return None


def _find(table: Table, shape: Shape, answers: Answers | None = None) -> Headed | None:
    return find_header((table,), shape.aliases, shape.required, answers)


def _has(table: Table, shape: Shape) -> bool:
    headed = _find(table, shape)
    return headed is not None and not headed.lacking


def _is_totals(table: Table) -> bool:
    headed = _find(table, _DAYS)
    return headed is not None and not headed.lacking and not headed.columns.unknown and not headed.above


def extract(upload: Upload, answers: Answers) -> Extract:
    """The videos published, and the account's figures of each day."""
    try:
        tables = read_tables(upload)
        parts = [part for table in tables if (part := _read_table(upload, table, answers)) is not None]
        return join_extracts(parts) if parts else _explain(upload, tables, answers)
    except RefusedFileError as error:
        return Extract(refused=str(error))
    except MixedDaysError as error:
        return Extract(refused=f"«{upload.name}» {error}")


def _explain(upload: Upload, tables: Sequence[Table], answers: Answers) -> Extract:
    headed = find_header(tables, _VIDEOS.aliases, _VIDEOS.required, answers)
    lacking = explain_lacking(upload, _VIDEOS, headed) if headed is not None else None
    return lacking or Extract(
        refused=f"En «{upload.name}» no hay ninguna tabla: descárguelo otra vez de YouTube Studio."
    )


def _read_table(upload: Upload, table: Table, answers: Answers) -> Extract | None:
    chart = _find(table, _CHART, answers)
    if chart is not None and not chart.lacking:
        return Extract(remarks=(_CHART_LEFT,))
    videos = _find(table, _VIDEOS, answers)
    if videos is not None and not videos.lacking:
        return _read_videos(Reading(upload, _VIDEOS, videos), answers)
    days = _find(table, _DAYS, answers)
    if days is not None and not days.lacking:
        return _read_days(Reading(upload, _DAYS, days, (_ZONE,)), answers)
    return None


def _read_days(reading: Reading, answers: Answers) -> Extract:
    texts = reading.headed.texts("date")
    column = read_days(texts, read_worded_day, answers, is_series=True)
    known = [day for day in column.days if day is not None]
    if len(known) > 1 and all(abs(later - earlier).days != 1 for earlier, later in pairwise(known)):
        reading.remarks.append(_NOT_DAYS)
        return reading.finish()
    return reading.finish(reading.series(column, texts, "valor del día"))


def _read_videos(reading: Reading, answers: Answers) -> Extract:
    headed = reading.headed
    rows = [row for row in headed.rows if not _is_total(row, headed)]
    texts = [headed.columns.text("published", row.fields) for row in rows]
    days = read_days(texts, read_worded_day, answers)
    reading.repairs += days.repairs
    if days.question is not None:
        reading.questions.append(days.question)
    found: dict[str, ImportedPublication] = {}
    for row, day, text in zip(rows, days.days, texts, strict=True):
        reference = headed.columns.text("content", row.fields)
        if day is None:
            if days.question is None:
                reading.leave_undated(row, text)
            continue
        found.setdefault(
            reference or headed.table.place(row),
            ImportedPublication(
                platform=Platform.YOUTUBE,
                kind=PublicationKind.VIDEO,
                published_at=at_day(day),
                birth=reading.birth(row, "un video por fila", (_PERIOD, *((_LINKED,) if reference else ()))),
                reference=reference,
                title=headed.columns.text("title", row.fields),
                link=f"https://www.youtube.com/watch?v={reference}" if reference else "",
                has_hour=False,
                lifetime=reading.snapshot(row),
            ),
        )
    _compare_total(reading, rows)
    return reading.finish(publications=found.values())


def _is_total(row: Row, headed: Headed) -> bool:
    """Whether a row is the table's total: it stands first and names no video."""
    is_first = row is headed.rows[0]
    words = clean_header(headed.columns.text("content", row.fields))
    return is_first and words == _TOTAL and not headed.columns.text("published", row.fields)


def _compare_total(reading: Reading, rows: Sequence[Row]) -> None:
    """Tell where the views of the videos listed do not add up to the total: some may not be listed."""
    headed = reading.headed
    totals = [row for row in headed.rows[:1] if _is_total(row, headed)]
    if not totals or "views" not in headed.columns:
        return
    total = read_whole(headed.columns.text("views", totals[0].fields))
    listed = [read_whole(headed.columns.text("views", row.fields)) for row in rows]
    added = sum(each.value for each in listed if each is not None)
    if total is not None and total.value != added:
        reading.remarks.append(
            f"El total de YouTube dice {print_number(total.value)} en «{headed.name('views')}» y los videos de la "
            f"lista suman {print_number(added)}: faltan videos en la lista, o alguien cambió una cifra."
        )


SOURCE = Source(
    code="youtube",
    name="YouTube Studio",
    identify=identify,
    extract=extract,
    says="En YouTube Studio: Analytics, «Modo avanzado», exportar la vista actual.",
)
