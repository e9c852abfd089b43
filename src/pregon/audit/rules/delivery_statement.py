"""Se dice que no hubo retrasos y los registros tienen.

## Qué revisa

Con `--against registro.xlsx`, las frases que dicen que todo se entregó a tiempo: «no se han registrado retrasos», «sin
demoras», «los diseños se entregaron oportunamente». Se comparan con las fechas de las solicitudes: las entregadas
después de su fecha y las que pasaron de ella sin entregarse. Sin registro no revisa nada.

## Por qué importa

Es la frase que más se copia de un informe al siguiente. Si una sola solicitud se pasó de su fecha, no es cierta.

## Ejemplo

> Durante el trimestre **no se han registrado retrasos** en la entrega de las solicitudes.

«El informe dice «no se han registrado retrasos» y los registros tienen 5 entregas tardías y 2 vencidas sin entregar, de
150 solicitudes con fecha pactada.»

## Qué no juzga

- Retrasos de otra cosa que lo que las dependencias piden a la oficina.
- Frases con cifras («68 de 70 a tiempo»), con reservas («casi todas») o sobre una campaña, un evento o una dependencia.
- Notas de otra fecha u otro periodo que el del registro.
- Un registro sin ninguna solicitud con fecha pactada.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.stretches import quote_stretch, sentences_of
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location
from pregon.document.model import Passage
from pregon.figures.spanish import print_number

if TYPE_CHECKING:
    from pregon.records.dossier import Dossier
    from pregon.records.monitors import Deliveries

_LATE: Final = r"(?:retrasos?|demoras?|atrasos?)"
_ASKED: Final = r"(?:solicitudes|solicitad[oa]s?|pedid[oa]s|disenos?|piezas?|acompanamientos?|cubrimientos?)"
_WELL: Final = (
    rf"(?:a tiempo|oportunamente|de (?:manera|forma) oportuna|dentro de los? (?:plazos?|terminos?)|sin {_LATE})"
)
_DENIED: Final = re.compile(
    r"(?P<said>\bno (?:se )?(?:ha(?:n)? )?(?:registr|present|repor|evidenci|tuv|hub|hay)[a-z]*"
    rf"(?: [a-z]+){{0,2}}? {_LATE}"
    rf"|\bsin {_LATE}) (?:en|con|para) (?:[a-z]+ ){{1,7}}?{_ASKED}\b"
)
_AFFIRMED: Final = re.compile(
    rf"(?P<said>\bse (?:han? )?(?:entreg|atend)[a-z]*(?:aron|ieron|ado|ido)(?: [a-z]+){{0,6}}? {_WELL}"
    rf"|\b(?:fueron|han sido) (?:entregad|atendid)[oa]s(?: [a-z]+){{0,4}}? {_WELL})"
)
_RESERVED: Final = re.compile(
    r"\d|%|\b(?:casi|mayor(?:ia|es)?|varios|varias|algun[oa]s?|much[oa]s|parte|salvo|excepto|menos|aunque)\b"
    r"|\b(?:meta|deben?|para que|permit[a-z]+)\b|\bno (?:se |fueron |han )?(?:entreg|atend)"
    r"|\bcampanas?\b|\beventos?\b|\bjornadas?\b|\bconcurso\b"
    # Of other people than the offices that ask, or of other things than what they ask for.
    r"|\bciudadan|\busuari|\bpqr|\bpeticion|\bcontratist|\bproveedor|\bpagos?\b|\binsumos?\b|\bobras?\b"
)


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Hold what is said of delays against the dates of the requests; without a dossier, nothing."""
    dossier = reading.against
    if dossier is None:
        return
    from pregon.claims.same_time import is_of_records, is_of_their_time  # the records load only for who brings them
    from pregon.records.monitors import judge_deliveries, seen_on

    if not is_of_records(reading.timeline, dossier):
        return
    everything = judge_deliveries(dossier.requests, period=dossier.period, as_of=seen_on(dossier))
    if not everything.judged:
        return
    for _, passage in reading.passages.saying(lambda text: _find(flatten(text))):
        if is_of_their_time(passage.prose.text, dossier):
            yield from _judge_passage(passage, dossier)


def _judge_passage(passage: Passage, dossier: Dossier) -> Iterator[Finding | Holding]:
    from pregon.claims.requests import kinds_in, names_office
    from pregon.records.monitors import judge_deliveries, seen_on
    from pregon.records.service import RequestKind

    for start, sentence in sentences_of(passage):
        said = _find(sentence)
        if said is None or _RESERVED.search(sentence) or names_office(sentence, dossier):
            continue
        kinds = kinds_in(sentence) or frozenset(RequestKind)
        found = judge_deliveries(dossier.requests, period=dossier.period, as_of=seen_on(dossier), kinds=kinds)
        if found.judged:
            place = quote_stretch(passage.location, start + said.start("said"), start + said.end("said"))
            yield _tell(found, place) if found.failed else _hold(found, place)


def _find(folded: str) -> re.Match[str] | None:
    """Where it is said that nothing asked for came late."""
    denied = _DENIED.search(folded)
    if denied is not None:
        return denied
    return _AFFIRMED.search(folded) if re.search(rf"\b{_ASKED}\b", folded) else None


def _hold(found: Deliveries, place: Location) -> Holding:
    account = f"0 entregas tardías de {print_number(len(found.judged))}"
    return Holding(RULE.code, "Sin retrasos, en los registros", account, Agreement.EXACT, (place,))


def _tell(found: Deliveries, place: Location) -> Finding:
    quoted = " ".join(place.quoted.split())
    right = _count(found)
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"El informe dice «{quoted}» y los registros tienen {right}.",
        locations=(place,),
        stated=quoted,
        expected=right,
        cause=_name(found),
        remedy=f"Diga cuántas se entregaron a tiempo y cuántas no: los registros tienen {right}.",
    )


def _count(found: Deliveries) -> str:
    late, overdue, judged = len(found.late), len(found.overdue), len(found.judged)
    parts = []
    if late:
        parts.append(f"{print_number(late)} {'entrega tardía' if late == 1 else 'entregas tardías'}")
    if overdue:
        parts.append(f"{print_number(overdue)} {'vencida' if overdue == 1 else 'vencidas'} sin entregar")
    whole = "solicitud con fecha pactada" if judged == 1 else "solicitudes con fecha pactada"
    return f"{' y '.join(parts)}, de {print_number(judged)} {whole}"


def _name(found: Deliveries) -> str:
    """Which they are: three of them by their reference."""
    references = [request.reference for request in found.failed]
    more = len(references) - 3
    tail = f" y {print_number(more)} más" if more > 0 else ""
    return f"{'Es' if len(references) == 1 else 'Son'} {', '.join(references[:3])}{tail}."


RULE = Rule(code="LED004", name="delivery-statement", severity=Severity.CONTRADICTION, since="0.1", check=check)
