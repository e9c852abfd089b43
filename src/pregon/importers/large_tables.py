"""Tables of text too large to hold: blocks of whole rows, read one after another, in memory that does not grow.

A block ends at a line end outside quotes: where the quotes before it are even in number, as every program writes them.
Each block is read by polars, which is several times faster than Python; where polars finds fault with a block, Python
reads it, so that what a large file gives and what is said of it is what `delimited` would give and say.
"""

from __future__ import annotations

import codecs
import io
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pregon.importers.delimited import (
    MAXIMUM_COLUMNS,
    DamagedTableError,
    Row,
    decode,
    inner_separator,
    is_wrapped,
    parse_rows,
    take_separator,
    unwrap,
)

if TYPE_CHECKING:
    import polars as pl

BLOCK_BYTES: Final = 8 * 1024 * 1024
_LONGEST_BLOCK: Final = 4 * BLOCK_BYTES
_MOST_GROUPS: Final = 400_000
"""How many groups are held apart before they are put together."""
_MARKS: Final = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_SAMPLE_ROWS: Final = 2_000
_WORKERS: Final = 2
_COUNT: Final = "count"
_KEY: Final = "k"

Shape = Callable[["pl.Expr"], "pl.Expr"]


@dataclass(frozen=True, slots=True)
class LargeTable:
    """A large table as its beginning shows it.

    Attributes:
        header: its first row with words.
        sample: the first rows behind it.
        is_rewrapped: every row stands in quotes a second time.
        repairs: what was damaged and is mended while reading.
    """

    path: Path
    encoding: str
    separator: str
    header: Row
    sample: tuple[Row, ...]
    is_rewrapped: bool
    repairs: tuple[str, ...]

    def count_groups(self, columns: Sequence[Sequence[int]], shorten: Shape | None = None) -> Groups:
        """How many rows say the same in some columns: each the first of its places that says something.

        `shorten` is done to the first column, so that groups stay few.

        Raises:
            DamagedTableError: a block cannot be read.
        """
        grouping = _Grouping(self, columns, shorten)
        if self.is_rewrapped:
            grouping.take_rows(self.iterate_rows())
        else:
            grouping.take_blocks()
        return Groups(tuple(grouping.frames))

    def iterate_rows(self) -> Iterator[Row]:
        """The rows behind the header, read by Python, one after another.

        Raises:
            DamagedTableError: a quote never closes, or a row cannot be read.
        """
        line = 0
        for block in iterate_blocks(self.path, self.encoding):
            text = _decode(block)
            for row in parse_rows(text, self.separator, line):
                told = unwrap(row, self.separator) if self.is_rewrapped and not row.is_blank else row
                if told.line > self.header.line and not told.is_blank:
                    yield told
            line += text.count("\n")


@dataclass(frozen=True, slots=True)
class Groups:
    """How many rows of a table say the same in some columns."""

    frames: tuple[pl.DataFrame, ...]
    """One a block or several: a group may stand in many."""

    @property
    def total(self) -> int:
        """All the rows counted."""
        return sum(int(frame[_COUNT].sum()) for frame in self.frames)

    def distinct(self, number: int) -> list[str]:
        """What the rows say in one of the columns, each once, in order."""
        return sorted({words for frame in self.frames for words in frame[f"{_KEY}{number}"].unique()})

    def renamed(self, number: int, words: Mapping[str, str]) -> Counter[tuple[str, ...]]:
        """How many rows are in each group when one column has other words."""
        import polars as pl

        key = f"{_KEY}{number}"
        found: Counter[tuple[str, ...]] = Counter()
        for frame in self.frames:
            keys = frame.columns[:-1]
            own = frame[key].unique().to_list()
            renamed = frame.with_columns(
                pl.col(key).replace_strict(own, [words[each] for each in own], return_dtype=pl.String)
            )
            for *told, count in renamed.group_by(keys).agg(pl.col(_COUNT).sum()).iter_rows():
                found[tuple(told)] += count
        return found


def open_large(path: Path) -> LargeTable:
    """Look at the beginning of a large table.

    Raises:
        DamagedTableError: it is no table of text.
    """
    with path.open("rb") as stream:
        head = stream.read(BLOCK_BYTES)
    text, encoding, repairs = decode(head, is_whole=False)
    separator, skipped, text = take_separator(text)
    rows = _read_sample(parse_rows(text, separator, skipped), is_whole=len(head) < BLOCK_BYTES)
    if not rows:
        raise DamagedTableError("no tiene filas: descárguelo otra vez.")
    is_rewrapped = is_wrapped(rows)
    if is_rewrapped:
        separator = inner_separator(rows)
        rows = [unwrap(row, separator) for row in rows]
        repairs += ("Cada fila venía entre comillas una segunda vez: se quitaron.",)
    return LargeTable(path, encoding, separator, rows[0], tuple(rows[1:]), is_rewrapped, repairs)


def _read_sample(parsed: Iterator[Row], *, is_whole: bool) -> list[Row]:
    """The header and the first rows; what was looked at may be cut inside a row."""
    rows: list[Row] = []
    try:
        for row in parsed:
            _check_width(row)
            if not row.is_blank:
                rows.append(row)
            if len(rows) > _SAMPLE_ROWS:
                break
    except DamagedTableError:
        if is_whole or len(rows) < 2:
            raise
    return rows


def _check_width(row: Row) -> None:
    if len(row.fields) > MAXIMUM_COLUMNS:
        raise DamagedTableError(
            f"tiene más de {MAXIMUM_COLUMNS} columnas en la línea {row.line}: no es una exportación."
        )


def _decode(block: bytes) -> str:
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedTableError("tiene letras dañadas: descárguelo otra vez de la plataforma.") from error


def iterate_blocks(path: Path, encoding: str, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The file as UTF-8, in blocks that end with a row.

    Raises:
        DamagedTableError: a quote never closes, or bytes are no text in that encoding.
    """
    rest = b""
    for piece in _iterate_pieces(path, encoding, size):
        if b"\x00" in piece:
            raise DamagedTableError("tiene bytes que no son texto: descárguelo otra vez de la plataforma.")
        block = rest + piece if rest else piece
        end = _find_row_end(block)
        if end:
            yield block[:end]
        rest = block[end:]
        if len(rest) > _LONGEST_BLOCK:
            raise DamagedTableError("tiene una comilla sin cerrar: descárguelo otra vez de la plataforma.")
    if rest:
        yield rest


def _iterate_pieces(path: Path, encoding: str, size: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding == "cp1252" else "strict")
    with path.open("rb") as stream:
        mark = _MARKS.get(encoding, b"")
        if stream.read(len(mark)) != mark:
            stream.seek(0)
        try:
            while piece := stream.read(size):
                yield piece if encoding == "utf-8" else decoder.decode(piece).encode()
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise DamagedTableError("tiene letras dañadas: descárguelo otra vez de la plataforma.") from error


def _find_row_end(block: bytes) -> int:
    """Where the last whole row ends: behind the last line end with an even number of quotes before it; 0 for none."""
    quotes = block.count(b'"')
    end = len(block)
    while (found := block.rfind(b"\n", 0, end)) >= 0:
        quotes -= block.count(b'"', found, end)
        if quotes % 2 == 0:
            return found + 1
        end = found
    return 0


def _first_word(row: Row, places: Sequence[int]) -> str:
    told = (row.fields[place].strip() for place in places if place < len(row.fields))
    return next((words for words in told if words), "")


class _Grouping:
    """The count of a table's groups, block by block."""

    def __init__(self, table: LargeTable, columns: Sequence[Sequence[int]], shorten: Shape | None) -> None:
        import polars as pl

        self._table = table
        self._columns = columns
        self._schema = {f"c{place}": pl.String for place in range(len(table.header.fields))}
        self._shorten = shorten
        self._keys = [f"{_KEY}{number}" for number in range(len(columns))]
        self._group_schema = {**dict.fromkeys(self._keys, pl.String), _COUNT: pl.Int64}
        self._selected = [self._select(number, shorten if number == 0 else None) for number in range(len(columns))]
        self.frames: list[pl.DataFrame] = []
        self._held = 0

    def _select(self, number: int, shorten: Shape | None) -> pl.Expr:
        import polars as pl

        told = [pl.col(f"c{place}").str.strip_chars() for place in self._columns[number]]
        words = pl.coalesce(*(pl.when(each != "").then(each) for each in told), pl.lit("")) if told else pl.lit("")
        return (shorten(words) if shorten is not None else words).alias(self._keys[number])

    def take_blocks(self) -> None:
        """Count the whole table: the next blocks are cut while polars reads those before."""
        with ThreadPoolExecutor(_WORKERS) as pool:
            waiting: deque[tuple[int, bytes, Future[pl.DataFrame]]] = deque()
            for number, block in enumerate(iterate_blocks(self._table.path, self._table.encoding)):
                body = _cut_header(block, self._table) if number == 0 else block
                waiting.append((number, body, pool.submit(self._group, body)))
                if len(waiting) > _WORKERS:
                    self._take(*waiting.popleft())
            while waiting:
                self._take(*waiting.popleft())

    def _take(self, number: int, body: bytes, grouped: Future[pl.DataFrame]) -> None:
        import polars as pl

        try:
            frame = grouped.result()
        except (pl.exceptions.PolarsError, OverflowError):
            above = self._count_lines(number) if number else self._table.header.line
            self.take_rows(row for row in parse_rows(_decode(body), self._table.separator, above) if not row.is_blank)
            return
        self.frames.append(frame)
        self._held += frame.height
        if self._held > _MOST_GROUPS:
            self.frames = [self._together()]
            self._held = self.frames[0].height

    def take_rows(self, rows: Iterator[Row]) -> None:
        """Count rows that Python reads."""
        import polars as pl

        counts = Counter(tuple(_first_word(row, places) for places in self._columns) for row in rows)
        words = {key: [told[place] for told in counts] for place, key in enumerate(self._keys)}
        frame = pl.DataFrame({**words, _COUNT: list(counts.values())}, schema=self._group_schema)
        shortened = [(self._shorten or (lambda words: words))(pl.col(self._keys[0])), *self._keys[1:]]
        self.frames.append(frame.group_by(shortened).agg(pl.col(_COUNT).sum()))

    def _group(self, body: bytes) -> pl.DataFrame:
        """The groups of a block."""
        import polars as pl

        if not body.strip():
            return pl.DataFrame(schema=self._group_schema)
        separator = self._table.separator
        rows = pl.scan_csv(io.BytesIO(body), has_header=False, schema=self._schema, separator=separator, eol_char="\n")
        groups = rows.select(self._selected).group_by(self._keys).agg(pl.len().cast(pl.Int64).alias(_COUNT))
        return groups.collect(engine="streaming")

    def _together(self) -> pl.DataFrame:
        """The groups of all blocks so far."""
        import polars as pl

        return pl.concat(self.frames).group_by(self._keys).agg(pl.col(_COUNT).sum())

    def _count_lines(self, number: int) -> int:
        """How many lines are above a block: counted again, for the sentence of a fault only."""
        blocks = iterate_blocks(self._table.path, self._table.encoding)
        return sum(block.count(b"\n") for _, block in zip(range(number), blocks, strict=False))


def _cut_header(block: bytes, table: LargeTable) -> bytes:
    """The first block without what stands above the first row; the header has no line end inside."""
    for _ in range(table.header.line):
        block = block.partition(b"\n")[2]
    return block
