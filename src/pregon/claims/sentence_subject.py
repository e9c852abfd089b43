"""Who does what a sentence tells: the whole office and its channels, or something that is only a part of them.

«La sede electrónica tuvo 94.196 visitas» speaks of all of them; «la página de inicio tuvo 20.000», «la noticia sobre la
feria tuvo 800» do not, and their figures are never held against the whole.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from pregon.claims.vocabulary import find_entities


class Doer(Enum):
    """Who a sentence is about."""

    WHOLE = auto()
    """The office, one of its channels, a measure itself («las visitas fueron»), or nobody named."""
    PART = auto()
    """Something else: a page, a piece of news, a campaign, a group of people."""
    EACH = auto()
    """One of many: «cada usuario»."""


_NAMED: Final = re.compile(
    r"(?:\b(?P<preposition>de|en|a|ante|bajo|con|contra|desde|durante|entre|hacia|hasta|mediante|para|por|segun|sobre|tras"
    r"|como|que) )?\b(?P<article>el|la|los|las|un|una|cada|su|sus|nuestr[oa]s?|est[ae]|dich[oa])"
    r" (?!cual(?:es)?\b|que\b|de(?:l|mas)?\b)(?P<noun>[a-z]{3,})"
    r"(?: (?P<next>[a-z]+))?"
)
"""A noun with its article, and the preposition that keeps it from being who does something."""

_WHOLE: Final = re.compile(
    # The channels, and what is counted in them.
    r"sedes?|sitios?|paginas?|portal(?:es)?|webs?|red(?:es)?|cuentas?|perfil(?:es)?|canal(?:es)?|plataformas?"
    r"|fanpage|visitas?|publicaciones|publicacion|piezas?|contenidos?|posts?|noticias|mensajes|correos|boletines|seguidores"
    r"|interacciones|alcance|visualizaciones|reproducciones|impresiones|asistentes?|asistencia|participantes|participacion"
    r"|publico|personas|ciudadania|comunidad|audiencia|eventos|actividades|campanas|riesgos|solicitudes|disenos|videos"
    r"|fondos|acompanamientos|conmemoraciones|trafico"
    # The office and the entity.
    r"|entidad(?:es)?|institucion|organismo|oficina|area|equipo|grupo|despacho|dependencias|direccion|subdireccion|personeria|alcaldia"
    r"|concejo|contraloria|procuraduria|defensoria|gobernacion|ministerio|secretaria|instituto|universidad|hospital|empresa"
    r"|agencia|superintendencia|corporacion|administracion|municipio|distrito|gobierno|comunicaci[a-z]+|prensa"
    # What is done, told with a noun: «se logró la difusión de 273 publicaciones».
    r"|difusion|realizacion|elaboracion|emision|divulgacion|produccion|creacion|ejecucion|atencion|desarrollo|cumplimiento"
    r"|socializacion|cobertura|acompanamiento|envio|diseno|apoyo|asesoria|logro|trabajo|labor|estrategia|plan"
    # The time, the count and the report.
    r"|trimestre|periodo|mes(?:es)?|ano|semestre|vigencia|balance|cierre|total|suma|sumatoria|numero|cantidad|cifras?"
    r"|dato|resultados?|registro|contador|conteo|promedio|media|gestion|informe|reporte|tabla|grafica|meta|indicador"
    r"|mayor|mayoria|menor|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|ultim[oa]|enero|febrero|marzo|abril|mayo|junio"
    r"|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_PAGE: Final = frozenset({"pagina", "paginas", "publicacion", "cuenta", "canal"})
_PARTLY: Final = frozenset({"de", "del", "principal", "sobre", "con", "para", "en"})
"""What follows a page or an account that is one of several, where no network is named with it."""


def doer_of(lead: str) -> Doer:
    """Who the sentence that begins with `lead` (flattened, up to a figure) is about.

    >>> doer_of("en octubre la sede electronica tuvo "), doer_of("la noticia sobre la feria tuvo ")
    (<Doer.WHOLE: 1>, <Doer.PART: 2>)
    """
    for named in _NAMED.finditer(lead):
        if named.group("preposition"):
            continue
        if named.group("article") == "cada":
            return Doer.EACH
        noun, following = named.group("noun"), named.group("next")
        if _WHOLE.fullmatch(noun) is None:
            return Doer.PART
        is_one_of_several = noun in _PAGE and following in _PARTLY
        return Doer.PART if is_one_of_several and not find_entities(lead[named.start() :]) else Doer.WHOLE
    return Doer.WHOLE
