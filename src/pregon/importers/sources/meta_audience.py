"""Meta's audience file, «Audience.csv» or «Público.csv»: several blocks of who follows a page or a profile.

Shares of age, sex, cities and countries are of the day of the export and no metric of a report: they are told and not
recorded. Some files write them from 0 to 100 and some from 0 to 1. The block of follows repeats its own daily file, and
is left out so that nothing is counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.figures.spanish import count_of, print_number
from pregon.figures.words import quote
from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.delimited import DamagedTableError, Row, read_delimited, sniff_rows
from pregon.importers.fields import is_nothing
from pregon.importers.headers import clean_header
from pregon.importers.meta_blocks import Block, split_blocks
from pregon.importers.turned_figures import is_turned_into_date

_TITLES: Final = frozenset(
    {
        *("age & gender", "age and gender", "edad y sexo", "edad y genero", "gender", "sexo", "age", "edad"),
        *("top cities", "top towns/cities", "principales ciudades", "top countries", "principales paises"),
        *("top pages", "principales paginas"),
    }
)
_HEAD_ROWS: Final = 2_000
_SHARE: Final = re.compile(r"([0-9]{1,12}(?:[.,][0-9]{1,12})?)\s?%?")
_ROUNDING: Final = Decimal("1.05")
"""What the shares of a block of fractions may add up to, each rounded."""


@dataclass(frozen=True, slots=True)
class _Share:
    """A value of a block: whose it is, the number as written, and its line."""

    label: str
    value: Decimal


def _identify(upload: Upload) -> Identification | None:
    blocks = split_blocks(sniff_rows(upload.head, _HEAD_ROWS))
    known = [block.title for block in blocks if clean_header(block.title) in _TITLES and not block.is_daily]
    if not known:
        return None
    return Identification(Confidence.CERTAIN, f"tiene el bloque «{known[0]}», como los del público de Meta")


def _extract(upload: Upload, _answers: Answers) -> Extract:
    try:
        table = read_delimited(upload.read())
        blocks = split_blocks(table.rows)
        if not blocks:
            return Extract(refused=f"«{upload.name}» no es un archivo del público de Meta: no tiene sus bloques.")
        _refuse_turned(blocks)
    except DamagedTableError as error:
        return Extract(refused=f"«{upload.name}» {error}")
    shares = {block.line: tuple(_read_shares(block)) for block in blocks if not block.is_daily}
    is_fraction = _are_fractions([each for each in shares.values() if each])
    remarks = [
        _tell_daily(block) if block.is_daily else _tell_block(block, shares[block.line], is_fraction=is_fraction)
        for block in blocks
    ]
    return Extract(repairs=table.repairs, remarks=tuple(remarks))


def _refuse_turned(blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        for row in block.rows:
            for figure in _figures(block, row):
                if is_turned_into_date(figure):
                    raise DamagedTableError(
                        f"trae cifras que Excel convirtió en fechas ({quote(figure)}, línea {row.line}): "
                        "descárguelo otra vez de Meta, sin abrirlo en Excel."
                    )


def _figures(block: Block, row: Row) -> tuple[str, ...]:
    """The fields of a row that should be figures: all but the label, where the row has one."""
    return row.fields if _lies_down(block) else row.fields[1:]


def _lies_down(block: Block) -> bool:
    """Whether the block is written sideways: names in the header, and one row with the figure of each."""
    return len(block.rows) == 1 and bool(block.header.fields) and _is_figure(block.rows[0].fields[0])


def _is_figure(text: str) -> bool:
    return _SHARE.fullmatch(text.strip()) is not None or is_turned_into_date(text)


def _read_shares(block: Block) -> Iterator[_Share]:
    names = [name.strip() for name in block.header.fields]
    lies_down = _lies_down(block)
    for row in block.rows:
        label = "" if lies_down else row.fields[0].strip()
        offset = 0 if lies_down else 1
        for place, text in enumerate(row.fields[offset:], start=offset):
            found = _SHARE.fullmatch(text.strip())
            if found is None or is_nothing(text):
                continue
            column = names[place] if place < len(names) else ""
            yield _Share(_name(label, column, block), Decimal(found[1].replace(",", ".")))


def _name(label: str, column: str, block: Block) -> str:
    """Of a row and a column, what names the value: a lone column of figures says nothing."""
    if not label:
        return column
    return f"{label}, {column}" if column and len(block.header.fields) > 2 else label


def _are_fractions(blocks: list[tuple[_Share, ...]]) -> bool:
    """Whether the file writes shares from 0 to 1: no value above one, and no block that adds up to more.

    Blocks of counts say nothing of it.
    """
    told = [block for block in blocks if max(share.value for share in block) <= 100]
    return bool(told) and all(
        all(share.value <= 1 for share in block) and sum(share.value for share in block) <= _ROUNDING for block in told
    )


def _tell_daily(block: Block) -> str:
    return f"«{block.title}» repite la serie diaria de su propio archivo: se dejó fuera para no contarla dos veces."


def _tell_block(block: Block, shares: tuple[_Share, ...], *, is_fraction: bool) -> str:
    if not shares:
        return f"«{block.title}» no trae cifras."
    most = max(shares, key=lambda share: share.value)
    counted = count_of(len(shares), "valor", "valores")
    if most.value > 100:
        return f"«{block.title}»: {counted}; no hay una métrica para esto y no se registra."
    scale, value = ("de 0 a 1", most.value * 100) if is_fraction else ("de 0 a 100", most.value)
    told = print_number(value.normalize() if value % 1 else value.quantize(Decimal(1)))
    return (
        f"«{block.title}»: {counted} {scale}; el mayor es «{most.label}», con {told}\u00a0%. "
        "Describe al público el día de la descarga: no se registra."
    )


SOURCE = Source(
    code="meta-audience",
    name="Meta: público",
    identify=_identify,
    extract=_extract,
    says="En Meta Business Suite, Estadísticas, Público, el botón Exportar.",
)
