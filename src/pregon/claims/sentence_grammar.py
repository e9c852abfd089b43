"""The words around a number in a Spanish sentence, over flattened text (lower case, no accents)."""

from __future__ import annotations

import re
from typing import Final

MASKED: Final = re.compile(
    r"\\\\\S.*?(?=$|\n)|https?://\S+|www\.\S+|\S+@\S+|\b(?:\d{1,3}\.){3}\d{1,3}\b"
    # Laws, rulings, contracts and their years.
    r"|\b(?:ley|decreto|resolucion|acuerdo|sentencia|circular|articulo|art\.|radicado|contrato|acta|oficio|codigo)"
    r"\s+(?:n\.?[o°º]\.?\s*)?[a-z]{0,3}-?\d[\d./-]*(?:\s+de(?:l ano)?\s+\d{4})?"
    # What only numbers a place or a thing.
    r"|\b(?:version|v\.|actividad(?:es)?|numeral|paso|tabla|grafica|figura|imagen|anexo|capitulo|seccion|pagina|p\."
    r"|pag\.)\s+\d[\d./]*"
    # What only tells one thing of its kind from the others: «Riesgo 2», «la comuna 4»; not «en el canal 120 videos».
    r"|\b(?:grupo|tema|serie|canal|riesgo|fase|etapa|eje|linea|componente|indicador|objetivo|modulo|nivel|piso|sala|comuna"
    r"|zona|sector|lote|ciclo|item|punto|hito|semana|boletin|edicion|reto|control|ficha|folio|formato|estrategia|programa"
    r"|proyecto)\s+(?:n\.?[o°º]\.?\s*)?\d{1,3}\b(?![.,]?\d|\s*%|\s+[a-z]+s\b)"
    # Hours, and numbers of sections and procedures.
    r"|\b\d{1,2}:\d{2}(?:\s*[ap]\.?\s?m\.?)?"
    r"|(?<![\w.])\d+\.\d+/\d+|^\s*\d{1,2}\.(?:\d{1,2}(?:\.\d{1,2})*\.?)?\s"
    r"|\b(?:ano|vigencia)\s+(?:19|20)\d\d\b|\b(?:de|del|en|para)\s+(?:19|20)\d\d\b"
    # Codes, plates, fingerprints, telephone numbers and their extensions.
    r"|(?<!\d)(?:\+?57[ -]?)?(?:60\d|3\d\d)[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)|\b(?:extension|ext\.)\s*\d{2,5}\b"
    r"|\b[a-z]+(?:-[a-z0-9]+)*-?\d[\w-]*|\b(?=[a-z]*\d)(?=\d*[a-z])(?!\d+[km]\b)[0-9a-z]{3,}\b|\b\d{8,}\b",
    re.MULTILINE,
)
"""Numbers that count nothing."""

MAY_COUNT: Final = re.compile(
    r"\d|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci|veint|treinta|cuarenta"
    r"|cincuenta|sesenta|setenta|ochenta|noventa|cien|dosc|tresc|cuatroc|quini|seisc|setec|ochoc|novec|mil)"
)
"""A digit, or the beginning of a number word."""

YEAR: Final = re.compile(r"(?:19|20)\d\d")
WORD: Final = re.compile(r"[a-zñ]+")
SENTENCE_END: Final = re.compile(r"(?<=[.;?!])\s+(?=[^\W\d_]|[¿¡«])|\n+")

LONGEST: Final = 600
"""How much of a sentence is looked at on either side of a figure, in characters; no sentence of a report is longer."""

NO_NOUN: Final = re.compile(
    r"de|del|en|y|e|o|a|al|con|por|para|sin|que|se|fue|fueron|es|son|el|la|los|las|un|una|sobre|entre|desde|hasta"
    r"|mas|menos|cada|total|durante|frente|ante|pero"
)
"""Words that may follow a number and are not what it counts."""

NEUTRAL: Final = re.compile(
    r"(?:realizad|hech|publicad|registrad|difundid|emitid|elaborad|recibid|alinead|divulgad|llevad|enviad|total)\w*"
)
"""Words that say nothing of which ones: «273 publicaciones realizadas»."""

BEFORE: Final = re.compile(
    r"\b(?P<mean>promedio|media|en promedio)\b|"
    r"\b(?P<extreme>mayor(?:es)?|menor(?:es)?|maxim[oa]|minim[oa]|pico|record|tope)\b"
    r"|\b(?P<most>(?:mas|menos) (?:concurrid|asistid|numeros|visitad|vist|leid|compartid|comentad)[oa]s?)\b"
    r"|\b(?P<bound>(?:no )?(?:menos|mas) de|al menos|por lo menos|como minimo|cerca de|casi|alrededor de"
    r"|aproximadamente|(?:super|sobrepas|rebas)(?:o|a|an|aron|amos|ando|ar)|pas(?:o|aron) de(?= l[oa]s\b)"
    r"|se acerc(?:o|a|aron|an) a)\b"
    r"|\b(?P<other>meta|faltan?|pendientes?|solo|solamente|otr[oa]s|hasta|cada|proxim[oa]s?|de l[oa]s|entre l[oa]s"
    r"|tod[oa]s l[oa]s|(?:mas|menos) que(?: l[oa]s)?|a tiempo|oportunamente|en terminos?|dentro del plazo"
    r"|fuera del? (?:plazo|termino)|con retraso)\b"
)
"""What narrows a figure from before it."""

AFTER: Final = re.compile(
    r"^\s*(?:mas|menos|puntos?|de ell[oa]s|de l[oa]s|(?:[a-zñ]+\s+)?de\s*$|[÷×/=+]"
    # «7 eventos con asistencia», not «7 eventos con 455 asistentes».
    r"|[a-zñ]+ con(?! *(?:un total de *)?$))(?![a-zñ])"
    r"|^ *[a-zñ]+ (?:de la meta|(?:de|para|por) (?:llegar|alcanzar|lograr|completar|cumplir))\b"
    r"|^ *(?:[a-zñ]+ +){0,3}?(?:por (?:evento|mes|semana|dia|persona|publicacion|red)|sin|pendientes?|a tiempo"
    r"|cancelad\w+|aplazad\w+|programad\w+|vencid\w+|tarde|anterior(?:es)?|menos|mas que|adicionales|tienen|tuvieron"
    r"|que)\b"
)
"""What narrows it from after."""

MOVES_FROM: Final = re.compile(
    r"\b(?:pas|sub|baj|aument|increment|crec|disminu|ca|redu)[a-zñ]*(?: [a-zñ]+){0,3} de\s*$"
)
"""What makes a figure the one that was before: «las publicaciones pasaron de 200 … a 250»."""

MOVES_BY: Final = re.compile(
    r"\b(?:baj|subi|aument|increment|creci|disminuy|redu[jc]|perdi|cay)(?:o|eron|aron|ia|imos|amos)?"
    r" (?:en |otr[oa]s |unos |unas )?$"
)
"""What makes a figure a change: «bajó 485 visitas», «aumentó en 40»."""

MEAN: Final = re.compile(r"\bpromedio\b|\bmedia\b")
DIFFERS: Final = re.compile(
    r"\b(?:super|aventaj|exced|sobrepas|rebas|gan)[a-z]*\b[^.;\n]{0,60}\bpor\s*$"
    r"|\b(?:diferencia|ventaja|brecha|aumento|incremento|crecimiento|alza|subida|caida|reduccion|disminucion|descenso|baja"
    r"|perdida)s? (?:absolut[oa] |net[oa] |total )?de(?: (?:unos|unas|casi|cerca de))?\s*$"
)
"""What makes a figure the difference of two others: «superó a Instagram por 5», «un aumento de 23»."""

OF_ONE: Final = re.compile(
    r"\b(?:la|una|esta|esa|dicha|nuestra) (?:campana|jornada|serie|estrategia|convocatoria|pieza|publicacion)\b"
    r"|\b(?:el|un|este|ese|dicho|del|al) (?:evento|concurso|video|encuentro|foro)\b"
)
"""Words by which what is counted is of one campaign, one event: «la campaña … tuvo 14 publicaciones»."""

OF_OFFICE: Final = re.compile(
    r"\b(?:la|esta|dicha|una|cada|de|por) (?:delegatura|dependencia|personeria delegada)\b"
    r"|\b(?:la|esta|dicha|una|cada) (?:oficina|direccion|area|subdireccion)\b"
    r"(?! (?:asesora )?de (?:las )?(?:comunicaci|prensa))(?! comunica)"
)
"""Words by which it is of one office of the entity."""

PLANNED: Final = re.compile(
    r"\bproxim[oa]s? (?:trimestre|mes|ano|periodo|vigencia)\b"
    r"|\bse (?:esperan?|preven?|proyecta|planea|programa|previer|tienen? previst)"
    r"|\bse (?:[a-z]{2,})(?:aran|iran|eran|ara|ira|era)\b"
)
"""Words by which it has not happened."""
AIMED: Final = re.compile(
    r"\b(?:meta|objetivo|proposito) (?:es|era|fue|son)\b|\bmetas? (?:de|para)(?: [a-z]+){1,4},?\s*$"
    r"|\b(?:se|la entidad) busca"
)
"""Words by which it is what was wished for."""

OTHER_DEEDS: Final = re.compile(
    r"\b(?:se|fueron|ha[nb]? sido) (?:elimin|borr|replic|repost|republic|corr[ei]g|revis|actualiz|archiv|ocult"
    r"|descart|rechaz|reprogram|aplaz|cancel|dev[ou]lv|aprob|monitor|analiz|traduj|adapt|ofrec)[a-z]*"
    r"(?: (?:otr|est|es)[oa]s)?\s*$"
)
"""What was done to things that were there: «se eliminaron 2 publicaciones», «se replicaron 8»."""
OF_A_KIND: Final = re.compile(
    r"\s+(?:fueron |son |eran )?de (?!ell[oa]s\b|l[oa]s\b|la\b|el\b|est|es[oa]|cad)(?P<kind>[a-z]{4,})"
)
"""What follows a part of what was told before: «40 solicitudes: 36 de diseño»."""
NARROWED_NOUN: Final = re.compile(
    r"\b(?:visit[a-z]+|publicaciones|piezas|mensajes|noticias|eventos|seguidores|interacciones|solicitudes)"
    r" (?:unic|nuev|recurrent|direct|organic|internacional|movil|pagad|pautad|repetid|propi|extern|intern|conjunt"
    r"|compartid|patrocinad|promocionad|destacad|diari|semanal)[a-z]*\b[^,;:.\n]*$"
)
"""Of what is counted, only some: «las visitas únicas fueron»."""
ABOUT: Final = re.compile(r"\b(?:sobre|acerca de|alusiv[oa]s|relacionad[oa]s|dirigid[oa]s|referentes)\b")
"""Words by which they are those of one subject."""
SOME: Final = re.compile(
    r"\bdestac|\bresalt|\b(?:de|entre) (?:est[oa]s|es[oa]s|ell[oa]s)\b|\bde l[oa]s cuales\b|\balgun[oa]s\b"
)
"""Words by which they are some of those told before."""

WITHIN: Final = re.compile(
    r"\bdesde (?:(?:el|la|los|las|un|una|sus?) )?(?:celular|movil|telefono|computador|tablet|dispositivo|equipo|ciudad"
    r"|municipio|pais|exterior|extranjero|buscador|red|google|facebook|instagram|aplicacion|app)[a-z]*\b|"
    r"\ben el marco de|\bcon (?:ocasion|motivo) de|\bpara conmemorar|\ben (?:conmemoracion|alianza)|\bcon apoyo de"
)
"""Words by which it is what was done for one occasion."""

COMES: Final = re.compile(
    r"\basist|\bparticip|\beventos?\b|\bconcurr|\bacudi|\breuni|\bcongreg|\bconvoc|\bjornada|\bencuentro"
)
"""Words by which people are those who came to something."""

LISTED: Final = re.compile(r"\s*(?:,|;|,?\s*\b[ye]\b)\s*(?:de\s+|en\s+)?(?:la\s+|el\s+)?")
"""What stands between two names of a list."""
LISTED_NUMBERS: Final = re.compile(r"\s*(?:,|;|,?\s*\b[ye]\b)\s*")
"""What stands between two numbers of a list: «119, el 47,2 %» is none."""

ADDS_UP: Final = re.compile(r"\b(?:suman?|sumaron|totalizan?|totalizaron|completaron|en conjunto|juntas|juntos)\s*$")
"""Words by which a figure is what those named before it give together."""

COMPARES: Final = re.compile(r"\bfrente a\b|\brespecto\b|\bcontra\b|\banterior|\bcuando\b|\bcomparad")
TOTAL: Final = re.compile(r"\btotal(?:es)?\b|\ben total\b")
LABEL: Final = re.compile(r"^\W*(?P<label>[^:\n]{1,60}):\s*\W*$")
LACKING: Final = re.compile(r"^\W*(?:pendiente|faltan?)\b")
PRODUCTS: Final = re.compile(r"^\W*(?:productos|piezas|entregables)[^:\n]*:")
SIGN_BEFORE: Final = re.compile(r"[÷×/=+]\s*$")

OF: Final = re.compile(
    r"\b(?:en|de|del|por|para|a traves de)\s+(?:las?\s+|los\s+|el\s+|sus?\s+|nuestras?\s+)?(?:red\s+|plataforma\s+)?$"
)
"""What ties a number to the name after it: «94 publicaciones en la red …»."""

LEADS: Final = re.compile(r"\s*(?::|\(|–|-|=)\s*|\s*,?\s*con\s+")
"""What ties it to the name right before it: «Facebook: 94», «Facebook, con 94»."""

BREAK: Final = re.compile(r"[,;:.\n]")
JOINS: Final = re.compile(r"(?:[,;.:\n]|\by|\be|\bmientras que|\bmientras)\s*(?:en\s+|por\s+)?(?:la\s+|el\s+)?$")
HANDS_OVER: Final = re.compile(
    r"(?::|\bcon|\b(?:pas|sub|baj|aument|crec|ca|disminu)[a-z]* de|\b(?:fue|fueron|es|son|ser[ia]n?)(?: de)?)\s*$"
)
"""What hands a measure named before over to a number without a noun: «…realizadas: 6», «…, con 34.811»."""
