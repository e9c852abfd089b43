"""An image says in words what it shows: Resolución 1519 of 2020, annex 1.

Who does not see the image is read its alternative text. The name of the file, or a word that any image deserves, tells
them nothing. Whether the words describe what is seen is for whoever approves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon_web.workflow.gate.check import Check, Draft, Remark

_EMPTY_WORDS: Final = frozenset(
    {
        "imagen",
        "foto",
        "fotografia",
        "pieza",
        "pieza grafica",
        "diseno",
        "grafico",
        "captura",
        "image",
        "picture",
        "img",
    }
)
_ENDING: Final = re.compile(r"\.(?:png|jpe?g|jfif|gif|webp|svg|heic|bmp|tiff?|pdf|psd|ai|mp4)$")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_ACCENTS: Final = str.maketrans("áéíóúüñ", "aeiouun")
_REMEDY: Final = "Suba otra versión con el texto alternativo, o diga por qué no lo necesita."


def check(draft: Draft) -> Iterator[Remark]:
    """An image without alternative text, or with one that says nothing of it."""
    if not draft.is_image:
        return
    said = draft.alternative_text.strip()
    if not said:
        yield Remark(
            "sin texto alternativo", "La imagen no tiene texto alternativo: quien no ve no sabe qué dice.", _REMEDY
        )
    elif _plain(said) == _plain(draft.file_name) or _ENDING.search(said.casefold()):
        message = f"El texto alternativo es el nombre de un archivo: «{said[:80]}»."
        yield Remark("nombre del archivo", message, _REMEDY)
    elif _plain(said) in _EMPTY_WORDS:
        yield Remark("sin descripción", f"«{said}» no dice qué muestra la imagen.", _REMEDY)


def _plain(text: str) -> str:
    """Letters and figures alone, without capitals, accents nor the ending of a file's name."""
    stem = _ENDING.sub("", text.casefold().strip())
    return _NOT_LETTERS.sub(" ", stem.translate(_ACCENTS)).strip()


def holds(draft: Draft) -> str:
    """That it has one."""
    return "Tiene texto alternativo" if draft.is_image else ""


CHECK = Check("alternative_text", "Texto alternativo", 10, check, holds)
