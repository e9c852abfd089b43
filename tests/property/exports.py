"""Exports handed to the importers by the property tests: bytes in, one receipt and its figures out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pregon.importers.base import open_upload
from pregon.importers.intake import Receipt, receive

Record = tuple[str, str, int | None]
"""A metric, a period and a value."""


def read(content: bytes, answers: dict[str, str] | None = None, *, name: str = "archivo", source: str = "") -> Receipt:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        (receipt,) = receive([open_upload(path)], answers, source=source)
    return receipt


def records(receipt: Receipt) -> set[Record]:
    told = [
        (each.metric, str(each.period), None if each.amount is None else int(each.amount.value))
        for each in receipt.extract.observations
    ]
    assert len(set(told)) == len(told)
    return set(told)
