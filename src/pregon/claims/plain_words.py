"""Plain sentences: those that say nothing but who, what, how many and when.

«En el trimestre se hicieron 94 publicaciones en Facebook» can only be the figure of the table. Any other word may make
it something else («en Facebook, con video», «sobre violencia de género», «a la fecha»), and no list of such words is
ever complete; so it is the plain ones that are listed.
"""

from __future__ import annotations

import re
from typing import Final

from pregon.claims.vocabulary import NEWS, POSTS, find_entities, find_measures
from pregon.figures.words import MONTHS

_WORD: Final = re.compile(r"[a-zñ]{4,}|sin|mas|con")
_PLAIN: Final = re.compile(
    # What was done, had or reached.
    r"(?:realiz|hici|difund|divulg|emit|elabor|produ[cj]|registr|recib|obtuv|obten|alcanz|logr|tuvi|tuvo|tien|hubo|fuer|suma"
    r"|sumo|cont[oó]|contar|complet|envi|atend|atien|reun|asist|particip|report|gener|present|ejecut|desarroll|efectu"
    r"|public[oa]|llev[aoó]|cumpl|entreg|llegaron|llego|pid|solicit|requir|concentr|aport|represent|correspond)[a-z]*|hizo|cabo|pudo"
    # When.
    rf"|{'|'.join(MONTHS)}|(?:tri|se|cuatri|bi)mestres?|periodos?|mes|meses|vigencia|durante|este|esta|presente|actual"
    r"|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|ultimo|respectivamente|corte"
    # How many.
    r"|total(?:es)?|sumatoria|cantidad|numero|cifras?|general|conjunto|tod[oa]s|nuev[oa]s|unidades|veces"
    # Who: the office, the entity, its channels.
    r"|entidad|institucion|institucional(?:es)?|oficial(?:es)?|oficina|equipo|grupo|asesora|prensa|comunicaci[a-z]+|personeria"
    r"|dependencias|personal|funcionarios|servidores|ciudadania|publico|dentro|fuera|hacia|alcaldia|concejo"
    r"|contraloria|municipal|distrital|gobernacion|canal|canales|perfil|cuenta|pagina|sitio|portal|sede"
    r"|electronica|redes|social|sociales|plataformas?|intern[oa]s?|extern[oa]s?|digital(?:es)?"
    # How one thing is joined to another.
    r"|tambien|ademas|asimismo|finalmente|parte|medio|traves|siguiente|manera|distribuid[oa]s|entre|para|como"
    r"|cual|cuales|estas?|estos|ell[oa]s|fueron|eran|esto|decir|informacion|persona|personas|asistentes"
    r"|publicaciones|publicacion|piezas|mensajes|noticias|actividades|contenidos?|evento|eventos|visitas"
)


def is_plain(words: str, measure: str) -> bool:
    """Whether the words around a figure of a measure (flattened) hold none that may make it something else.

    Another measure is such a word; no measure, "", makes none of them so.

    >>> is_plain("en el trimestre se hicieron publicaciones en facebook", "posts")
    True
    >>> is_plain("publicaciones en facebook con video", "posts")
    False
    """
    left = words
    measures = find_measures(words)
    if measure and any(term.code != measure and {term.code, measure} != {POSTS, NEWS} for term in measures):
        return False
    for term in (*find_entities(words), *measures):
        left = left[: term.start] + " " * (term.end - term.start) + left[term.end :]
    return all(_PLAIN.fullmatch(word) for word in _WORD.findall(left))
