"""The days that a Colombian institution marks: each with the rule that gives its date, whose day it is and its theme.

Dates come from three kinds of rule: the same date every year, the n-th weekday of a month, so many days from Easter.
National holidays, those moved to Monday among them, are not told here: `pregon.records.calendar` knows them.

`source` is the resolution or the law that made the day, where it is certain; "" where it is custom, or not certain.
What an institution marks of its own (the town's day, its patron) is not here either: it is its own record.

>>> [str(when) for when, each in days_between(date(2025, 9, 28), date(2025, 9, 28))]
['2025-09-28', '2025-09-28']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pregon.figures.spanish import fold, month_name, ordinal

_WEEKDAYS: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = range(7)
LAST: Final = -1
_EMPTY_WORD: Final = re.compile(
    "a|al|con|contra|de|del|dia|el|en|internacional|la|las|los|lucha|mundial|nacional|para|por|sobre|universal|y"
)


class Scope(StrEnum):
    """Whose day it is."""

    UNITED_NATIONS = "united_nations"
    NATIONAL = "national"
    CUSTOM = "custom"
    """Kept in many countries, proclaimed by no assembly of States."""

    @property
    def word(self) -> str:
        """As a page says it."""
        return {"united_nations": "Naciones Unidas", "national": "Colombia", "custom": "Internacional"}[self.value]


class Theme(StrEnum):
    """What a day is about."""

    RIGHTS = "rights"
    GENDER = "gender"
    CHILDHOOD = "childhood"
    INCLUSION = "inclusion"
    PEACE = "peace"
    ENVIRONMENT = "environment"
    HEALTH = "health"
    CIVIC = "civic"
    WORK = "work"
    CULTURE = "culture"

    @property
    def word(self) -> str:
        """As a page says it."""
        return _THEME_WORDS[self]


_THEME_WORDS: Final = {
    Theme.RIGHTS: "Derechos humanos",
    Theme.GENDER: "Mujer y género",
    Theme.CHILDHOOD: "Niñez, juventud y familia",
    Theme.INCLUSION: "Diversidad e inclusión",
    Theme.PEACE: "Paz y víctimas",
    Theme.ENVIRONMENT: "Ambiente y animales",
    Theme.HEALTH: "Salud",
    Theme.CIVIC: "Lo público y la participación",
    Theme.WORK: "Trabajo",
    Theme.CULTURE: "Educación y cultura",
}


@dataclass(frozen=True, slots=True)
class FixedDay:
    """The same date every year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The date in that year."""
        return date(year, self.month, self.day)

    @property
    def words(self) -> str:
        """«10 de diciembre»."""
        return f"{self.day} de {month_name(self.month)}"


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The first, second… weekday of a month; `nth` LAST is the last. `weekday` is 0 for Monday to 6 for Sunday."""

    month: int
    weekday: int
    nth: int

    def in_year(self, year: int) -> date:
        """The date in that year."""
        if self.nth == LAST:
            end = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
            return end - timedelta(days=(end.weekday() - self.weekday) % 7)
        first = date(year, self.month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))

    @property
    def words(self) -> str:
        """«tercer domingo de junio»."""
        place = "último" if self.nth == LAST else ordinal(self.nth, before_noun=True)
        return f"{place} {_WEEKDAYS[self.weekday]} de {month_name(self.month)}"


@dataclass(frozen=True, slots=True)
class EasterDay:
    """So many days from Easter Sunday, before it when negative. `words` say which day that is."""

    days: int
    words: str

    def in_year(self, year: int) -> date:
        """The date in that year."""
        return easter(year) + timedelta(days=self.days)


Rule = FixedDay | NthWeekday | EasterDay


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar. `code` never changes: records keep it."""

    code: str
    name: str
    rule: Rule
    scope: Scope
    theme: Theme
    source: str = ""

    @property
    def is_movable(self) -> bool:
        """Whether its date changes from year to year."""
        return not isinstance(self.rule, FixedDay)

    def is_named(self, name: str) -> bool:
        """Whether somebody's words for a day are this day's: «Derechos Humanos», «Día de los Derechos Humanos».

        Only among the days of one date: the words alone do not tell a national day from a world one.
        """
        own, told = _telling_words(self.name), _telling_words(name)
        return bool(told) and (told <= own or own <= told)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm that «Nature» printed in 1876, by J. Meeus's notation)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def days_between(start: date, end: date) -> tuple[tuple[date, CalendarDay], ...]:
    """The days of the calendar from `start` to `end`, both included, by date and then in the calendar's order."""
    return tuple(sorted(_dated(start, end), key=lambda pair: pair[0]))


def _dated(start: date, end: date) -> Iterator[tuple[date, CalendarDay]]:
    for year in range(start.year, end.year + 1):
        for each in CALENDAR:
            when = each.rule.in_year(year)
            if start <= when <= end:
                yield when, each


def calendar_day(code: str) -> CalendarDay | None:
    """The day of a code; None where the calendar has none."""
    return next((each for each in CALENDAR if each.code == code), None)


def _telling_words(name: str) -> frozenset[str]:
    """The words that tell a day from others, folded and without their plural."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    return frozenset(word.rstrip("s") for word in words if not _EMPTY_WORD.fullmatch(word))


def _un(code: str, month: int, day: int, name: str, theme: Theme, source: str = "") -> CalendarDay:
    return CalendarDay(code, name, FixedDay(month, day), Scope.UNITED_NATIONS, theme, source)


def _co(code: str, month: int, day: int, name: str, theme: Theme, source: str = "") -> CalendarDay:
    return CalendarDay(code, name, FixedDay(month, day), Scope.NATIONAL, theme, source)


def _custom(code: str, month: int, day: int, name: str, theme: Theme) -> CalendarDay:
    return CalendarDay(code, name, FixedDay(month, day), Scope.CUSTOM, theme)


# A line a day, in the order of the year: it is read as the table that it is. A resolution of the General Assembly is
# named as the United Nations name it.
# fmt: off
CALENDAR: Final[tuple[CalendarDay, ...]] = (
    _un("educacion", 1, 24, "Día Internacional de la Educación", Theme.CULTURE, "A/RES/73/25"),
    _custom("educacion-ambiental", 1, 26, "Día Mundial de la Educación Ambiental", Theme.ENVIRONMENT),
    _un("holocausto", 1, 27, "Día en Memoria de las Víctimas del Holocausto", Theme.PEACE, "A/RES/60/7"),
    _un("humedales", 2, 2, "Día Mundial de los Humedales", Theme.ENVIRONMENT, "A/RES/75/317"),
    _custom("cancer", 2, 4, "Día Mundial contra el Cáncer", Theme.HEALTH),
    _co("periodista", 2, 9, "Día del Periodista", Theme.CIVIC),
    _un("nina-ciencia", 2, 11, "Día de la Mujer y la Niña en la Ciencia", Theme.GENDER, "A/RES/70/212"),
    _custom("manos-rojas", 2, 12, "Día contra el Uso de Niños Soldado (Manos Rojas)", Theme.CHILDHOOD),
    _un("justicia-social", 2, 20, "Día Mundial de la Justicia Social", Theme.RIGHTS, "A/RES/62/10"),
    _un("lengua-materna", 2, 21, "Día Internacional de la Lengua Materna", Theme.CULTURE, "A/RES/56/262"),
    _co("lenguas-nativas", 2, 21, "Día Nacional de las Lenguas Nativas", Theme.INCLUSION, "Ley 1381 de 2010"),
    _un("cero-discriminacion", 3, 1, "Día de la Cero Discriminación", Theme.INCLUSION),
    _un("mujer", 3, 8, "Día Internacional de la Mujer", Theme.GENDER, "A/RES/32/142"),
    _custom("consumidor", 3, 15, "Día Mundial de los Derechos del Consumidor", Theme.RIGHTS),
    _un("discriminacion-racial", 3, 21, "Día de la Eliminación de la Discriminación Racial", Theme.INCLUSION,
        "A/RES/2142 (XXI)"),
    _un("sindrome-down", 3, 21, "Día Mundial del Síndrome de Down", Theme.INCLUSION, "A/RES/66/149"),
    _un("bosques", 3, 21, "Día Internacional de los Bosques", Theme.ENVIRONMENT, "A/RES/67/200"),
    _un("agua", 3, 22, "Día Mundial del Agua", Theme.ENVIRONMENT, "A/RES/47/193"),
    _un("derecho-verdad", 3, 24, "Día del Derecho a la Verdad sobre Violaciones Graves de los Derechos Humanos",
        Theme.PEACE, "A/RES/65/196"),
    CalendarDay("semana-santa", "Semana Santa", EasterDay(-7, "una semana antes del Domingo de Pascua"), Scope.NATIONAL,
        Theme.CULTURE),
    _un("autismo", 4, 2, "Día Mundial de Concienciación sobre el Autismo", Theme.INCLUSION, "A/RES/62/139"),
    _un("minas", 4, 4, "Día de Información sobre el Peligro de las Minas", Theme.PEACE, "A/RES/60/97"),
    _un("salud", 4, 7, "Día Mundial de la Salud", Theme.HEALTH),
    _co("victimas", 4, 9, "Día Nacional de la Memoria y Solidaridad con las Víctimas", Theme.PEACE,
        "Ley 1448 de 2011, artículo 142"),
    _un("tierra", 4, 22, "Día Internacional de la Madre Tierra", Theme.ENVIRONMENT, "A/RES/63/278"),
    _co("idioma", 4, 23, "Día del Idioma", Theme.CULTURE),
    CalendarDay("ninez", "Día de la Niñez y la Recreación", NthWeekday(4, _SATURDAY, LAST), Scope.NATIONAL,
        Theme.CHILDHOOD, "Ley 724 de 2001"),
    _un("seguridad-trabajo", 4, 28, "Día Mundial de la Seguridad y la Salud en el Trabajo", Theme.WORK),
    _custom("trabajo", 5, 1, "Día Internacional del Trabajo", Theme.WORK),
    _un("libertad-prensa", 5, 3, "Día Mundial de la Libertad de Prensa", Theme.CIVIC, "A/DEC/48/432"),
    CalendarDay("madre", "Día de la Madre", NthWeekday(5, _SUNDAY, 2), Scope.NATIONAL, Theme.CHILDHOOD),
    _un("familia", 5, 15, "Día Internacional de las Familias", Theme.CHILDHOOD, "A/RES/47/237"),
    _co("maestro", 5, 15, "Día del Maestro", Theme.CULTURE),
    _custom("homofobia", 5, 17, "Día contra la Homofobia, la Transfobia y la Bifobia", Theme.INCLUSION),
    _co("afrocolombianidad", 5, 21, "Día Nacional de la Afrocolombianidad", Theme.INCLUSION, "Ley 725 de 2001"),
    _un("diversidad-cultural", 5, 21, "Día de la Diversidad Cultural", Theme.CULTURE, "A/RES/57/249"),
    _un("biodiversidad", 5, 22, "Día Internacional de la Diversidad Biológica", Theme.ENVIRONMENT, "A/RES/55/201"),
    _co("victimas-violencia-sexual", 5, 25,
        "Día por la Dignidad de las Mujeres Víctimas de Violencia Sexual en el Conflicto", Theme.PEACE,
        "Decreto 1480 de 2014"),
    _un("sin-tabaco", 5, 31, "Día Mundial sin Tabaco", Theme.HEALTH),
    CalendarDay("campesino", "Día del Campesino", NthWeekday(6, _SUNDAY, 1), Scope.NATIONAL, Theme.WORK),
    _un("ambiente", 6, 5, "Día Mundial del Medio Ambiente", Theme.ENVIRONMENT, "A/RES/2994 (XXVII)"),
    _un("oceanos", 6, 8, "Día Mundial de los Océanos", Theme.ENVIRONMENT, "A/RES/63/111"),
    _un("trabajo-infantil", 6, 12, "Día Mundial contra el Trabajo Infantil", Theme.CHILDHOOD),
    _un("donante-sangre", 6, 14, "Día Mundial del Donante de Sangre", Theme.HEALTH),
    _un("maltrato-vejez", 6, 15, "Día de Toma de Conciencia del Abuso y Maltrato en la Vejez", Theme.RIGHTS,
        "A/RES/66/127"),
    CalendarDay("padre", "Día del Padre", NthWeekday(6, _SUNDAY, 3), Scope.NATIONAL, Theme.CHILDHOOD),
    _un("violencia-sexual-conflictos", 6, 19, "Día para la Eliminación de la Violencia Sexual en los Conflictos",
        Theme.PEACE, "A/RES/69/293"),
    _un("refugiados", 6, 20, "Día Mundial de los Refugiados", Theme.RIGHTS, "A/RES/55/76"),
    _un("administracion-publica", 6, 23, "Día de las Naciones Unidas para la Administración Pública", Theme.CIVIC,
        "A/RES/57/277"),
    _un("drogas", 6, 26, "Día contra el Uso Indebido y el Tráfico Ilícito de Drogas", Theme.HEALTH, "A/RES/42/112"),
    _un("tortura", 6, 26, "Día en Apoyo de las Víctimas de la Tortura", Theme.RIGHTS, "A/RES/52/149"),
    _co("servidor-publico", 6, 27, "Día Nacional del Servidor Público", Theme.WORK, "Decreto 2865 de 2013"),
    _custom("orgullo", 6, 28, "Día Internacional del Orgullo LGBTIQ+", Theme.INCLUSION),
    _un("poblacion", 7, 11, "Día Mundial de la Población", Theme.RIGHTS, "A/RES/45/216"),
    _un("mandela", 7, 18, "Día Internacional de Nelson Mandela", Theme.RIGHTS, "A/RES/64/13"),
    _co("independencia", 7, 20, "Día de la Independencia", Theme.CIVIC),
    _custom("perro", 7, 21, "Día Mundial del Perro", Theme.ENVIRONMENT),
    _custom("mujer-afro", 7, 25, "Día de la Mujer Afrolatina, Afrocaribeña y de la Diáspora", Theme.GENDER),
    _un("trata", 7, 30, "Día Mundial contra la Trata de Personas", Theme.RIGHTS, "A/RES/68/192"),
    _custom("guardas-forestales", 7, 31, "Día Mundial de los Guardas Forestales", Theme.ENVIRONMENT),
    _co("comunicador", 8, 4, "Día del Periodista y Comunicador", Theme.CIVIC, "Ley 918 de 2004"),
    _co("batalla-boyaca", 8, 7, "Batalla de Boyacá", Theme.CIVIC),
    _un("pueblos-indigenas", 8, 9, "Día Internacional de los Pueblos Indígenas", Theme.INCLUSION, "A/RES/49/214"),
    _un("juventud", 8, 12, "Día Internacional de la Juventud", Theme.CHILDHOOD, "A/RES/54/120"),
    _un("asistencia-humanitaria", 8, 19, "Día Mundial de la Asistencia Humanitaria", Theme.PEACE, "A/RES/63/139"),
    _un("victimas-terrorismo", 8, 21, "Día de Recuerdo y Homenaje a las Víctimas del Terrorismo", Theme.PEACE,
        "A/RES/72/165"),
    _un("desaparicion-forzada", 8, 30, "Día Internacional de las Víctimas de Desapariciones Forzadas", Theme.PEACE,
        "A/RES/65/209"),
    _un("afrodescendientes", 8, 31, "Día Internacional de los Afrodescendientes", Theme.INCLUSION, "A/RES/75/170"),
    _un("alfabetizacion", 9, 8, "Día Internacional de la Alfabetización", Theme.CULTURE),
    _co("derechos-humanos-colombia", 9, 9, "Día Nacional de los Derechos Humanos", Theme.RIGHTS, "Ley 95 de 1985"),
    _custom("suicidio", 9, 10, "Día Mundial para la Prevención del Suicidio", Theme.HEALTH),
    _co("biodiversidad-colombia", 9, 11, "Día Nacional de la Biodiversidad", Theme.ENVIRONMENT),
    _un("democracia", 9, 15, "Día Internacional de la Democracia", Theme.CIVIC, "A/RES/62/7"),
    _un("ozono", 9, 16, "Día de la Preservación de la Capa de Ozono", Theme.ENVIRONMENT, "A/RES/49/114"),
    _un("igualdad-salarial", 9, 18, "Día Internacional de la Igualdad Salarial", Theme.GENDER, "A/RES/74/142"),
    _un("paz", 9, 21, "Día Internacional de la Paz", Theme.PEACE, "A/RES/55/282"),
    _un("lenguas-senas", 9, 23, "Día Internacional de las Lenguas de Señas", Theme.INCLUSION, "A/RES/72/161"),
    CalendarDay("rios", "Día Mundial de los Ríos", NthWeekday(9, _SUNDAY, 4), Scope.CUSTOM, Theme.ENVIRONMENT),
    _un("acceso-informacion", 9, 28, "Día del Acceso Universal a la Información", Theme.CIVIC, "A/RES/74/5"),
    _un("personas-mayores", 10, 1, "Día Internacional de las Personas de Edad", Theme.RIGHTS, "A/RES/45/106"),
    _un("no-violencia", 10, 2, "Día Internacional de la No Violencia", Theme.PEACE, "A/RES/61/271"),
    CalendarDay("habitat", "Día Mundial del Hábitat", NthWeekday(10, _MONDAY, 1), Scope.UNITED_NATIONS,
        Theme.ENVIRONMENT, "A/RES/40/202"),
    _custom("animales", 10, 4, "Día Mundial de los Animales", Theme.ENVIRONMENT),
    _custom("salud-mental", 10, 10, "Día Mundial de la Salud Mental", Theme.HEALTH),
    _un("nina", 10, 11, "Día Internacional de la Niña", Theme.GENDER, "A/RES/66/170"),
    _co("diversidad-etnica", 10, 12, "Día de la Diversidad Étnica y Cultural", Theme.INCLUSION),
    _un("riesgo-desastres", 10, 13, "Día para la Reducción del Riesgo de Desastres", Theme.ENVIRONMENT, "A/RES/64/200"),
    _un("mujer-rural", 10, 15, "Día Internacional de las Mujeres Rurales", Theme.GENDER, "A/RES/62/136"),
    _un("alimentacion", 10, 16, "Día Mundial de la Alimentación", Theme.RIGHTS, "A/RES/35/70"),
    _un("pobreza", 10, 17, "Día para la Erradicación de la Pobreza", Theme.RIGHTS, "A/RES/47/196"),
    _custom("cancer-mama", 10, 19, "Día Mundial contra el Cáncer de Mama", Theme.HEALTH),
    _un("naciones-unidas", 10, 24, "Día de las Naciones Unidas", Theme.CIVIC, "A/RES/168 (II)"),
    _custom("cambio-climatico", 10, 24, "Día Internacional contra el Cambio Climático", Theme.ENVIRONMENT),
    _un("cuidado", 10, 29, "Día de los Cuidados y el Apoyo", Theme.GENDER, "A/RES/77/317"),
    _un("crimenes-periodistas", 11, 2, "Día para Poner Fin a la Impunidad de los Crímenes contra Periodistas",
        Theme.RIGHTS, "A/RES/68/163"),
    _co("mujer-colombiana", 11, 14, "Día de la Mujer Colombiana", Theme.GENDER, "Ley 44 de 1967"),
    CalendarDay("victimas-transito", "Día en Recuerdo de las Víctimas de Accidentes de Tráfico",
        NthWeekday(11, _SUNDAY, 3), Scope.UNITED_NATIONS, Theme.RIGHTS, "A/RES/60/5"),
    _un("tolerancia", 11, 16, "Día Internacional para la Tolerancia", Theme.RIGHTS, "A/RES/51/95"),
    _un("explotacion-infantil", 11, 18, "Día contra la Explotación y el Abuso Sexual Infantil", Theme.CHILDHOOD,
        "A/RES/77/8"),
    _un("infancia", 11, 20, "Día Mundial de la Infancia", Theme.CHILDHOOD, "A/RES/836 (IX)"),
    _un("violencia-mujer", 11, 25, "Día de la Eliminación de la Violencia contra la Mujer", Theme.GENDER,
        "A/RES/54/134"),
    _un("sida", 12, 1, "Día Mundial del Sida", Theme.HEALTH),
    _un("esclavitud", 12, 2, "Día Internacional para la Abolición de la Esclavitud", Theme.RIGHTS),
    _un("discapacidad", 12, 3, "Día Internacional de las Personas con Discapacidad", Theme.INCLUSION, "A/RES/47/3"),
    _un("voluntariado", 12, 5, "Día Internacional de los Voluntarios", Theme.CIVIC, "A/RES/40/212"),
    _un("suelo", 12, 5, "Día Mundial del Suelo", Theme.ENVIRONMENT, "A/RES/68/232"),
    _un("corrupcion", 12, 9, "Día Internacional contra la Corrupción", Theme.CIVIC, "A/RES/58/4"),
    _un("derechos-humanos", 12, 10, "Día de los Derechos Humanos", Theme.RIGHTS, "A/RES/423 (V)"),
    _un("montanas", 12, 11, "Día Internacional de las Montañas", Theme.ENVIRONMENT, "A/RES/57/245"),
    _un("migrante", 12, 18, "Día Internacional del Migrante", Theme.RIGHTS, "A/RES/55/93"),
    _un("solidaridad", 12, 20, "Día Internacional de la Solidaridad Humana", Theme.CIVIC, "A/RES/60/209"),
)
# fmt: on
