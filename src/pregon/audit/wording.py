"""How figures, parts and places are named in findings: the reader's words, never the program's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from pregon.audit.finding import Agreement, Holding, Operand
from pregon.audit.reading import Reading
from pregon.claims.bond import Bond
from pregon.claims.claim import Claim
from pregon.claims.vocabulary import TOGETHER, flatten
from pregon.document.location import Location, LocationKind
from pregon.figures.period import Period, PeriodKind
from pregon.figures.spanish import join_words, month_name, print_number, print_words
from pregon.relations.labels import Level, level_of
from pregon.relations.relation import Verdict

ENTITIES: Final = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "threads": "Threads",
    "whatsapp": "WhatsApp",
    "website": "Sede electrónica",
    "networks": "Redes sociales",
}
MEASURES: Final = {
    "wallpapers": "fondos de pantalla",
    "news": "noticias",
    "posts": "publicaciones",
    "visits": "visitas",
    "log_visits": "visitas según el registro del servidor",
    "log_page_views": "páginas vistas según el registro del servidor",
    "reach": "alcance",
    "viewers": "espectadores",
    "total_viewers": "espectadores en total",
    "views": "visualizaciones",
    "video_views": "reproducciones de video",
    "followers_gained": "seguidores",
    "followers_lost": "seguidores perdidos",
    "messages": "mensajes",
    "attendees": "asistentes",
    "events": "eventos",
    "campaigns": "campañas",
    "commemorations": "conmemoraciones",
    "coverage": "acompañamientos",
    "designs": "diseños",
    "requests": "solicitudes",
    "news_requests": "solicitudes de noticia",
    "video_requests": "solicitudes de video",
    "post_requests": "solicitudes de publicación",
    "wallpaper_requests": "solicitudes de fondo de pantalla",
    "other_requests": "otras solicitudes",
    "risks": "riesgos",
    "activities": "actividades",
    "stories": "historias",
    "videos": "videos",
    "interactions": "interacciones",
    "likes": "me gusta",
    "likes_and_followers": "me gusta y seguidores",
    "followers_total": "seguidores",
    "profile_visits": "visitas al perfil",
    "emails": "correos",
    "bulletins": "boletines",
    "called": "convocados",
}


def print_value(value: Decimal) -> str:
    """A value without idle decimals: 37.0 → «37»."""
    whole = value.to_integral_value()
    return print_number(whole if value == whole else value.normalize())


def name_entity(entity: str) -> str:
    """What a known entity is called («Facebook»), several together («Facebook e Instagram»); "" for any other."""
    return join_words([ENTITIES.get(code, "") for code in entity.split(TOGETHER)])


def name_line(claim: Claim) -> str:
    """The line of a table or sentence that a figure answers for: «WhatsApp», «Octubre», «Redes sociales»."""
    entity = claim.subject.entity
    if claim.is_cell and level_of(claim.location.row_label) is Level.PART and claim.location.row_label:
        return tidy(claim.location.row_label)
    if claim.is_cell and claim.location.column_label:
        return tidy(claim.location.column_label)
    return name_entity(entity) or tidy(claim.name) or MEASURES.get(claim.subject.measure, "").capitalize() or "Total"


def name_cell(claim: Claim, *, along_row: bool) -> str:
    """A cell by the names of both its lines, the line that holds it first: «Facebook, octubre», «fila 3, Total»."""
    place = claim.location
    row = tidy(place.row_label) or f"fila {place.row}"
    column = tidy(place.column_label) or f"columna {place.column}"
    return f"{row}, {column}" if along_row else f"{column}, {row}"


def name_subject(claim: Claim, reading: Reading) -> str:
    """What a figure is about: «X», «Facebook, octubre», «Redes sociales»."""
    named = name_entity(claim.subject.entity) or MEASURES.get(claim.subject.measure, "").capitalize()
    if not named:
        unknown = claim.subject.entity or claim.subject.measure
        named = unknown.removeprefix("~").capitalize() or tidy(claim.name) or "La cifra"
    period = claim.subject.period
    if period is not None and period != reading.period and period.kind is PeriodKind.MONTH:
        return f"{named}, {month_name(period.start.month)}"
    return named


def tidy(label: str) -> str:
    """A label as a word of a sentence: capitals of a whole word come down («OCTUBRE» → «Octubre»), names stay."""
    text = " ".join(label.split()).strip(" :.")
    return text.capitalize() if text.isupper() and len(text) > 3 else text


def name_place(location: Location) -> str:
    """Who speaks, as the subject of a sentence: «el resumen», «la gráfica», «la tabla 3»."""
    match location.kind:
        case LocationKind.PICTURE:
            return "la descripción de la gráfica"
        case LocationKind.CELL | LocationKind.TABLE:
            return f"la tabla {location.table}"
        case LocationKind.HEADING:
            return "el título"
        case LocationKind.FOOTNOTE:
            return "la nota al pie"
        case _:
            return "el resumen" if "resumen" in flatten(location.section) else "el texto"


def count_words(count: int, *, feminine: bool = False) -> str:
    """A small count in words, a larger one in figures: «tres», «las 14»."""
    return print_words(count, feminine=feminine) if 1 < count < 10 else print_number(count)


def name_parts(claims: Sequence[Claim], *, along_row: bool) -> str:
    """The parts of a sum: «los tres meses», «las tres filas», «los dos sumandos»."""
    count = len(claims)
    if all(claim.subject.period is not None and claim.subject.period.kind is PeriodKind.MONTH for claim in claims):
        distinct = {claim.subject.period for claim in claims}
        if len(distinct) == count:
            return f"los {count_words(count)} meses"
    return f"las {count_words(count, feminine=True)} {'columnas' if along_row else 'filas'}"


def operands_of(claims: Sequence[Claim]) -> tuple[Operand, ...]:
    """The terms of an account with their places."""
    return tuple(Operand(claim.name, claim.text, claim.location) for claim in claims)


def write_account(bond: Bond, reading: Reading) -> str:
    """The account as a person writes it: «44 + 24 + 26 = 94», «6 = 6»."""
    relation = bond.relation
    stated = reading.claims[relation.target].text
    if bond.things:
        return f"{stated} = {len(bond.things)} enumerados"
    terms = [reading.claims[number].text for number in relation.operands]
    return f"{' + '.join(terms)} = {stated}"


def hold(code: str, what: str, bond: Bond, reading: Reading) -> Holding:
    """What a bond that closes says."""
    relation = bond.relation
    numbers = (relation.target, *relation.operands)
    return Holding(
        code=code,
        what=what,
        account=write_account(bond, reading),
        agreement=Agreement.ROUNDED if relation.verdict is Verdict.ROUNDED else Agreement.EXACT,
        locations=tuple(reading.claims[number].location for number in numbers),
    )


def span_words(period: Period) -> str:
    """A period by its months: «octubre a diciembre», «julio»; by its days where it has no whole months."""
    months = period.months
    if not months:
        return period.title
    first, last = month_name(months[0].start.month), month_name(months[-1].start.month)
    return first if first == last else f"{first} a {last}"
