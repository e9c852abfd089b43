"""A report that somebody wrote by hand, read back: the migration of an office that begins with Pregón.

What the auditor binds to a channel, a metric and a month becomes an observation «tomada de un informe». What the report
contradicts itself on is listed with its reason and not taken: nobody here can say which of two figures is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.runner import audit_document
from pregon.claims.claim import Claim, Scope
from pregon.claims.records import platform_and_metric
from pregon.document.unreadable import UnreadableFile
from pregon.figures.metric import CATALOGUE, Additivity, find_metric
from pregon.figures.period import Period
from pregon.importers.base import (
    Answers,
    Birth,
    Confidence,
    Extract,
    Identification,
    ImportedObservation,
    Question,
    Source,
    Upload,
)
from pregon.readers import MAXIMUM_BYTES, read_document
from pregon.readers.signatures import Content, recognise
from pregon.records.organisation import Platform
from pregon.records.publishing import Method, ObservationStatus
from pregon.registro.vocabulary import PLATFORMS
from pregon.relations.relation import Verdict

PERIOD_KEY: Final = "period"
_RULE: Final = "tomado de un informe"
_KINDS: Final = {Content.WORD: "Word", Content.PDF: "PDF", Content.OPENDOCUMENT: "OpenDocument"}
_TEXT_SUFFIXES: Final = (".docx", ".docm", ".pdf", ".odt")
_BLANK_FIGURES: Final = "GAP001"
_ADVICE_ON_FIGURES: Final = ("LBL001", "FMT003")
"""Rules that say a label joins two measures, or that a note calls the figures approximate."""

_Key = tuple[Platform, str, Period]
_Row = tuple[int, int]


def identify(upload: Upload) -> Identification | None:
    """A Word, PDF or OpenDocument text: no platform exports one."""
    if not upload.head.startswith((b"PK\x03\x04", b"%PDF-")) or not upload.name.casefold().endswith(_TEXT_SUFFIXES):
        return None
    if upload.size > MAXIMUM_BYTES:
        return None
    kind = _KINDS.get(recognise(upload.read()))
    return None if kind is None else Identification(Confidence.LIKELY, f"es un informe en {kind}")


def extract(upload: Upload, answers: Answers) -> Extract:
    """The figures of the report that the auditor binds and no account of the report puts in doubt."""
    try:
        document = read_document(upload.path, name=upload.name)
    except UnreadableFile as error:
        return Extract(refused=str(error))
    reading = Reading(document)
    period = _period_of(reading, answers)
    if period is None:
        return Extract(
            questions=(Question(PERIOD_KEY, f"¿De qué periodo es «{upload.name}»? Escríbalo así: 2025-T4."),)
        )
    findings = audit_document(document).findings
    said = _sort_claims(reading, period, _find_doubtful(reading))
    observations, conflicts = _observe(said, period, _read_assumptions(findings), upload)
    if not observations:
        nothing = (
            f"«{upload.name}» no tiene cifras de las que se sepa el canal, la medida y el mes: anótelas en el registro."
        )
        return Extract(remarks=(nothing, *conflicts))
    told = [*(finding.message for finding in findings if _is_told(finding)), *conflicts]
    if told:
        told.insert(0, "Lo que el informe contradice o no deja confirmar no se tomó; la auditoría dice:")
    return Extract(observations=observations, remarks=tuple(told))


def _period_of(reading: Reading, answers: Answers) -> Period | None:
    if answers.get(PERIOD_KEY):
        try:
            return Period.parse(answers[PERIOD_KEY])
        except ValueError:
            return None
    return reading.period if reading.timeline.has_year else None


def _is_told(finding: Finding) -> bool:
    """Whether a finding says that figures are in dispute, cannot be confirmed or are not there."""
    return finding.severity in (Severity.CONTRADICTION, Severity.INCONCLUSIVE) or finding.code == _BLANK_FIGURES


def _find_doubtful(reading: Reading) -> frozenset[int]:
    """The claims, by number, in an account that does not close, unless another account of theirs does.

    The total of an account that cannot be made is doubtful too; its parts are not.
    """
    vouched: set[int] = set()
    doubtful: set[int] = set()
    for bond in reading.bonds:
        relation = bond.relation
        parts = (relation.target, *relation.operands)
        if relation.verdict.holds:
            vouched.update(parts)
        elif relation.verdict is Verdict.CONTRADICTION:
            doubtful.update(parts)
        else:
            doubtful.add(relation.target)
    return frozenset(doubtful - vouched)


def _read_assumptions(findings: Iterable[Finding]) -> dict[_Row, str]:
    """What the audit advises of a row's words and of how its figures were obtained, by table and row."""
    assumed: dict[_Row, str] = {}
    for finding in findings:
        if finding.code in _ADVICE_ON_FIGURES:
            for location in finding.locations:
                if location.table is not None and location.row is not None:
                    assumed.setdefault((location.table, location.row), finding.message)
    return assumed


def _sort_claims(reading: Reading, period: Period, doubtful: frozenset[int]) -> dict[_Key, list[Claim]]:
    """The claims of one platform, one metric of the catalogue and one month, in the reader's order."""
    said: dict[_Key, list[Claim]] = {}
    for claim in reading.claims:
        if claim.number in doubtful or claim.scope is not Scope.WHOLE or claim.amount.unit:
            continue
        subject = reading.index.settle(claim.subject)
        platform, code = platform_and_metric(subject)
        when = _in_year(subject.period, period, has_year=reading.timeline.has_year)
        if platform is None or when is None:
            continue
        known = CATALOGUE.get(code) or find_metric(claim.location.row_label, platform.value)
        if known is not None:
            said.setdefault((platform, known.code, when), []).append(claim)
    return said


def _observe(
    said: dict[_Key, list[Claim]], period: Period, assumed: dict[_Row, str], upload: Upload
) -> tuple[tuple[ImportedObservation, ...], list[str]]:
    """An observation for each platform, metric and month that has one figure; those with two are told instead."""
    monthly = {(platform, code) for platform, code, when in said if when != period}
    observations, conflicts = [], []
    for (platform, code, when), claims in said.items():
        is_sum = CATALOGUE[code].over_time is Additivity.ADDABLE
        if is_sum and when == period and period.months != (period,) and (platform, code) in monthly:
            continue  # the months give it
        # A cell before a sentence, and the most exact of them.
        best = min(claims, key=lambda claim: (claim.amount.ulp, not claim.is_cell))
        odd = next((each for each in claims if not each.amount.interval.meets(best.amount.interval)), None)
        if odd is not None:
            name = f"{PLATFORMS.label(platform)}, {CATALOGUE[code].name.lower()}"
            conflicts.append(f"{name} de {when.title}: dice {best.text} y también {odd.text}.")
            continue
        place = best.location
        advice = assumed.get((place.table or 0, place.row or 0))
        birth = Birth(upload.name, upload.sha256, place.describe(), _RULE, (advice,) if advice else ())
        observations.append(
            ImportedObservation(platform, code, when, ObservationStatus.VALUE, best.amount, birth, Method.REPORT)
        )
    return tuple(observations), conflicts


def _in_year(said: Period | None, own: Period, *, has_year: bool) -> Period | None:
    """A month of the report's period, or the period itself; None for any other."""
    if said is None:
        return None
    if not has_year and said.months:
        months = [Period.month(own.start.year, month.start.month) for month in said.months]
        said = Period(months[0].start, months[-1].end)
    return said if said == own or said in own.months else None


SOURCE = Source(
    "old-report",
    "Informe anterior",
    identify,
    extract,
    "El informe de un trimestre pasado, en Word, PDF u OpenDocument, tal como se entregó.",
)
