"""Argparse in Spanish: its own words, which it looks up one by one, translated."""

from __future__ import annotations

import argparse
from typing import Final

_WORDS: Final = {
    "usage: ": "uso: ",
    "positional arguments": "argumentos",
    "options": "opciones",
    "subcommands": "órdenes",
    "show this help message and exit": "muestra esta ayuda y termina",
    "show program's version number and exit": "muestra la versión y termina",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "falta escribir: %s. Vea «pregon --help».",
    "unrecognized arguments: %s": "no se reconoce: %s. Vea «pregon --help».",
    "expected one argument": "escriba un valor después.",
    "expected at least one argument": "escriba al menos un valor después.",
    "expected at most one argument": "escriba un solo valor.",
    "invalid %(type)s value: %(value)r": "«%(value)s» no sirve aquí.",
    "invalid choice: %(value)r (choose from %(choices)s)": "«%(value)s» no es una de: %(choices)s.",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "«%(value)s» no es una de: %(choices)s."
    ),
    "ignored explicit argument %r": "sobra el valor %r.",
    "not allowed with argument %s": "no va junto con %s.",
    "one of the arguments %s is required": "escriba uno de estos: %s.",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s puede ser %(matches)s: escríbala completa.",
}


def speak_spanish() -> None:
    """Make argparse speak Spanish in this process.

    Argparse looks its words up through the module's own `_`; setting that is the one way that needs no catalogue
    file on disk and no locale on the machine.
    """
    setattr(argparse, "_", lambda text: _WORDS.get(text, text))  # noqa: B010 -- the name is private to type checkers
    plural = {
        "expected %s argument": "escriba %s valor después.",
        "expected %s arguments": "escriba %s valores después.",
    }
    setattr(argparse, "ngettext", lambda one, many, n: plural.get(one if n == 1 else many, many))  # noqa: B010 -- as above
