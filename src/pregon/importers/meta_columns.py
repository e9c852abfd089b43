"""The columns of Meta's lists of content, in every language seen, and the kinds of content that they name.

Headers are Meta's own, which differ by language, by month and by network; a person teaches another one with an answer
(`column:…`, see `headers`). The set of columns changes from month to month, so a file is known by a few of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pregon.importers.base import Answers, Question
from pregon.importers.headers import COLUMN_KEY, Columns, clean_header, match_columns
from pregon.importers.meta_blocks import NETWORK_KEY, NETWORKS
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind

_MOST_CHOICES: Final = 60
TYPE_KEY: Final = "type:"
"""How a person says what a kind of content is, among the answers: {"type:foto panoramica": "post"}."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "post_id": ("Post ID", "Identificador de la publicación", "Bericht-ID"),
    "video_id": ("Video asset ID", "Identificador de la pieza de vídeo", "Identificador del activo de video"),
    "page_id": ("Page ID", "Identificador de la página", "Pagina-ID"),
    "page_name": ("Page name", "Nombre de la página", "Naam van pagina"),
    "account_id": ("Account ID", "Identificador de la cuenta"),
    "account_username": ("Account username", "Nombre de usuario de la cuenta"),
    "account_name": ("Account name", "Nombre de la cuenta"),
    "title": ("Title", "Título", "Titel"),
    "description": ("Description", "Descripción", "Omschrijving"),
    "duration": ("Duration (sec)", "Duración (segundos)", "Duur (sec.)"),
    "publish_time": ("Publish time", "Hora de publicación", "Publicatietijdstip"),
    "caption_type": ("Caption type", "Tipo de subtítulo", "Type onderschrift"),
    "permalink": ("Permalink", "Enlace permanente"),
    "post_type": ("Post type", "Tipo de publicación", "Berichttype"),
    "data_comment": ("Data comment", "Comentario sobre los datos", "Opmerking data"),
    "date": ("Date", "Fecha", "Datum"),
    "views": ("Views", "Visualizaciones", "Weergaven"),
    "reach": ("Reach", "Alcance", "Bereik"),
    "likes": ("Likes", "Me gusta"),
    "reactions": ("Reactions", "Reacciones", "Reacties"),
    "interactions": (
        "Reactions, Comments and Shares",
        "Reacciones, comentarios y veces que se compartió",
        "Reacciones, comentarios y veces que se ha compartido",
        "Reacties, opmerkingen en deelacties",
    ),
    "comments": ("Comments", "Comentarios", "Opmerkingen"),
    "shares": ("Shares", "Veces que se compartió", "Veces que se ha compartido", "Deelacties"),
    "saves": ("Saves", "Veces guardado", "Veces que se guardó"),
    # In the list of Spain «Seguidores» are those that the publication brought, not all of them.
    "follows": ("Follows", "Seguimientos", "Seguidores"),
    "total_clicks": ("Total clicks", "Total de clics", "Totaal aantal klikken"),
    "link_clicks": ("Link Clicks", "Clics en el enlace"),
    "profile_visits": ("Profile visits", "Visitas al perfil"),
    "replies": ("Replies", "Respuestas"),
    "sticker_taps": ("Sticker taps", "Toques en stickers"),
    "navigation": ("Navigation", "Navegación"),
    "is_crosspost": ("Is crosspost", "Es una publicación cruzada", "Is gecrosspost"),
    "is_share": ("Is share", "Es una publicación compartida", "Is een gedeeld bericht"),
    "languages": ("Languages", "Idiomas", "Talen"),
    "labels": ("Custom labels", "Etiquetas personalizadas", "Aangepaste labels"),
    "funded": ("Funded content status", "Estado de contenido financiado", "Status gefinancierde content"),
}

LIFETIME: Final[Mapping[str, str]] = {
    "views": "views",
    "reach": "reach",
    "likes": "likes",
    "reactions": "likes",
    "interactions": "interactions",
    "comments": "comments",
    "shares": "shares",
    "saves": "saves",
    "follows": "followers_gained",
    "link_clicks": "link_clicks",
    "profile_visits": "visits",
}
"""The columns with figures of the day of the export, and the metric of each."""

_POSTS: Final[Mapping[str, tuple[str, ...]]] = {
    "imagen": ("IG image", "Imagen de Instagram", "Photos", "Photo", "Fotos", "Foto", "Imagen"),
    "reel": ("IG reel", "Reel de Instagram", "Reels", "Reel"),
    "secuencia": ("IG carousel", "Secuencia de Instagram", "Carrusel de Instagram", "Carousel", "Secuencia"),
    "video": ("IG video", "Video de Instagram", "Vídeo de Instagram", "Videos", "Vídeos", "Video", "Vídeo"),
    "enlace": ("Links", "Link", "Enlaces", "Enlace"),
    "texto": ("Text", "Texto", "Status", "Statuses", "Estado"),
}
_STORIES: Final = ("IG story", "Historia de Instagram", "Stories", "Story", "Historias", "Historia")
STORY: Final = "historia"
_WORDS: Final[Mapping[str, str]] = {
    **{clean_header(name): word for word, names in _POSTS.items() for name in names},
    **{clean_header(name): STORY for name in _STORIES},
}
_ANSWERED: Final[Mapping[str, str]] = {"post": "otra", "story": STORY, "none": ""}


def name_kind(told: str, answers: Answers) -> str | None:
    """The word for a kind of content, «imagen» or «historia»; "" for one the person left out, None for an unknown."""
    folded = clean_header(told)
    said = next(
        (
            value
            for key, value in answers.items()
            if key.startswith(TYPE_KEY) and clean_header(key.removeprefix(TYPE_KEY)) == folded
        ),
        None,
    )
    if said is not None and said in _ANSWERED:
        return _ANSWERED[said]
    return _WORDS.get(folded)


def ask_kind(told: str) -> Question:
    """Ask what a kind of content is."""
    return Question(
        f"{TYPE_KEY}{clean_header(told)}",
        f"No conocemos el tipo «{told}»: diga cómo se cuenta.",
        (("post", "Publicación"), ("story", "Historia"), ("none", "No se cuenta")),
    )


def kind_of(word: str) -> PublicationKind:
    """Whether what that word names is a story or a post."""
    return PublicationKind.STORY if word == STORY else PublicationKind.POST


REQUIRED: Final = ("publish_time", "post_type")
WHICH_KEY: Final = "which:"
"""The question of which column says something, where the header's words are unknown: «which:publish_time»."""
_ASKED: Final = {"publish_time": "la hora de publicación", "post_type": "el tipo de publicación"}


def match_sheet(header: Sequence[str], answers: Answers) -> Columns:
    """The columns of a header, with those that the person said."""
    taught = {
        f"{COLUMN_KEY}{words}": key.removeprefix(WHICH_KEY)
        for key, words in answers.items()
        if key.startswith(WHICH_KEY)
    }
    return match_columns(header, COLUMNS, {**taught, **answers})


def ask_columns(columns: Columns) -> tuple[Question, ...]:
    """What has to be said of a header before its rows can be read."""
    choices = tuple((words, words) for words in columns.unknown[:_MOST_CHOICES])
    return tuple(
        Question(f"{WHICH_KEY}{key}", f"No reconocemos la columna de {_ASKED[key]}: diga cuál es.", choices)
        for key in REQUIRED
        if key not in columns
    )


def find_network(columns: Columns, answers: Answers) -> Platform | None:
    """The network whose columns they are: a page's or an account's; None where they say neither."""
    if "page_id" in columns or "page_name" in columns:
        return Platform.FACEBOOK
    if "account_id" in columns or "account_username" in columns:
        return Platform.INSTAGRAM
    return NETWORKS.get(answers.get(NETWORK_KEY, "").strip().casefold())


def name_account(columns: Columns, fields: Sequence[str]) -> str:
    """The page or profile of a row: the user name tells a profile, the name a page."""
    told = (columns.text(key, fields) for key in ("account_username", "page_name", "account_name"))
    return next((words for words in told if words), "")
