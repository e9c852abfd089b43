"""What is said of a file that cannot be read: every sentence in one place, so that all formats speak alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from pregon.document.unreadable import UnreadableFile, Why

_MEGABYTE = 1024 * 1024
_ORDER = ("Word", "PDF", "Excel", "HTML", "OpenDocument", "CSV", "Markdown")
_PROGRAMS = {  # by ending; "" where no program saves the file anew from itself
    **dict.fromkeys((".pdf", ".html", ".htm", ".xhtml", ".txt", ".md"), ""),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".csv"), "Excel"),
    **dict.fromkeys((".odt", ".ott", ".ods", ".ots"), "LibreOffice"),
}


def damaged(name: str) -> UnreadableFile:
    """The file is of a kind we read, and broken or cut short."""
    program = _PROGRAMS.get(PurePath(name).suffix.casefold(), "Word")
    remedy = (
        f"Ábralo en {program}, guárdelo otra vez y súbalo."
        if program
        else "Pida el archivo otra vez a quien lo hizo y súbalo."
    )
    return UnreadableFile(Why.DAMAGED, f"No pudimos leer «{name}»: está dañado o incompleto. {remedy}")


def protected(name: str) -> UnreadableFile:
    """The file opens with a password alone."""
    program = _PROGRAMS.get(PurePath(name).suffix.casefold(), "Word")
    menu = "Propiedades" if program == "LibreOffice" else "Información"
    remedy = (
        f"Quítela en {program} (Archivo, {menu}) y súbalo de nuevo."
        if program
        else "Pida una copia sin contraseña a quien lo hizo y súbala."
    )
    return UnreadableFile(Why.PASSWORD, f"«{name}» tiene contraseña. {remedy}")


def too_large(name: str, size: int, maximum: int) -> UnreadableFile:
    """The file weighs more than `maximum` bytes."""
    return UnreadableFile(
        Why.TOO_LARGE,
        f"«{name}» pesa {_megabytes(size)} MB y el máximo es {maximum // _MEGABYTE} MB. "
        "Comprima sus imágenes o súbalo por partes.",
    )


def too_large_inside(name: str, size: int, maximum: int) -> UnreadableFile:
    """A zipped file that would take more than `maximum` bytes once unpacked."""
    return UnreadableFile(
        Why.TOO_LARGE,
        f"«{name}» pesa {_megabytes(size)} MB al descomprimirlo y el máximo es {maximum // _MEGABYTE} MB. "
        "Comprima sus imágenes o súbalo por partes.",
    )


def too_many(name: str, things: str) -> UnreadableFile:
    """The file holds more of something than can be read: «más de 200.000 celdas»."""
    return UnreadableFile(Why.TOO_LARGE, f"«{name}» tiene {things}. Súbalo por partes.")


def too_much_memory(name: str) -> UnreadableFile:
    """Reading took more memory than it may."""
    return UnreadableFile(
        Why.TOO_LARGE, f"«{name}» es demasiado grande para leerlo. Comprima sus imágenes o súbalo por partes."
    )


def too_slow(name: str, seconds: int) -> UnreadableFile:
    """Reading took longer than it may."""
    limit = "1 segundo" if seconds == 1 else f"{seconds} segundos"
    return UnreadableFile(Why.TOO_SLOW, f"Leer «{name}» tardó más de {limit} y se detuvo. No se guardó nada.")


def scanned(name: str) -> UnreadableFile:
    """Pages that are pictures, with no text."""
    return UnreadableFile(Why.SCANNED, f"«{name}» es una imagen: no tiene texto para leer. Suba el Word original.")


def empty(name: str) -> UnreadableFile:
    """A file of no bytes, or with nothing in it to read."""
    return UnreadableFile(
        Why.EMPTY, f"«{name}» está vacío: no tiene nada para leer. Suba el archivo que tiene el informe."
    )


def wrong_kind(name: str, kind: str, read: Sequence[str]) -> UnreadableFile:
    """A file of a kind that no reader reads; `kind` names it («PowerPoint»), `read` are the names of those that are."""
    names = sorted(set(read), key=lambda each: (_ORDER.index(each) if each in _ORDER else len(_ORDER), each))
    listed = f"{', '.join(names[:-1])} y {names[-1]}" if len(names) > 1 else "".join(names)
    return UnreadableFile(Why.WRONG_KIND, f"Pregón lee {listed}. «{name}» es {kind}.")


def too_old(name: str, kind: str, program: str, suffix: str) -> UnreadableFile:
    """A file of an old kind that cannot be read here; `program` saves it as one that can."""
    return UnreadableFile(
        Why.WRONG_KIND, f"«{name}» es {kind}. Ábralo en {program}, guárdelo como {suffix} y súbalo de nuevo."
    )


def misnamed(name: str, claimed: str, found: str, suffix: str) -> UnreadableFile:
    """A file whose ending says one kind and whose content is another."""
    renamed = PurePath(name).with_suffix(suffix).name
    return UnreadableFile(
        Why.WRONG_KIND,
        f"«{name}» tiene nombre de {claimed} y por dentro es {found}. "
        f"Cámbiele el nombre a «{renamed}» y súbalo de nuevo.",
    )


def missing(name: str) -> UnreadableFile:
    """No file has that name."""
    return UnreadableFile(Why.MISSING, f"No encontramos «{name}». Revise el nombre y la carpeta.")


def folder(name: str) -> UnreadableFile:
    """A folder where a file was expected."""
    return UnreadableFile(Why.WRONG_KIND, f"«{name}» es una carpeta. Elija un archivo que esté dentro de ella.")


def forbidden(name: str) -> UnreadableFile:
    """The file is there and this person or process may not open it."""
    return UnreadableFile(
        Why.MISSING, f"No pudimos abrir «{name}»: este usuario no tiene permiso para leerlo. Pídale permiso a su dueño."
    )


def _megabytes(size: int) -> int:
    """Whole megabytes, rounded up: what is over the limit never reads as equal to it."""
    return -(-size // _MEGABYTE)
