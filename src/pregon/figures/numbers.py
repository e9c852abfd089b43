"""Numbers as Spanish and Latin American offices print them: read one, find all, print one.

Colombian use decides what is ambiguous: the dot groups thousands and the comma opens decimals. So «2.106» is 2106 and
«34,811» is 34.811; both keep the other reading in `Amount.alternatives`.
"""

import functools
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from pregon.figures.amount import Amount
from pregon.figures.number_words import WORD_ATOMS, Atom, Kind, print_words, read_atoms
from pregon.figures.words import original_span, quote, readable

NBSP = "\u00a0"
MINUS = "\u2212"
_MINUSES = frozenset({"-", MINUS})

_SPACE = "[ \u00a0\u2009\u202f]"
_GROUPING = str.maketrans("", "", ".,'’ \u00a0\u2009\u202f")
# More digits than any count has: an identifier, which must not be rounded by Decimal's 28-digit arithmetic.
_MOST_DIGITS = 24
_SHORT = 24

_SUFFIX = re.compile("[ \u00a0\u202f]?[kK](?!\\w)|[\u00a0\u202f]?M(?!\\w)")
_SUFFIX_SCALES = {"k": Decimal(1000), "m": Decimal(10**6)}
_UNIT_AFTER = re.compile(
    r"\s?(?P<percent>%)|\s{1,2}(?P<words>por\s{1,2}cien(?:to)?)\b|\s?(?P<code>COP|USD|EUR)\b", re.IGNORECASE
)
_PER_CENT = re.compile(r"por\sciento$", re.IGNORECASE)
_NOT_A_COUNT = re.compile(r"\.?[ºª°]|-?[^\W\d_]|_|[/\\][^\W\d_]")
_GAP = re.compile("[ \u00a0\u2009\u202f\r]*\n?[ \u00a0\u2009\u202f]*")
_LONGEST_SIGN = 4

_WIDE = Context(prec=120)
_SWAP = str.maketrans(",.", ".,")


@functools.cache
def _numeral_pattern() -> re.Pattern[str]:
    """Compile one written numeral; its alternatives exclude each other, so a match never has to try twice."""
    return re.compile(
        rf"""
          (?P<whole>[0-9]+)
        | (?P<dotted>[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+) (?:,(?P<dotted_decimals>[0-9]+))?
        | (?P<comma_grouped>[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}}){{2,}}|(?:,[0-9]{{3}})+(?=\.)))
          (?:\.(?P<comma_decimals>[0-9]+))?
        | (?P<spaced>[1-9][0-9]{{0,2}}(?P<space>{_SPACE})[0-9]{{3}}(?:(?P=space)[0-9]{{3}})*)
          (?:[.,](?P<spaced_decimals>[0-9]+))?
        | (?P<marked>[1-9][0-9]{{0,2}}['’][0-9]{{3}}(?:\.[0-9]{{3}})) (?:,(?P<marked_decimals>[0-9]+))?
        | (?P<integer>[0-9]+)(?P<mark>[.,])(?P<decimals>[0-9]+)
        """,
        re.VERBOSE,
    )


@functools.cache
def _token_pattern() -> re.Pattern[str]:
    """Compile a date, a numeral with its grouping, or a word; dates are taken whole so that they give no numbers."""
    return re.compile(
        rf"""
        (?=[0-9])(?:
          (?P<date>(?<![\w.,])(?:[0-9]{{4}}([/-])[0-9]{{1,2}}\2[0-9]{{1,2}}(?!\w)
                     |(?<!/)(?:[0-9]{{1,2}}([/.-])[0-9]{{1,2}}\3[0-9]{{4}}
                              |(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])/[0-9]{{2}})(?![\w/])))
        | (?P<spaced>(?<![\w\\.,'’:])(?<![0-9]{_SPACE})[1-9][0-9]{{0,2}}
                     (?P<gap>{_SPACE})[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*
                     (?:[.,][0-9]+)?(?![0-9]|[.,:'’][0-9]|{_SPACE}[0-9]))
        | (?P<numeral>(?<![\w\\])(?<![0-9][.,:'’])[0-9](?:[0-9]|[.,'’:][0-9])*)
        )
        | (?P<word>[^\W\d_]+)
        """,
        re.VERBOSE,
    )


@functools.cache
def _sign_pattern() -> re.Pattern[str]:
    """Compile the sign and the peso mark that may stand before a number, at the end of what precedes it."""
    return re.compile(rf"(?:^|(?<=[\s(\[«“|:;=]))(?P<sign>[-{MINUS}+]?)(?P<pesos>\${_SPACE}?)?(?P<inner>[-{MINUS}]?)$")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number found in running text: `text[start:end]` and what it says."""

    start: int
    end: int
    amount: Amount


def parse_amount(text: str, *, unit: str = "") -> Amount:
    """Read a text that is one number and nothing else.

    `unit` is what the number counts when the text does not say it; a printed «%», «$» or currency code goes first.

    >>> parse_amount("48,5 %").interval
    Interval(low=Decimal('48.45'), high=Decimal('48.55'))

    Raises:
        ValueError: when the text is not one number; the message is a sentence for whoever typed it.
    """
    return _parse_short(text, unit) if len(text) <= _SHORT else _parse(text, unit)


def _parse(text: str, unit: str) -> Amount:
    # Most cells hold digits, a sign and a «%» at most: they are read without looking for anything else.
    bare, printed_unit = (text[:-1].rstrip(), "%") if text.endswith("%") else (text, unit)
    negative = bare[:1] in _MINUSES
    numeral = _numeral_pattern().fullmatch(bare, 1 if negative else 0)
    if numeral is not None and len(bare) <= _MOST_DIGITS:
        atom = _numeral_atom(numeral)
        if negative:
            return Amount(-atom.value, printed_unit, atom.ulp, text, tuple(-other for other in atom.alternatives))
        return Amount(atom.value, printed_unit, atom.ulp, text, atom.alternatives)
    amount = _parse_dressed(text, unit)
    if amount is None:
        raise ValueError(_unreadable(text))
    return amount


# The same small figures come back in the cells of a table, and each cell is read by whoever asks what it holds.
_parse_short = functools.lru_cache(maxsize=4096)(_parse)


def _parse_dressed(text: str, unit: str) -> Amount | None:
    """Read a number with sign, unit, words or odd spaces around it; None when it is not one."""
    clean = readable(text)[0].strip().removeprefix("≈").removeprefix("~").strip()
    if unit and clean.endswith(unit) and unit != "%":
        clean = clean.removesuffix(unit).rstrip()
    if clean[:1] in {*_MINUSES, "–", "+"}:
        # alone in its cell, any dash before a number is a minus, even a loose one
        clean = ("-" if clean[0] != "+" else "+") + clean[1:].lstrip()
    mentions = _mentions(clean, lone_words=True)
    if len(mentions) != 1 or mentions[0].start != 0 or mentions[0].end != len(clean):
        return None
    found = mentions[0].amount
    return Amount(found.value, found.unit or unit, found.ulp, text, found.alternatives)


def find_amounts(text: str) -> tuple[NumberMention, ...]:
    """Find the numbers of a running text, in order, each as long as it goes.

    Figures and words count («10 mil 848», «doscientas setenta y tres»); a lone «uno» or «una» does not, being mostly
    an article. Whole dates, hours, ordinals («4.º»), addresses (192.168.2.6) and digits inside codes (T-095, T4) are
    not numbers; laws and years are, for the caller to judge.
    """
    clean, positions = readable(text)
    mentions = _mentions(clean, lone_words=False)
    if positions is None:
        return mentions
    return tuple(
        NumberMention(*original_span(positions, mention.start, mention.end), mention.amount) for mention in mentions
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """An atom and the span of the text that it takes."""

    atom: Atom
    start: int
    end: int


def _mentions(text: str, *, lone_words: bool) -> tuple[NumberMention, ...]:
    found: list[NumberMention] = []
    run: list[_Placed] = []
    for placed in _placed_atoms(text):
        if run and not _adjoin(text, run[-1].end, placed.start):
            found.extend(_read_run(text, run, lone_words=lone_words))
            run = []
        run.append(placed)
    found.extend(_read_run(text, run, lone_words=lone_words))
    # «cien por cien»: the second word is already the unit of the first
    return tuple(
        mention for position, mention in enumerate(found) if not position or mention.start >= found[position - 1].end
    )


def _placed_atoms(text: str) -> list[_Placed]:
    placed: list[_Placed] = []
    for token in _token_pattern().finditer(text):
        kind = token.lastgroup
        if kind == "word":
            atom = WORD_ATOMS.get(token.group().lower())
            if atom is not None and not _PER_CENT.match(text, max(0, token.start() - 4), token.end()):
                placed.append(_Placed(atom, token.start(), token.end()))
        elif kind != "date":
            numeral = _placed_numeral(text, token)
            if numeral is not None:
                placed.append(numeral)
    return placed


def _placed_numeral(text: str, token: re.Match[str]) -> _Placed | None:
    """Read the numeral of a token, with its K or M; None when it is part of something else."""
    start, end = token.span()
    if end - start > _MOST_DIGITS:
        return None
    numeral = _numeral_pattern().fullmatch(token.group())
    if numeral is None or _follows_a_code(text, start):
        return None
    atom = _numeral_atom(numeral)
    suffix = _SUFFIX.match(text, end)
    if suffix is not None:
        scale = _SUFFIX_SCALES[suffix.group()[-1].lower()]
        atom = Atom(Kind.CLOSED, atom.value * scale, (atom.ulp or Decimal(1)) * scale)
        return _Placed(atom, start, suffix.end())
    if _NOT_A_COUNT.match(text, end):
        return None
    return _Placed(atom, start, end)


def _follows_a_code(text: str, start: int) -> bool:
    """Say whether what stands before makes the digits part of a code: «T-095», «/2025/T4-3»."""
    return start >= 2 and text[start - 1] in "-/_" and (text[start - 2].isalpha() or text[start - 2] in "/\\_")


def _numeral_atom(numeral: re.Match[str]) -> Atom:
    """Read one matched numeral: its value, its last place when it has decimals, its other reading when it has one."""
    group = numeral.group
    digits = group("whole")
    if digits is not None:
        return Atom(Kind.NUMERAL, Decimal(digits))
    if group("mark") is not None:
        return _plain_decimal(group("integer"), group("mark"), group("decimals"))
    grouped = group("dotted") or group("comma_grouped") or group("spaced") or group("marked")
    decimals = (
        group("dotted_decimals") or group("comma_decimals") or group("spaced_decimals") or group("marked_decimals")
    )
    whole = grouped.translate(_GROUPING)
    if decimals is not None:
        return Atom(Kind.NUMERAL, Decimal(f"{whole}.{decimals}"), _last_place(decimals))
    if group("dotted") is not None and grouped.count(".") == 1:
        return Atom(Kind.NUMERAL, Decimal(whole), alternatives=(Decimal(grouped),))
    return Atom(Kind.NUMERAL, Decimal(whole))


def _plain_decimal(integer: str, mark: str, decimals: str) -> Atom:
    """Read «48,5» or «48.50»; «34,811» could have been thousands written in English."""
    value = Decimal(f"{integer}.{decimals}")
    could_be_thousands = mark == "," and len(decimals) == 3 and len(integer) <= 3 and integer[0] != "0"
    alternatives = (Decimal(integer + decimals),) if could_be_thousands else ()
    return Atom(Kind.NUMERAL, value, _last_place(decimals), alternatives)


def _last_place(decimals: str) -> Decimal:
    return Decimal((0, (1,), -len(decimals)))


def _adjoin(text: str, end: int, start: int) -> bool:
    """Say whether only space stands between: no tab, which parts cells, and one line break at most."""
    return _GAP.fullmatch(text, end, start) is not None


def _read_run(text: str, run: list[_Placed], *, lone_words: bool) -> list[NumberMention]:
    """Read every number of a run of neighbouring atoms, each as long as it goes."""
    atoms = [placed.atom for placed in run]
    found = []
    position = 0
    while position < len(run):
        amount, taken = read_atoms(atoms, position)
        if not taken:
            position += 1
            continue
        first = run[position]
        worth_telling = lone_words or taken > 1 or first.atom.kind is not Kind.SMALL or first.atom.value > 1
        if worth_telling:
            found.append(_dressed_mention(text, first.start, run[position + taken - 1].end, amount))
        position += taken
    return found


def _dressed_mention(text: str, start: int, end: int, amount: Amount) -> NumberMention:
    """Add the sign and the unit that stand around a number."""
    unit = amount.unit
    value, alternatives = amount.value, amount.alternatives
    before = _sign_pattern().search(text[max(0, start - _LONGEST_SIGN) : start]) if start else None
    if before is not None and before.group():
        signs = before.group("sign") + before.group("inner")
        if signs.strip("+"):
            value, alternatives = -value, tuple(-other for other in alternatives)
        unit = "COP" if before.group("pesos") else unit
        start -= len(before.group())
    after = _UNIT_AFTER.match(text, end)
    if after is not None:
        unit = after.group("code").upper() if after.group("code") else "%"
        end = after.end()
    return NumberMention(start, end, Amount(value, unit, amount.ulp, text[start:end], alternatives))


def _unreadable(text: str) -> str:
    """Say in one sentence or two why a text is not a number and what to write instead."""
    if not text.strip():
        return "Falta el número. Escriba una cifra, por ejemplo 2.100."
    if any(character.isalpha() for character in text):
        return f"{quote(text)} tiene letras. Escriba solo números, por ejemplo 2.100."
    return f"{quote(text)} no es un número. Escríbalo con punto de miles y coma decimal, por ejemplo 1.234,5."


def ask_reading(amount: Amount) -> str:
    """Ask which reading of an ambiguous number is meant; "" when it has only one."""
    if not amount.alternatives:
        return ""
    readings = sorted((abs(amount.value), abs(amount.alternatives[0])))
    short, long = (print_words(int(reading)) for reading in readings)
    return f"¿«{amount.raw.strip()}» es {long}, o {short} con decimales? Elija una."


def print_number(value: Decimal | int, *, decimals: int | None = None) -> str:
    """Print a number as Colombia does: 34811 → «34.811», -1 → «−1», 48.5 → «48,5».

    With `decimals` it is rounded to that many, halves away from zero; without, every digit shows.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("Solo se imprimen números finitos. Revise la cuenta que dio este.")
    if decimals is not None:
        number = number.quantize(Decimal((0, (1,), -decimals)), ROUND_HALF_UP, _WIDE)
    sign = MINUS if number < 0 else ""
    return sign + f"{number.copy_abs():,f}".translate(_SWAP)


def print_amount(amount: Amount) -> str:
    """Print an amount with its unit: «48,5 %» with a hard space, «$1.500.000» for pesos, «15 h» for any other.

    The decimals are those the amount knows; `parse_amount` reads the same amount back.
    """
    shown = max(_decimals(amount.value), _decimals(amount.ulp))
    number = print_number(amount.value, decimals=shown)
    if not amount.unit:
        return number
    if amount.unit == "COP":
        return f"{MINUS}${number[1:]}" if number.startswith(MINUS) else f"${number}"
    return f"{number}{NBSP}{amount.unit}"


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def count_of(number: int, singular: str, plural: str) -> str:
    """Print a count that agrees with its noun: «1 publicación», «273 publicaciones», «0 publicaciones»."""
    return f"{print_number(number)} {singular if abs(number) == 1 else plural}"
