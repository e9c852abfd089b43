"""Un riesgo que se dice de una manera y los registros de otra.

## Qué revisa

Con `--against registro.xlsx`, lo que el informe dice de cada riesgo, «no se materializó» o «se materializó», contra su
seguimiento y contra lo que cuentan los demás registros: correcciones después de publicar y piezas sin aprobación,
entregas tardías, incidentes de uso indebido. Sin registro no revisa nada.

## Por qué importa

«No se materializó» al lado de siete entregas tardías es la contradicción que un órgano de control encuentra primero.

## Ejemplo

| Riesgo | Estado |
|---|---|
| Posibilidad de retrasos en la publicación de la información | **No se materializó** |

«Posibilidad de retrasos en la publicación de la información: el informe dice «No se materializó» y los registros tienen
5 entregas tardías.»

## Qué no juzga

- Riesgos que no se sabe con seguridad cuáles son: el texto tiene que repetir las palabras del mapa.
- Los que ningún registro deja ver, y los que el seguimiento explica por qué no se materializaron a pesar de ellos.
- Notas de otra fecha u otro periodo que el del registro.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.stretches import quote_stretch, sentences_of
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location, LocationKind
from pregon.document.model import Passage
from pregon.figures.spanish import print_date, print_number

if TYPE_CHECKING:
    from pregon.records.dossier import Dossier
    from pregon.records.monitors import Monitor
    from pregon.records.risk import Risk

_SAID: Final = re.compile(r"\b(?P<denied>no )?se (?:han? )?materializ(?:o|aron|ado)\b")
_NOT_SAID: Final = re.compile(
    r"\?|\bsi se materializ|\bcuando se\b|\ben caso de\b|\bningun[oa]?\b|\bde haberse\b|\bdicen? que\b"
)
_NEAR: Final = 2


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Hold what is said of each risk against its follow-up and its monitor; without a dossier, nothing."""
    dossier = reading.against
    if dossier is None or not dossier.risks:
        return
    from pregon.claims.same_time import is_of_records, is_of_their_time  # the records load only for who brings them

    if not is_of_records(reading.timeline, dossier):
        return
    for number, passage in reading.passages.saying(lambda text: "materializ" in flatten(text)):
        if _is_label(passage, reading):
            continue
        if is_of_their_time(passage.prose.text, dossier):
            yield from _judge_passage(number, dossier, reading)


def _is_label(passage: Passage, reading: Reading) -> bool:
    """Whether a text heads a row or a column: a question that another cell answers."""
    place = passage.location
    table = reading.tabulation(place.table)
    if place.kind is LocationKind.HEADING:
        return True
    if table is None or place.row is None or place.column is None:
        return False
    return place.row - 1 not in table.body or (place.column == 1 and table.has_label_column and table.width > 1)


def _judge_passage(number: int, dossier: Dossier, reading: Reading) -> Iterator[Finding | Holding]:
    from pregon.claims.named_risks import find_risk

    passage = reading.passages[number]
    for start, sentence in sentences_of(passage):
        said = _SAID.search(sentence)
        if said is None or _NOT_SAID.search(sentence):
            continue
        named = (find_risk(text, dossier.risks) for text in _contexts(number, reading))
        risk = next((risk for risk in named if risk is not None), None)
        if risk is None:
            continue
        place = quote_stretch(passage.location, start + said.start(), start + said.end())
        found = _judge(risk, dossier, place, is_denied=bool(said["denied"]))
        if found is not None:
            yield found


def _contexts(number: int, reading: Reading) -> Iterator[str]:
    """Where the risk may be named: the text itself, its row, what stands over its table, the texts just before."""
    passages = reading.passages
    passage = passages[number]
    yield passage.prose.text
    place = passage.location
    if place.table is not None:
        table = reading.tabulation(place.table)
        yield " ".join(_row_of(number, passages))
        yield table.before if table is not None else ""
        return
    for before in reversed(passages[max(0, number - _NEAR) : number]):
        if _SAID.search(flatten(before.prose.text)):
            return
        yield before.prose.text


def _row_of(number: int, passages: Sequence[Passage]) -> Iterator[str]:
    place = passages[number].location
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(passages):
            other = passages[at].location
            if (other.table, other.row) != (place.table, place.row):
                break
            yield passages[at].prose.text
            at += step


def _judge(risk: Risk, dossier: Dossier, place: Location, *, is_denied: bool) -> Finding | Holding | None:
    from pregon.records.monitors import follow_up_of, watch

    follow_up = follow_up_of(dossier, risk)
    found = watch(dossier, risk.signal)
    if follow_up is not None and follow_up.materialised is is_denied:
        told = "que sí" if follow_up.materialised else "que no"
        right = f"su seguimiento del {print_date(follow_up.checked_on)} dice {told}"
        return _tell(risk, place, right, right)
    if not is_denied:
        return None
    if found.contradicts and (follow_up is None or not follow_up.despite):
        right = _count(found)
        return _tell(risk, place, f"los registros tienen {right}", right)
    if follow_up is None:
        return None
    account = f"seguimiento del {print_date(follow_up.checked_on)}"
    return Holding(RULE.code, f"{risk.description.rstrip('.')}: no se materializó", account, Agreement.EXACT, (place,))


def _tell(risk: Risk, place: Location, otherwise: str, expected: str) -> Finding:
    quoted = " ".join(place.quoted.split())
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{risk.description.rstrip('.')}: el informe dice «{quoted}» y {otherwise}.",
        locations=(place,),
        stated=quoted,
        expected=expected,
        cause="El seguimiento y el informe se escribieron por separado.",
        remedy="Corrija lo que dice el informe, o explique en el seguimiento por qué no se materializó.",
    )


def _count(found: Monitor) -> str:
    many = found.count or 0
    one, more = _WORDS[found.signal.value]
    return f"{print_number(many)} {one if many == 1 else more}"


_WORDS: Final = {
    "corrections": (
        "publicación corregida, retirada o sin aprobación",
        "publicaciones corregidas, retiradas o sin aprobación",
    ),
    "late_deliveries": ("solicitud que pasó de su fecha", "solicitudes que pasaron de su fecha"),
    "misuse": ("incidente de uso indebido", "incidentes de uso indebido"),
}

RULE = Rule(code="LED005", name="risk-statement", severity=Severity.CONTRADICTION, since="0.1", check=check)
