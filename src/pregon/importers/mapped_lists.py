"""A person's list of publications: a day, a title or a link, and whose each is; some links prove their instant."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.spanish import print_date
from pregon.importers.base import ImportedPublication, Question
from pregon.importers.columns import read_figures, vote_mark
from pregon.importers.delimited import Row
from pregon.importers.mapped_table import NETWORK_KEY, Mapped, Outcome
from pregon.importers.mappings import LINK, NETWORK, TITLE
from pregon.importers.placing import OFFICE_ZONE
from pregon.records.instants import prove_instant
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind
from pregon.registro.vocabulary import PLATFORMS

_HOSTS: Final = {
    "facebook.com": Platform.FACEBOOK,
    "fb.com": Platform.FACEBOOK,
    "fb.watch": Platform.FACEBOOK,
    "instagram.com": Platform.INSTAGRAM,
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "youtube.com": Platform.YOUTUBE,
    "youtu.be": Platform.YOUTUBE,
    "tiktok.com": Platform.TIKTOK,
    "linkedin.com": Platform.LINKEDIN,
}
_KINDS: Final = {
    Platform.WEBSITE: PublicationKind.NEWS_ITEM,
    Platform.WHATSAPP: PublicationKind.MESSAGE,
    Platform.EMAIL: PublicationKind.MESSAGE,
    Platform.WALLPAPER: PublicationKind.WALLPAPER,
    Platform.YOUTUBE: PublicationKind.VIDEO,
    Platform.TIKTOK: PublicationKind.VIDEO,
}
_ASSUMED: Final = "La lista no dice si son historias: se contaron como publicaciones."


def list_publications(mapped: Mapped, outcome: Outcome) -> None:
    """Add the publications of a table to an outcome, or what has to be asked first."""
    found = []
    rows = zip(mapped.table.rows, mapped.periods(outcome), mapped.platforms(), strict=True)
    lifetimes = _lifetimes(mapped)
    for place, (row, period, said) in enumerate(rows):
        title, link = _text(mapped, TITLE, row), _text(mapped, LINK, row)
        if period is None or not (title or link):
            continue
        platform = said or platform_of_link(link)
        if platform is None:
            if mapped.mapping.first(NETWORK) is not None:
                outcome.wrong.append(
                    f"{mapped.table.place(row)}: no conocemos el canal «{_text(mapped, NETWORK, row)}»"
                )
                continue
            _ask_platform(outcome)
            return
        day = datetime.combine(period.start, time(), OFFICE_ZONE)
        proved = prove_instant(link)
        is_proved = proved is not None and proved.at.astimezone(OFFICE_ZONE).date() == period.start
        if proved is not None and not is_proved:
            own = print_date(proved.at.astimezone(OFFICE_ZONE).date())
            outcome.wrong.append(
                f"{mapped.table.place(row)}: la lista dice {print_date(period.start)} y el enlace, {own}; "
                "queda la de la lista"
            )
        found.append(
            ImportedPublication(
                platform,
                _KINDS.get(platform, PublicationKind.POST),
                proved.at if proved is not None and is_proved else day,
                mapped.birth(row, assumed=(_ASSUMED,)),
                title=title,
                link=link,
                is_proved=is_proved,
                has_hour=is_proved,
                lifetime=lifetimes[place],
            )
        )
    if not outcome.questions:
        outcome.publications += found


def platform_of_link(link: str) -> Platform | None:
    """The network that a link is of; None for any other site."""
    found = re.match(r"(?:https?://)?(?:www\.|m\.|web\.|es-la\.)?([\w.-]+)", link.strip(), re.IGNORECASE)
    return _HOSTS.get(found[1].lower()) if found else None


def _text(mapped: Mapped, role: str, row: Row) -> str:
    place = mapped.mapping.first(role)
    return row.fields[place].strip() if place is not None and place < len(row.fields) else ""


def _ask_platform(outcome: Outcome) -> None:
    outcome.ask(
        Question(
            NETWORK_KEY,
            "¿De qué canal son las publicaciones de esta lista?",
            tuple((each.value, PLATFORMS.label(each)) for each in Platform),
        )
    )


def _lifetimes(mapped: Mapped) -> list[tuple[tuple[str, Amount], ...]]:
    """The figures beside each publication, where they can be read beyond doubt."""
    table = mapped.table
    found: list[list[tuple[str, Amount]]] = [[] for _ in table.rows]
    for place, code, _ in mapped.mapping.measures:
        texts = table.texts(place)
        are_numbers = [(row.line, place) in table.numbers for row in table.rows]
        figures = read_figures(texts, are_numbers, vote_mark(texts) or mapped.mark)
        for mine, figure in zip(found, figures.cells, strict=True):
            if isinstance(figure, Amount) and not figure.alternatives:
                mine.append((code, figure))
    return [tuple(each) for each in found]
