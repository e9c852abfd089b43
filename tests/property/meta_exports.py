"""Exports of Meta made at random, as the platform writes them, and what has to be read in them.

The hour of each publication is worked out by the rule of the United States' summer time, and not by a table of zones.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from pregon.importers.base import Extract, open_upload
from pregon.importers.intake import receive
from pregon.records.publishing import PublicationKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- The variants: what each language calls the columns, the kinds and the whole life of a publication -------------

INSTAGRAM_KEYS = ("id", "account", "user", "name", "text", "seconds", "time", "link", "kind", "comment", "date")
INSTAGRAM_FIGURES = ("views", "reach", "likes", "shares", "comments", "saves", "followers_gained")
FACEBOOK_KEYS = ("id", "account", "name", "title", "text", "time", "link", "kind", "date")
FACEBOOK_FIGURES = ("views", "reach", "interactions", "likes", "comments", "shares", "link_clicks")


@dataclass(frozen=True)
class Variant:
    network: str
    header: tuple[str, ...]
    figures: tuple[str, ...]
    post: str
    story: str
    lifetime: str


VARIANTS = (
    Variant(
        "instagram",
        (
            *("Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)"),
            *("Publish time", "Permalink", "Post type", "Data comment", "Date"),
        ),
        ("Views", "Reach", "Likes", "Shares", "Comments", "Saves", "Follows"),
        "IG carousel",
        "IG story",
        "Lifetime",
    ),
    Variant(
        "instagram",
        (
            *("identificador de la publicación", "Identificador de la cuenta", "Nombre de usuario de la cuenta"),
            *("Nombre de la cuenta", "Descripción", "Duración (segundos)", "Hora de publicación"),
            *("Enlace permanente", "Tipo de publicación", "Comentario sobre los datos", "Fecha"),
        ),
        (
            *("Visualizaciones", "Alcance", "Me gusta", "Veces que se ha compartido", "Comentarios"),
            *("Veces guardado", "Seguidores"),
        ),
        "Secuencia de Instagram",
        "Historia de Instagram",
        "Total",
    ),
    Variant(
        "instagram",
        (
            *("Identificador de la publicación", "Identificador de la cuenta", "Nombre de usuario de la cuenta"),
            *("Nombre de la cuenta", "Descripción", "Duración (segundos)", "Hora de publicación"),
            *("Enlace permanente", "Tipo de publicación", "Comentario sobre los datos", "Fecha"),
        ),
        (
            *("Visualizaciones", "Alcance", "Me gusta", "Veces que se compartió", "Comentarios"),
            *("Veces que se guardó", "Seguimientos"),
        ),
        "Reel de Instagram",
        "Historia de Instagram",
        "Total",
    ),
    Variant(
        "facebook",
        (
            *("Post ID", "Page ID", "Page name", "Title", "Description", "Publish time", "Permalink", "Post type"),
            "Date",
        ),
        (
            *("Views", "Reach", "Reactions, Comments and Shares", "Reactions", "Comments", "Shares"),
            "Link Clicks",
        ),
        "Photos",
        "Stories",
        "Lifetime",
    ),
    Variant(
        "facebook",
        (
            *("Identificador de la publicación", "Identificador de la página", "Nombre de la página", "Título"),
            *("Descripción", "Hora de publicación", "Enlace permanente", "Tipo de publicación", "Fecha"),
        ),
        (
            *("Visualizaciones", "Alcance", "Reacciones, comentarios y veces que se compartió", "Reacciones"),
            *("Comentarios", "Veces que se compartió", "Clics en el enlace"),
        ),
        "Fotos",
        "Historias",
        "Total",
    ),
    Variant(
        "facebook",
        (
            *("Bericht-ID", "Pagina-ID", "Naam van pagina", "Titel", "Omschrijving", "Publicatietijdstip"),
            *("Permalink", "Berichttype", "Datum"),
        ),
        (
            *("Weergaven", "Bereik", "Reacties, opmerkingen en deelacties", "Reacties", "Opmerkingen", "Deelacties"),
            "Link Clicks",
        ),
        "Reels",
        "Stories",
        "Looptijd",
    ),
)


@dataclass(frozen=True)
class Post:
    """A publication as it was: its hour in the Pacific, the instant of that hour, and what the file says of it."""

    identifier: str
    text: str
    written: datetime
    is_story: bool
    figures: tuple[int | None, ...]


def pacific_instant(written: datetime) -> datetime:
    """The instant of an hour of Los Angeles: seven hours behind from the second Sunday of March to the first of
    November at two, eight else; of an hour that comes twice, the first.
    """
    year = written.year
    spring = first_sunday(year, 3) + timedelta(days=7, hours=2)
    autumn = first_sunday(year, 11) + timedelta(hours=2)
    return (written + timedelta(hours=7 if spring <= written < autumn else 8)).replace(tzinfo=UTC)


def first_sunday(year: int, month: int) -> datetime:
    first = datetime(year, month, 1)  # noqa: DTZ001 -- an hour of the Pacific, as files write it
    return first + timedelta(days=(6 - first.weekday()) % 7)


def is_never(written: datetime) -> bool:
    """Whether the clocks of Los Angeles skip that hour."""
    spring = first_sunday(written.year, 3) + timedelta(days=7, hours=2)
    return spring <= written < spring + timedelta(hours=1)


def shortcode(at: datetime, low: int) -> str:
    number = (int(at.timestamp() * 1000) - 1_314_220_021_721) << 23 | low
    letters = ""
    while number:
        number, place = divmod(number, 64)
        letters = LETTERS[place] + letters
    return letters


def told_figures(codes: tuple[str, ...], figures: tuple[int | None, ...]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((code, told) for code, told in zip(codes, figures, strict=True) if told is not None))


captions = st.text(st.sampled_from(' abcñáÉ¿«»",;\n\r\t|.:=+-@0123456789#€'), max_size=40) | st.text(
    st.characters(exclude_categories=("Cs", "Cc")), max_size=20
)
spanish = st.text(st.sampled_from(' abcñáÉ¿«»",;\n|.:=+-@0123456789#€'), max_size=40)
hours = st.datetimes(datetime(2023, 1, 1), datetime(2026, 6, 30)).map(  # noqa: DTZ001 -- the same
    lambda at: at.replace(second=0, microsecond=0)
)

pacific_hours = hours.filter(lambda at: not is_never(at))


@st.composite
def lists(draw: st.DrawFn, text: st.SearchStrategy[str] = captions) -> tuple[Variant, tuple[Post, ...]]:
    variant = draw(st.sampled_from(VARIANTS))
    figures = st.tuples(*[st.none() | st.integers(0, 10**7) for _ in variant.figures])
    numbers = draw(st.lists(st.integers(10**16 + 1, 10**18 - 1), min_size=1, max_size=8, unique=True))
    posts = tuple(
        Post(
            str(number), draw(text), draw(hours.filter(lambda at: not is_never(at))), draw(st.booleans()), draw(figures)
        )
        for number in numbers
    )
    assume(sum(post.identifier.endswith("0") for post in posts) * 2 <= len(posts))
    return variant, posts


def link_of(variant: Variant, post: Post) -> str:
    if variant.network == "facebook":
        return f"https://www.facebook.com/persopenaclara/posts/{post.identifier}"
    if post.is_story:
        return f"https://www.instagram.com/stories/persopenaclara/{post.identifier}/"
    low = int(post.identifier) % (1 << 23)
    return f"https://www.instagram.com/p/{shortcode(pacific_instant(post.written), low)}/"


def make_rows(variant: Variant, posts: tuple[Post, ...], time_format: str = "%m/%d/%Y %H:%M") -> list[list[str]]:
    keys = INSTAGRAM_KEYS if variant.network == "instagram" else FACEBOOK_KEYS
    rows = [[*variant.header, *variant.figures]]
    for post in posts:
        told = {
            "id": post.identifier,
            "account": "100064000000001",
            "user": "persopenaclara",
            "name": "Personería de Peñaclara",
            "text": post.text,
            "time": post.written.strftime(time_format),
            "link": link_of(variant, post),
            "kind": variant.story if post.is_story else variant.post,
            "date": variant.lifetime,
        }
        figures = ["" if figure is None else str(figure) for figure in post.figures]
        rows.append([*(told.get(key, "") for key in keys), *figures])
    return rows


def print_rows(rows: list[list[str]], separator: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type] # a constant of csv
    return text.getvalue()


def read(content: bytes, name: str = "Oct-01-2025_Oct-31-2025_1.csv", answers: dict[str, str] | None = None) -> Extract:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        (receipt,) = receive([open_upload(path)], answers)
    return receipt.extract


Told = tuple[str, PublicationKind, datetime, str, str, str, tuple[tuple[str, int], ...]]


def expect(variant: Variant, posts: tuple[Post, ...]) -> list[Told]:
    codes = INSTAGRAM_FIGURES if variant.network == "instagram" else FACEBOOK_FIGURES
    return [
        (
            variant.network,
            PublicationKind.STORY if post.is_story else PublicationKind.POST,
            pacific_instant(post.written),
            post.identifier,
            post.text.strip(),
            link_of(variant, post),
            tuple(
                sorted((code, figure) for code, figure in zip(codes, post.figures, strict=True) if figure is not None)
            ),
        )
        for post in posts
    ]


def tell(extract: Extract) -> list[Told]:
    return [
        (
            each.platform.value,
            each.kind,
            each.published_at.astimezone(UTC),
            each.reference,
            each.title,
            each.link,
            tuple(sorted((code, int(amount.value)) for code, amount in each.lifetime)),
        )
        for each in extract.publications
    ]


def never_misread(extract: Extract, expected: list[Told]) -> bool:
    """Whether what was read is what was there, or nothing was and somebody is asked or told why."""
    if extract.refused is not None or extract.questions:
        return extract.publications == ()
    return tell(extract) == expected


# --- Daily series --------------------------------------------------------------------------------------------------

TITLES = (
    *(("Views", "views", ""), ("Viewers", "viewers", ""), ("Total Viewers", "total_viewers", "")),
    *(("Reach", "reach", ""), ("Follows", "followers_gained", ""), ("Content interactions", "interactions", "")),
    *(("Facebook visits", "visits", "facebook"), ("Facebook follows", "followers_gained", "facebook")),
    *(("Facebook reach", "reach", "facebook"), ("Facebook link clicks", "link_clicks", "facebook")),
    *(("Instagram profile visits", "visits", "instagram"), ("Instagram link clicks", "link_clicks", "instagram")),
    *(("Instagram follows", "followers_gained", "instagram"), ("Visualizaciones", "views", "")),
)


@dataclass(frozen=True)
class Series:
    title: str
    metric: str
    network: str
    start: date
    figures: tuple[int | None, ...]

    def days(self) -> list[date]:
        return [self.start + timedelta(days=place) for place in range(len(self.figures))]


@st.composite
def series(draw: st.DrawFn) -> Series:
    title, metric, network = draw(st.sampled_from(TITLES))
    figures = draw(st.lists(st.none() | st.integers(0, 10**9), min_size=2, max_size=100))
    start = draw(st.dates(date(2022, 1, 1), date(2026, 6, 30)))
    return Series(title, metric, network or draw(st.sampled_from(["facebook", "instagram"])), start, tuple(figures))


def print_series(made: Series, form: str, separator: str = ",", *, is_plain: bool = False) -> str:
    rows = [[made.title], ["Fecha" if made.title.startswith("Vis") else "Date", "Primary"]]
    if is_plain:
        rows[0].append("")
    for day, figure in zip(made.days(), made.figures, strict=True):
        rows.append([day.strftime(form), "" if figure is None else str(figure)])
    return print_rows(rows, separator, csv.QUOTE_MINIMAL if is_plain else csv.QUOTE_ALL)


def read_series(content: bytes, made: Series) -> Extract:
    return read(content, "archivo.csv", {"network": made.network})


def tell_series(extract: Extract) -> list[tuple[str, str, date, int | None]]:
    return [
        (each.platform.value, each.metric, each.period.start, None if each.amount is None else int(each.amount.value))
        for each in extract.observations
    ]


def expect_series(made: Series) -> list[tuple[str, str, date, int | None]]:
    return [(made.network, made.metric, day, figure) for day, figure in zip(made.days(), made.figures, strict=True)]
