"""Reading a formula: from what somebody wrote to its tree, or to the place where it cannot be read.

    formula := term (("+" | "−") term)*
    term    := factor (("×" | "÷") factor)*
    factor  := ("+" | "−") factor | number | "100 %" | name | "(" formula ")"

A name is written as its code («solicitudes_a_tiempo») or in words («Solicitudes a tiempo»); `*`, `/`, `:`, `x` before a
number and the plain hyphen are understood too. Numbers are Spanish or plain decimals; one that can be read in two ways
is asked about. Nothing raises for what a person wrote: it is a `FormulaFault` with one sentence and its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from pregon.figures.spanish import fold, parse_amount
from pregon.records.formula import Formula, FormulaFault, Name, Node, Number, Operation, Opposite, Sign

MOST_LETTERS: Final = 300
MOST_DEPTH: Final = 20
_MOST_DIGITS: Final = 15
_HUNDRED: Final = Decimal(100)


def parse_formula(text: str, labels: Mapping[str, str]) -> Formula | FormulaFault:
    """Read a formula. `labels` are the quantities there are, by code: the words each is called."""
    clean = unicodedata.normalize("NFC", text)
    if len(clean) > MOST_LETTERS:
        message = f"La fórmula tiene {len(clean)} letras y el máximo es {MOST_LETTERS}. Escríbala con los códigos."
        return FormulaFault(message, clean, MOST_LETTERS, len(clean))
    try:
        return Formula(clean, _Parser(clean, labels).read())
    except _Unreadable as error:
        return error.fault


class _Unreadable(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, fault: FormulaFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch of the text: its kind, what it says, and where."""

    kind: str
    text: str
    start: int
    end: int


_SIGNS: Final = {
    "+": Sign.PLUS,
    "-": Sign.MINUS,
    "−": Sign.MINUS,
    "–": Sign.MINUS,
    "*": Sign.TIMES,
    "×": Sign.TIMES,
    "·": Sign.TIMES,
    "/": Sign.OVER,
    "÷": Sign.OVER,
    ":": Sign.OVER,
}
_TOKEN: Final = re.compile(
    r"(?P<space>\s+)|(?P<number>[0-9][0-9.,]*)|(?P<times>[xX](?=\s*[0-9(]))|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign>[+\-−–*×·/÷:])|(?P<open>\()|(?P<close>\))|(?P<percent>%)|(?P<other>.)",
    re.DOTALL,
)
_NO_WORD: Final = re.compile(r"\W+")


def spell(words: str) -> str:
    """How a name is looked for: «Solicitudes a tiempo» is «solicitudes_a_tiempo»."""
    return _NO_WORD.sub("_", fold(words)).strip("_")


class _Parser:
    """Reads by recursive descent: one method for each line of the grammar."""

    def __init__(self, text: str, labels: Mapping[str, str]) -> None:
        self._text = text
        self._codes = {spell(label): code for code, label in labels.items()} | {spell(code): code for code in labels}
        self._tokens = _tokenize(text)
        self._at = 0
        self._depth = 0

    def read(self) -> Node:
        if not self._tokens:
            raise self._refuse("Escriba la fórmula, por ejemplo solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100.")
        node = self._formula()
        left = self._peek()
        if left is not None:
            raise self._refuse(_unexpected(left), left)
        return node

    def _formula(self) -> Node:
        node = self._term()
        while (sign := self._take_sign(Sign.PLUS, Sign.MINUS)) is not None:
            node = Operation(sign, node, self._term())
        return node

    def _term(self) -> Node:
        node = self._factor()
        while (sign := self._take_sign(Sign.TIMES, Sign.OVER)) is not None:
            node = Operation(sign, node, self._factor())
        return node

    def _factor(self) -> Node:
        token = self._peek()
        if token is None:
            raise self._refuse("A la fórmula le falta lo que sigue: una cantidad de la lista o un número.")
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise self._refuse(f"Hay más de {MOST_DEPTH} paréntesis o signos uno dentro de otro. Simplifíquela.", token)
        node = self._inner(token)
        self._depth -= 1
        return node

    def _inner(self, token: _Token) -> Node:
        sign = self._take_sign(Sign.PLUS, Sign.MINUS)
        if sign is not None:
            inner = self._factor()
            return Opposite(inner) if sign is Sign.MINUS else inner
        if token.kind == "open":
            return self._group(token)
        if token.kind == "number":
            return self._number(token)
        if token.kind == "word":
            return self._name()
        raise self._refuse(_unexpected(token), token)

    def _group(self, opening: _Token) -> Node:
        self._at += 1
        node = self._formula()
        closing = self._peek()
        if closing is None:
            raise self._refuse("Este paréntesis se abre y no se cierra.", opening)
        if closing.kind != "close":
            raise self._refuse(_unexpected(closing), closing)
        self._at += 1
        return node

    def _number(self, token: _Token) -> Node:
        self._at += 1
        if sum(letter.isdigit() for letter in token.text) > _MOST_DIGITS:
            raise self._refuse(f"Ese número tiene más de {_MOST_DIGITS} cifras.", token)
        try:
            amount = parse_amount(token.text)
        except ValueError as error:
            raise self._refuse(str(error), token) from error
        if amount.alternatives:
            first, second = (_write_plainly(each) for each in (amount.value, amount.alternatives[0]))
            raise self._refuse(f"«{token.text}» se puede leer de dos maneras. Escriba {first} o {second}.", token)
        following = self._peek()
        if following is not None and following.kind == "percent":
            if amount.value != _HUNDRED:
                raise self._refuse("Escriba ese porcentaje como decimal: 0,05 en lugar de 5 %.", token, following)
            self._at += 1
        return Number(amount.value)

    def _name(self) -> Node:
        """The longest run of words that is a name: «solicitudes a tiempo»."""
        run = []
        while (token := self._peek()) is not None and token.kind == "word":
            run.append(token)
            self._at += 1
        for length in range(len(run), 0, -1):
            code = self._codes.get(spell(self._text[run[0].start : run[length - 1].end]))
            if code is not None:
                self._at -= len(run) - length
                return Name(code)
        written = self._text[run[0].start : run[-1].end]
        close = get_close_matches(spell(written), list(self._codes), n=1, cutoff=0.6)
        hint = f"¿Quiso decir «{self._codes[close[0]]}»?" if close else "Elija una cantidad de la lista."
        shown = written if len(written) <= 60 else f"{written[:59]}…"
        raise self._refuse(f"«{shown}» no está en la lista. {hint}", run[0], run[-1])

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take_sign(self, *wanted: Sign) -> Sign | None:
        token = self._peek()
        if token is None or token.kind not in {"sign", "times"}:
            return None
        sign = Sign.TIMES if token.kind == "times" else _SIGNS[token.text]
        if sign not in wanted:
            return None
        self._at += 1
        return sign

    def _refuse(self, message: str, first: _Token | None = None, last: _Token | None = None) -> _Unreadable:
        """The fault at one token, from one to another, or at the end of the text."""
        start = first.start if first else len(self._text)
        ending = last or first
        return _Unreadable(FormulaFault(message, self._text, start, ending.end if ending else len(self._text)))


def _tokenize(text: str) -> list[_Token]:
    found = _TOKEN.finditer(text)
    return [
        _Token(str(match.lastgroup), match.group(), match.start(), match.end())
        for match in found
        if match.lastgroup != "space"
    ]


def _write_plainly(value: Decimal) -> str:
    """A number without dots of thousands, which reads back in one way only."""
    whole, _, decimals = f"{value.normalize():f}".partition(".")
    return f"{whole},{decimals}{'0' * (len(decimals) == 3)}" if decimals else whole


def _unexpected(token: _Token) -> str:
    match token.kind:
        case "close":
            return "Este paréntesis se cierra y no se había abierto, o no tiene nada dentro."
        case "percent":
            return "El signo % sobra. Para dar el resultado en porcentaje, termine con × 100."
        case "other":
            return f"«{token.text}» no se usa en una fórmula. Use + − × ÷ y paréntesis."
        case "sign" | "times":
            return f"Antes de «{token.text}» falta una cantidad de la lista o un número."
        case _:
            return f"Antes de «{token.text}» falta un signo: + − × ÷."
