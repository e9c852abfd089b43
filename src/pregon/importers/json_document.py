"""JSON as platforms write it and people damage it: bytes → plain values, within bounds, nothing read two ways."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

from pregon.importers.delimited import MAXIMUM_BYTES, DamagedTableError, decode

LONGEST_NUMBER: Final = 30
"""Digits: what is longer is no count of anything."""


class DamagedJsonError(Exception):
    """The bytes are no JSON that can be read; the text is one Spanish sentence without its subject."""


def read_json(content: bytes) -> tuple[Any, tuple[str, ...]]:
    """The values of a JSON file, numbers with a point as `Decimal`, and the repairs that reading it took.

    Raises:
        DamagedJsonError: it is too large, is cut, says a key twice, or holds what JSON has not.
    """
    if len(content) > MAXIMUM_BYTES:
        raise DamagedJsonError(f"pesa más de {MAXIMUM_BYTES // 1024 // 1024} MB: descárguelo por periodos más cortos.")
    try:
        text, _, repairs = decode(content)
        values = json.loads(
            text.lstrip("\ufeff"),
            object_pairs_hook=_make_object,
            parse_int=_read_int,
            parse_float=_read_decimal,
            parse_constant=_refuse_constant,
        )
    except DamagedTableError as error:
        raise DamagedJsonError(str(error)) from error
    except json.JSONDecodeError as error:
        raise DamagedJsonError(
            f"está cortado o dañado en la línea {error.lineno}: descárguelo otra vez de la plataforma."
        ) from error
    except RecursionError as error:
        raise DamagedJsonError("tiene demasiados niveles: no es una exportación.") from error
    return values, repairs


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise DamagedJsonError(f"dice dos veces «{key[:40]}»: descárguelo otra vez de la plataforma.")
        made[key] = value
    return made


def _read_int(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise DamagedJsonError("tiene un número de demasiadas cifras: no es una exportación.")
    return int(text)


def _read_decimal(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise DamagedJsonError("tiene un número de demasiadas cifras: no es una exportación.")
    return Decimal(text)


def _refuse_constant(text: str) -> None:
    raise DamagedJsonError(f"tiene «{text}» donde va un número: descárguelo otra vez de la plataforma.")
