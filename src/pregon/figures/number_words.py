"""Number words: writing them («doscientas setenta y tres») and adding them up while reading."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pregon.figures.amount import Amount

_SMALL = (
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
)
_TENS = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
)
_PLAIN = str.maketrans("áéíóú", "aeiou")


class Kind(Enum):
    """What an atom of a number does in it."""

    NUMERAL = "digits: «147», «2,5»"
    CLOSED = "digits with their own scale, «112K»: nothing may follow"
    SMALL = "one to twenty-nine"
    TENS = "thirty to ninety"
    HUNDREDS = "a hundred to nine hundred"
    SCALE = "thousand, million, million million"
    AND = "«y»"


@dataclass(frozen=True, slots=True)
class Atom:
    """One word or one numeral inside a number; `ulp` and `alternatives` are the numeral's."""

    kind: Kind
    value: Decimal
    ulp: Decimal = Decimal(0)
    alternatives: tuple[Decimal, ...] = ()


def _word_atoms() -> dict[str, Atom]:
    """List every number word, in both genders, with and without accent."""
    written: dict[str, tuple[Kind, int]] = {"y": (Kind.AND, 0)}
    for value, word in enumerate(_SMALL):
        written[word] = (Kind.SMALL, value)
    for word, value in (("un", 1), ("una", 1), ("veintiún", 21), ("veintiuna", 21)):
        written[word] = (Kind.SMALL, value)
    for tens, word in enumerate(_TENS, 3):
        written[word] = (Kind.TENS, 10 * tens)
    written["cien"] = (Kind.SMALL, 100)  # «ciento dos», never «cien dos»: it is full, as the small ones are
    for hundreds, word in enumerate(_HUNDREDS, 1):
        written[word] = (Kind.HUNDREDS, 100 * hundreds)
        if hundreds > 1:
            written[word[:-2] + "as"] = (Kind.HUNDREDS, 100 * hundreds)
    for words, value in ((("mil",), 10**3), (("millón", "millones"), 10**6), (("billón", "billones"), 10**12)):
        for word in words:
            written[word] = (Kind.SCALE, value)
    atoms = {word: Atom(kind, Decimal(value)) for word, (kind, value) in written.items()}
    return atoms | {word.translate(_PLAIN): atom for word, atom in atoms.items()}


WORD_ATOMS = _word_atoms()


class _Reading:
    """A number while its atoms are added up, from left to right.

    `closed` holds what is already above the last scale of a million or more, `segment` the thousands that may still
    be multiplied by one, `group` what is below a thousand. `room` is the first power of ten that no longer fits in
    the group: 1000 when it is empty, 100 after «doscientas», 10 after «treinta», 1 when it is full.
    """

    def __init__(self) -> None:
        self.closed = Decimal(0)
        self.segment = Decimal(0)
        self.group: Decimal | None = None
        self.room = 1000
        self.limit = Decimal(10**18)
        self.thousands_open = True
        self.only_scales = False  # «2,5 millones»: a number with decimals ends at its scale
        self.group_ulp = Decimal(0)
        self.alternatives: tuple[Decimal, ...] = ()
        self.ulp = Decimal(0)

    def take(self, atom: Atom, *, after_and: bool) -> bool:
        """Add one atom; False, and nothing changes, when it cannot continue this number."""
        if atom.kind is Kind.SCALE:
            return not after_and and self._multiply(atom.value)
        if self.only_scales:
            return False
        if atom.kind in (Kind.NUMERAL, Kind.CLOSED):
            return not after_and and self._take_numeral(atom)
        return self._take_word(atom, after_and=after_and)

    def _take_word(self, atom: Atom, *, after_and: bool) -> bool:
        value = int(atom.value)
        if after_and:
            fits = self.room == 10 and 0 < value < 10
        elif value == 0:
            fits = self.group is None and not self.segment and not self.closed
        else:
            fits = self.room == 1000 or (self.room == 100 and value < 100)
        if not fits:
            return False
        self.group = (self.group or Decimal(0)) + atom.value
        self.ulp = self.group_ulp = Decimal(0)
        self.room = _room_after(atom, value)
        return True

    def _take_numeral(self, atom: Atom) -> bool:
        begun = bool(self.closed or self.segment)
        if self.group is not None or (begun and atom.kind is Kind.CLOSED):
            return False
        if begun and (atom.ulp or atom.value >= (1000 if self.segment else self.limit)):
            return False
        self.group = atom.value
        self.ulp = self.group_ulp = atom.ulp
        self.alternatives = () if begun else atom.alternatives
        self.room = 1
        if atom.kind is Kind.CLOSED:
            self.limit = Decimal(1)
        return True

    def _multiply(self, scale: Decimal) -> bool:
        if scale >= self.limit:
            return False
        if scale == 1000:
            if not self.thousands_open or (self.group is not None and not 0 < self.group < 1000):
                return False
            self.segment = (Decimal(1) if self.group is None else self.group) * scale
            self.thousands_open = False
            self.ulp = (self.group_ulp or Decimal(1)) * scale
        else:
            counted = self.segment + (self.group or 0)
            if not counted:
                return False
            self.closed += counted * scale
            # «2,5 mil millones»: the segment keeps the decimals' own last place
            self.ulp = (self.ulp or Decimal(1)) * scale
            self.segment = Decimal(0)
            self.thousands_open = True
            self.limit = scale
        self.only_scales = bool(self.group_ulp)
        self.alternatives = ()
        self.group = None
        self.room = 1000
        return True

    def amount(self) -> Amount:
        """Give what was read so far."""
        value = self.closed + self.segment + (self.group or 0)
        if self.ulp >= 1 and value == int(value):
            # «73,3 mil» is 73300, not 73300.0
            return Amount(Decimal(int(value)), ulp=Decimal(int(self.ulp)))
        return Amount(value, ulp=self.ulp, alternatives=self.alternatives)


def _room_after(atom: Atom, value: int) -> int:
    if atom.kind is Kind.HUNDREDS:
        return 100
    if atom.kind is Kind.TENS or value == 20:
        return 10
    return 1


def read_atoms(atoms: list[Atom], start: int) -> tuple[Amount, int]:
    """Read the longest number that begins at `atoms[start]`: its amount and how many atoms it took (0 when none)."""
    reading = _Reading()
    position = start
    while position < len(atoms):
        after_and = atoms[position].kind is Kind.AND
        step = 2 if after_and else 1
        if position + step > len(atoms) or atoms[position + step - 1].kind is Kind.AND:
            break
        if not reading.take(atoms[position + step - 1], after_and=after_and):
            break
        position += step
    return reading.amount(), position - start


def print_words(number: int, *, feminine: bool = False, before_noun: bool = False) -> str:
    """Write a whole number of 0 to 999.999.999 in words: 273 → «doscientos setenta y tres».

    `feminine` agrees with the thing counted («doscientas setenta y tres publicaciones»); `before_noun` shortens the
    final «uno» as a masculine noun asks («veintiún eventos»).

    Raises:
        ValueError: when the number is negative or too large to be read in words.
    """
    if not 0 <= number <= 999_999_999:
        raise ValueError(f"El número {number} no se escribe en palabras. Escríbalo en cifras.")
    if number == 0:
        return _SMALL[0]
    millions, rest = divmod(number, 10**6)
    thousands, units = divmod(rest, 1000)
    parts = []
    if millions:
        parts.append("un millón" if millions == 1 else f"{_write_thousands(millions)} millones")
    if thousands:
        # «veintiún mil» also with a feminine noun: only the hundreds agree («doscientas mil personas»)
        parts.append("mil" if thousands == 1 else f"{_write_group(thousands, hundreds=feminine, one='un')} mil")
    if units:
        one = "una" if feminine else "un" if before_noun else "uno"
        parts.append(_write_group(units, hundreds=feminine, one=one))
    return " ".join(parts)


def _write_thousands(number: int) -> str:
    """Write what stands before «millones»: masculine and shortened, «veintiún millones»."""
    return _write_group(number, hundreds=False, one="un")


def _write_group(number: int, *, hundreds: bool, one: str) -> str:
    """Write 1 to 999; `hundreds` says whether they are feminine, `one` how a final one is written."""
    if number == 100:
        return "cien"
    above, below = divmod(number, 100)
    parts = []
    if above:
        word = _HUNDREDS[above - 1]
        parts.append(word[:-2] + "as" if hundreds and above > 1 else word)
    if below:
        parts.append(_write_below_hundred(below, one))
    return " ".join(parts)


def _write_below_hundred(number: int, one: str) -> str:
    if number == 1:
        return one
    if number == 21:
        return "veintiún" if one == "un" else "veinti" + one
    if number < 30:
        return _SMALL[number]
    tens, units = divmod(number, 10)
    word = _TENS[tens - 3]
    if not units:
        return word
    return f"{word} y {one if units == 1 else _SMALL[units]}"
