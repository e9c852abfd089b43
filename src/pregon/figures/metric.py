"""Metrics: what an office counts, what each platform calls it, and whether its values may be added.

The names are those of the platforms' own panels and exports, in Spanish and English, and those that reports use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pregon.figures.words import fold, join_words

PLATFORMS = ("facebook", "instagram", "x", "youtube", "tiktok", "linkedin", "website", "whatsapp")


class Additivity(StrEnum):
    """Whether the values of a metric may be added into one."""

    ADDABLE = "addable"
    NOT_ADDABLE = "not_addable"


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted.

    Attributes:
        code: its name in files and code, «views».
        name: its Spanish label, «Visualizaciones».
        singular: what one of them is called, «visualización».
        plural: what several are called, «visualizaciones».
        feminine: the gender of those nouns, for agreement.
        definition: one Spanish sentence for the method section of a report.
        over_time: whether months may be added into a quarter.
        over_channels: whether channels may be added into a whole.
        why_not: why they may not, to follow «porque» or a colon; "" when they may.
        names: what each platform calls it; the platform "" holds the names used anywhere.
        unit: the unit of its amounts, "" for a count.
    """

    code: str
    name: str
    singular: str
    plural: str
    feminine: bool
    definition: str
    over_time: Additivity = Additivity.ADDABLE
    over_channels: Additivity = Additivity.ADDABLE
    why_not: str = ""
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: str = ""

    def names_on(self, platform: str) -> tuple[str, ...]:
        """The names that a platform gives it; empty when it does not measure it."""
        return next((names for where, names in self.names if where == platform), ())


_PEOPLE = "son personas: la misma puede estar en dos meses o en dos redes"
_STOCK = "es un saldo: cada mes ya incluye a quienes estaban antes"

_METRICS = (
    Metric(
        "posts",
        "Publicaciones",
        "publicación",
        "publicaciones",
        feminine=True,
        definition="Las publicaciones propias que salieron en cada red, sin historias ni respuestas.",
        names=(
            ("", ("posts", "post", "publicaciones en redes sociales", "total publicaciones", "contenido publicado")),
            ("x", ("create post", "publicaciones creadas", "tuits", "tweets")),
            ("youtube", ("videos", "vídeos", "videos publicados")),
            ("tiktok", ("videos", "vídeos", "videos publicados")),
        ),
    ),
    Metric(
        "news_items",
        "Noticias",
        "noticia",
        "noticias",
        feminine=True,
        definition="Las noticias publicadas en la sede electrónica.",
        names=(
            ("", ("publicaciones noticias", "noticias publicadas", "boletines publicados")),
            ("website", ("publicaciones",)),
        ),
    ),
    Metric(
        "stories",
        "Historias",
        "historia",
        "historias",
        feminine=True,
        definition="Las historias publicadas, que duran un día y se cuentan aparte de las publicaciones.",
        names=(("", ("stories", "historias publicadas")), ("instagram", ("historia de instagram", "ig story"))),
    ),
    Metric(
        "visits",
        "Visitas",
        "visita",
        "visitas",
        feminine=True,
        definition="Las veces que alguien abrió el perfil o la sede electrónica; quien vuelve cuenta otra vez.",
        names=(
            ("", ("visits", "visitas al perfil", "profile visits", "visitas sede electrónica")),
            ("facebook", ("facebook visits", "visitas a facebook", "visitas a la página", "page_views_total")),
            ("instagram", ("instagram profile visits", "visitas al perfil de instagram", "profile_views")),
            ("tiktok", ("profile views", "vistas del perfil")),
            ("website", ("nb_visits", "visitas a la sede electrónica")),
        ),
    ),
    Metric(
        "views",
        "Visualizaciones",
        "visualización",
        "visualizaciones",
        feminine=True,
        definition="Las veces que el contenido apareció o se reprodujo; la misma persona puede contar varias veces.",
        names=(
            ("", ("views", "vistas", "reproducciones")),
            ("facebook", ("page_media_view", "impresiones", "impressions")),
            ("instagram", ("impresiones", "impressions")),
            (
                "x",
                ("impressions", "impresiones", "cuántas veces fue visto el post (alcance)", "cuántas veces fue visto"),
            ),
            ("tiktok", ("video views", "visualizaciones de video", "vistas de video")),
            ("linkedin", ("impressions", "impresiones")),
            ("website", ("page views", "pageviews", "páginas vistas", "vistas de página", "nb_pageviews")),
        ),
    ),
    Metric(
        "reach",
        "Alcance",
        "persona alcanzada",
        "personas alcanzadas",
        feminine=True,
        definition="Las cuentas distintas que vieron algún contenido en el mes; cada una cuenta una sola vez.",
        over_time=Additivity.NOT_ADDABLE,
        over_channels=Additivity.NOT_ADDABLE,
        why_not=_PEOPLE,
        names=(
            ("", ("reach", "personas alcanzadas", "cuentas alcanzadas", "alcance único")),
            ("facebook", ("facebook reach", "alcance de facebook")),
            ("instagram", ("instagram reach", "alcance de instagram")),
            ("tiktok", ("reached audience", "público alcanzado")),
        ),
    ),
    Metric(
        "viewers",
        "Espectadores",
        "espectador",
        "espectadores",
        feminine=False,
        definition="Las personas distintas que vieron algún contenido en el mes, según Meta; cada una cuenta una vez.",
        over_time=Additivity.NOT_ADDABLE,
        over_channels=Additivity.NOT_ADDABLE,
        why_not=_PEOPLE,
        names=(
            ("", ("viewers", "espectadores únicos")),
            ("facebook", ("page_total_media_view_unique",)),
            ("youtube", ("unique viewers", "usuarios únicos")),
        ),
    ),
    Metric(
        "total_viewers",
        "Espectadores totales",
        "espectador en total",
        "espectadores en total",
        feminine=False,
        definition="Las personas que Meta llama «Total Viewers»: otra cuenta que la de espectadores, y no coincide.",
        over_time=Additivity.NOT_ADDABLE,
        over_channels=Additivity.NOT_ADDABLE,
        why_not=_PEOPLE,
        names=(("", ("total viewers", "total de espectadores")),),
    ),
    Metric(
        "followers_gained",
        "Seguidores nuevos",
        "seguidor nuevo",
        "seguidores nuevos",
        feminine=False,
        definition="Las cuentas que empezaron a seguir el canal en el mes.",
        names=(
            (
                "",
                ("new followers", "nuevos seguidores", "seguidores ganados", "follows", "new follows", "seguimientos"),
            ),
            ("facebook", ("facebook follows", "seguidores", "seguidores de facebook", "page_daily_follows")),
            ("instagram", ("instagram follows", "seguidores", "me gusta y seguidores", "seguidores de instagram")),
            ("x", ("nuevos seguimientos",)),
            ("youtube", ("subscribers", "suscriptores", "suscriptores nuevos")),
        ),
    ),
    Metric(
        "followers_total",
        "Seguidores en total",
        "seguidor",
        "seguidores",
        feminine=False,
        definition="Las cuentas que seguían el canal al final del mes.",
        over_time=Additivity.NOT_ADDABLE,
        over_channels=Additivity.NOT_ADDABLE,
        why_not=_STOCK,
        names=(
            ("", ("total followers", "total de seguidores", "seguidores totales", "followers", "comunidad")),
            ("facebook", ("page_follows",)),
            ("youtube", ("total de suscriptores", "suscriptores en total")),
        ),
    ),
    Metric(
        "likes",
        "Me gusta",
        "«me gusta»",
        "«me gusta»",
        feminine=False,
        definition="Las veces que alguien marcó «me gusta».",
        names=(("", ("likes", "me gustas")), ("facebook", ("reactions", "reacciones"))),
    ),
    Metric(
        "interactions",
        "Interacciones",
        "interacción",
        "interacciones",
        feminine=True,
        definition="Las reacciones, los comentarios, las veces compartido y las veces guardado, juntos.",
        names=(
            ("", ("interactions", "content interactions", "interacciones con el contenido", "engagement")),
            (
                "facebook",
                (
                    "reactions, comments and shares",
                    "reacciones, comentarios y veces que se compartió",
                    "reacciones, comentarios y veces que se ha compartido",
                    "page_post_engagements",
                ),
            ),
            ("x", ("engagements",)),
        ),
    ),
    Metric(
        "comments",
        "Comentarios recibidos",  # «Comentarios» alone heads a column of remarks in many a report
        "comentario",
        "comentarios",
        feminine=False,
        definition="Los comentarios que dejaron las personas en lo publicado.",
    ),
    Metric(
        "shares",
        "Veces compartido",
        "vez compartido",
        "veces compartido",
        feminine=True,
        definition="Las veces que alguien compartió lo publicado.",
    ),
    Metric(
        "saves",
        "Veces guardado",
        "vez guardado",
        "veces guardado",
        feminine=True,
        definition="Las veces que alguien guardó lo publicado para volver a verlo.",
    ),
    Metric(
        "link_clicks",
        "Clics en el enlace",
        "clic en el enlace",
        "clics en el enlace",
        feminine=False,
        definition="Las veces que alguien abrió el enlace que llevaba lo publicado o el perfil.",
        names=(
            ("", ("link clicks", "clics en enlaces")),
            ("facebook", ("facebook link clicks",)),
            ("instagram", ("instagram link clicks",)),
        ),
    ),
    Metric(
        "reposts",
        "Republicaciones",
        "republicación",
        "republicaciones",
        feminine=True,
        definition="Las veces que alguien volvió a publicar en su propia cuenta lo publicado por la entidad.",
        names=(("", ("reposts",)),),
    ),
    Metric(
        "video_views",
        "Reproducciones de video",
        "reproducción de video",
        "reproducciones de video",
        feminine=True,
        definition="Las veces que se reprodujeron los videos, aparte de las veces que aparecieron.",
        names=(("x", ("video views",)),),
    ),
    Metric(
        "followers_lost",
        "Seguidores perdidos",
        "seguidor perdido",
        "seguidores perdidos",
        feminine=False,
        definition="Las cuentas que dejaron de seguir el canal en el mes.",
        names=(("", ("unfollows", "lost followers")),),
    ),
    Metric(
        "messages",
        "Mensajes",
        "mensaje",
        "mensajes",
        feminine=False,
        definition="Los mensajes institucionales enviados por el canal interno.",
        names=(
            ("", ("messages", "mensajes enviados", "mensajes internos")),
            ("whatsapp", ("whatsapp", "publicaciones", "publicaciones whatsapp", "mensajes de whatsapp")),
        ),
    ),
    Metric(
        "wallpapers",
        "Fondos de pantalla",
        "fondo de pantalla",
        "fondos de pantalla",
        feminine=False,
        definition="Los fondos de pantalla puestos en los equipos de la entidad.",
        names=(("", ("wallpapers", "fondo pantalla", "fondo de pantalla", "fondos pantalla")),),
    ),
    Metric(
        "attendees",
        "Asistentes",
        "asistente",
        "asistentes",
        feminine=False,
        definition="Las asistencias a los eventos; quien va a dos cuenta dos veces.",
        names=(("", ("attendees", "cantidad asistentes", "cantidad de asistentes", "asistencia", "participantes")),),
    ),
    Metric(
        "unique_visitors",
        "Visitantes únicos",
        "visitante único",
        "visitantes únicos",
        feminine=False,
        definition="Los visitantes distintos de la sede electrónica en el mes; cada uno cuenta una sola vez.",
        over_time=Additivity.NOT_ADDABLE,
        over_channels=Additivity.NOT_ADDABLE,
        why_not=_PEOPLE,
        names=(
            ("", ("unique visitors", "visitantes")),
            ("website", ("nb_uniq_visitors", "active users", "usuarios", "usuarios activos", "users", "total users")),
        ),
    ),
    Metric(
        "log_visits",
        "Visitas según el registro del servidor",
        "visita según el registro del servidor",
        "visitas según el registro del servidor",
        feminine=True,
        definition="Las visitas contadas en el registro del servidor web, sin los robots conocidos; no son las de "
        "Matomo ni las de Google Analytics.",
    ),
    Metric(
        "log_page_views",
        "Páginas vistas según el registro del servidor",
        "página vista según el registro del servidor",
        "páginas vistas según el registro del servidor",
        feminine=True,
        definition="Las páginas que el servidor web entregó, sin archivos, errores ni robots conocidos; no son las que "
        "cuentan Matomo ni Google Analytics.",
    ),
    Metric(
        "sessions",
        "Sesiones",
        "sesión",
        "sesiones",
        feminine=True,
        definition="Las sesiones abiertas en la sede electrónica, según Google Analytics; quien vuelve abre otra.",
        names=(("", ("sessions",)),),
    ),
)

CATALOGUE: Mapping[str, Metric] = MappingProxyType({entry.code: entry for entry in _METRICS})


def metric(code: str) -> Metric:
    """Give the metric of a code.

    Raises:
        ValueError: when the catalogue has no such code; the sentence lists those it has.
    """
    try:
        return CATALOGUE[code]
    except KeyError:
        raise ValueError(f"No hay una métrica «{code}». Escriba una de estas: {join_words(list(CATALOGUE))}.") from None


def find_metric(label: str, platform: str = "") -> Metric | None:
    """Find the metric that a label names, by what its platform calls it first and by its general names next.

    Without a platform, a name that only platforms use counts when all of them mean the same by it: «Impresiones» is
    found, «Seguidores» alone is not (new ones, or all of them?). Case, accents and spaces do not matter.
    """
    named = _index()
    name = fold(label).rstrip(" :")
    if platform:
        code = named.get((fold(platform), name)) or named.get(("", name))
    else:
        code = named.get(("", name)) or _agreed_code(name)
    return CATALOGUE[code] if code else None


def _agreed_code(name: str) -> str | None:
    """The code that every platform with that name gives it, when they agree."""
    codes = {code for platform in PLATFORMS if (code := _index().get((platform, name)))}
    return codes.pop() if len(codes) == 1 and name not in _AMBIGUOUS else None


# Panels that show the new ones and reports that mean all of them use the same word.
_AMBIGUOUS = frozenset({"seguidores", "suscriptores", "subscribers"})

_INDEX: dict[tuple[str, str], str] = {}


def _index() -> dict[tuple[str, str], str]:
    """Map platform and folded name to code; built when first asked for, to keep the import short."""
    if not _INDEX:
        for entry in _METRICS:
            for name in (entry.code, entry.name):
                _INDEX["", fold(name)] = entry.code
            for platform, names in entry.names:
                _INDEX.update({(platform, fold(name)): entry.code for name in names})
    return _INDEX
