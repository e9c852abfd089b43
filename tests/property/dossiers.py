"""A Hypothesis strategy of consistent dossiers: every reference names a record, every date fits its period.

    from tests.property.dossiers import dossiers

    @given(dossiers())
    def test_something(dossier): ...

What varies freely is what breaks books: text of any kind, amounts of any size, missing values, order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from pregon.figures.amount import Amount
from pregon.figures.metric import CATALOGUE
from pregon.figures.period import Period
from pregon.figures.spanish import fold
from pregon.records.dossier import Dossier
from pregon.records.organisation import (
    Channel,
    Closure,
    Control,
    Declaration,
    Institution,
    Office,
    Pending,
    Platform,
    ProcedureStep,
    Signature,
    SignatureRole,
)
from pregon.records.programme import Campaign, Commemoration, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import (
    Evidence,
    Method,
    Observation,
    ObservationStatus,
    Publication,
    PublicationKind,
)
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, Satisfaction, ServiceRequest

SECTIONS = ("website", "audience", "platform_statistics", "stories", "events", "risks", "campaigns")
_TRICKY = (
    "=1+1", "+57 300", "-", "@usuario", "34.811", "34,811", "1/2", "6/10/2025", "0", "007", "1E5", "100%", "#N/A",
    "TRUE", "sin dato", "no aplica", " con espacios ", "dos\nlíneas", "dos\r\nlíneas", "tab\tulado", "'apóstrofo",
    "ejemplo: PUB-001", "a; b", 'con "comillas"', "🎺 pregón", "_x000D_", "_x0041_", "x005F_", "Ñandú áéíóú",
    "\u00a0duro\u00a0", "\u200bcero", "fin\u2028línea", "<b>&amp;</b>", "]]>", "x" * 2000,
)  # fmt: skip
_FORMULAS = (
    "solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100", "asistentes / convocados", "mediana_dias_habiles",
    "(publicaciones + noticias) / eventos", "1 ÷ (eventos − eventos)", "nada_de_eso × 2",
)  # fmt: skip
_FORBIDDEN = "".join(chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def words() -> st.SearchStrategy[str]:
    """Any text that a cell can hold and that says something."""
    free = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=_FORBIDDEN), min_size=1, max_size=40)
    return st.one_of(st.sampled_from(_TRICKY), free).filter(lambda text: bool(text.strip()))


def maybe_words() -> st.SearchStrategy[str]:
    """A text, or none."""
    return st.one_of(st.just(""), words())


def _names(prefix: str, most: int) -> st.SearchStrategy[list[str]]:
    """References that no folding confuses."""
    return st.lists(
        st.one_of(words(), st.integers(1, 999).map(lambda number: f"{prefix}-{number:03}")),
        max_size=most,
        unique_by=lambda name: fold(name.strip()),
    ).map(lambda names: [name for name in names if fold(name.strip())])


def _pick(names: Sequence[str]) -> st.SearchStrategy[str]:
    """One of some references, or none."""
    return st.sampled_from(["", *names])


def _day(period: Period) -> st.SearchStrategy[date]:
    return st.dates(period.start, period.end)


def _maybe_day() -> st.SearchStrategy[date | None]:
    return st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))


def _count() -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, 10**7)


def amounts(*, least: int | None = 0) -> st.SearchStrategy[Amount]:
    """Amounts of any size and rounding, whole or not, with or without a unit."""
    values = st.one_of(
        st.integers(0 if least is not None else -(10**9), 10**20).map(Decimal),
        st.decimals(0 if least is not None else -(10**6), 10**9, allow_nan=False, allow_infinity=False, places=3),
    )
    rounding = st.sampled_from([Decimal(0), Decimal("0.001"), Decimal("0.1"), Decimal(1), Decimal(100), Decimal(10**6)])
    return st.builds(Amount, values, st.sampled_from(["", "", "%", "COP"]), rounding)


def periods() -> st.SearchStrategy[Period]:
    """A period of a report: mostly a quarter."""
    years = st.integers(2000, 2080)
    return st.one_of(
        st.builds(Period.quarter, years, st.integers(1, 4)),
        st.builds(Period.half, years, st.integers(1, 2)),
        st.builds(Period.month, years, st.integers(1, 12)),
    )


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """A consistent dossier."""
    period = draw(periods())
    offices = draw(_offices())
    channels = draw(_channels())
    evidence_names = draw(_names("EV", 3))
    campaign_names = draw(_names("CAM", 2))
    risk_names = draw(_names("R", 2))
    steps = tuple(ProcedureStep(name, draw(words())) for name in draw(_names("6", 2)))
    codes = [channel.code for channel in channels]
    publications = draw(_publications(period, codes, campaign_names, evidence_names)) if codes else ()
    cutoff = draw(st.none() | _moments(period))
    return Dossier(
        institution=Institution(draw(words()), draw(maybe_words()), draw(maybe_words()), offices),
        period=period,
        control=draw(_controls(cutoff, steps)),
        channels=channels,
        publications=publications,
        observations=draw(_observations(period, codes, evidence_names)) if codes else (),
        campaigns=draw(_campaigns(period, campaign_names, codes, [office.name for office in offices])),
        commemorations=draw(_commemorations(period, campaign_names, [each.reference for each in publications])),
        events=draw(_events(period, [office.name for office in offices], evidence_names)),
        requests=draw(
            _requests(period, [office.name for office in offices], [each.reference for each in publications])
        ),
        satisfaction=draw(_satisfaction()),
        risks=tuple(draw(_risk(name)) for name in risk_names),
        follow_ups=draw(_follow_ups(period, risk_names, evidence_names)) if risk_names else (),
        incidents=draw(_incidents(period, risk_names, evidence_names)),
        activities=draw(_activities([step.code for step in steps], evidence_names)),
        evidence=tuple(draw(_evidence(name, period, codes)) for name in evidence_names),
        pending=draw(_pending()),
        declarations=draw(_declarations()),
        closures=draw(_closures()),
    )


@st.composite
def _offices(draw: st.DrawFn) -> tuple[Office, ...]:
    return tuple(Office(name, tuple(draw(st.lists(words(), max_size=2)))) for name in draw(_names("Dependencia", 2)))


@st.composite
def _channels(draw: st.DrawFn) -> tuple[Channel, ...]:
    return tuple(
        Channel(code, draw(words()), draw(st.sampled_from(Platform)), draw(st.booleans()))
        for code in draw(_names("canal", 3))
    )


def _moments(period: Period) -> st.SearchStrategy[datetime]:
    first = datetime.combine(period.end, datetime.min.time())
    return st.datetimes(first, first + timedelta(days=40)).map(lambda moment: moment.replace(second=0, microsecond=0))


@st.composite
def _controls(draw: st.DrawFn, cutoff: datetime | None, steps: tuple[ProcedureStep, ...]) -> Control:
    signature = st.builds(Signature, st.sampled_from(SignatureRole), words(), maybe_words(), _maybe_day(), _maybe_day())
    return Control(
        draw(maybe_words()),
        draw(maybe_words()),
        cutoff,
        draw(_maybe_day()),
        draw(maybe_words()),
        steps,
        tuple(draw(st.lists(signature, max_size=2))),
        draw(maybe_words()),
    )


@st.composite
def _publications(
    draw: st.DrawFn, period: Period, channels: list[str], campaigns: list[str], evidence: list[str]
) -> tuple[Publication, ...]:
    found = []
    for name in draw(_names("PUB", 4)):
        day = draw(_day(period))
        later = st.none() | st.dates(day, date(2099, 12, 31))
        found.append(
            Publication(
                name, draw(st.sampled_from(channels)), draw(st.sampled_from(PublicationKind)), day, draw(words()),
                draw(maybe_words()), draw(_pick(campaigns)), draw(_pick(evidence)),
                draw(later), draw(later),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def _observations(draw: st.DrawFn, period: Period, channels: list[str], evidence: list[str]) -> tuple[Observation, ...]:
    places = st.tuples(
        st.sampled_from(sorted(CATALOGUE)), st.sampled_from(channels), st.sampled_from([*period.months, period])
    )
    found = []
    for metric, channel, within in draw(st.lists(places, max_size=5, unique=True)):
        status = draw(st.sampled_from(ObservationStatus))
        least = None if metric == "followers_gained" else 0
        amount = draw(amounts(least=least)) if status is ObservationStatus.VALUE else None
        found.append(
            Observation(
                metric, channel, within, status, amount, draw(st.sampled_from(Method)), draw(maybe_words()),
                draw(_pick(evidence)), draw(maybe_words()), draw(_maybe_day()), draw(maybe_words()),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def _campaigns(
    draw: st.DrawFn, period: Period, names: list[str], channels: list[str], offices: list[str]
) -> tuple[Campaign, ...]:
    found = []
    for name in names:
        start = draw(st.none() | _day(period))
        end = None if start is None else draw(st.dates(start, period.end))
        deliverable = st.builds(Deliverable, words(), _count(), _count())
        some = draw(st.lists(st.sampled_from(channels), max_size=3, unique=True)) if channels else []
        found.append(
            Campaign(
                name, draw(words()), draw(maybe_words()), draw(maybe_words()), tuple(some),
                draw(_pick(offices)), start, end,
                tuple(draw(st.lists(deliverable, max_size=2))), draw(st.booleans()), draw(maybe_words()),
                draw(_maybe_day()),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def _commemorations(
    draw: st.DrawFn, period: Period, campaigns: list[str], publications: list[str]
) -> tuple[Commemoration, ...]:
    one = st.builds(Commemoration, words(), _day(period), _pick(campaigns), _pick(publications))
    return tuple(draw(st.lists(one, max_size=2)))


@st.composite
def _events(draw: st.DrawFn, period: Period, offices: list[str], evidence: list[str]) -> tuple[Event, ...]:
    return tuple(
        Event(
            name, draw(_day(period)), draw(words()), draw(_pick(offices)), draw(_count()), draw(_count()),
            draw(maybe_words()), draw(_pick(evidence)), draw(st.booleans()), draw(maybe_words()), draw(_maybe_day()),
        )
        for name in draw(_names("EVE", 3))
    )  # fmt: skip


@st.composite
def _requests(
    draw: st.DrawFn, period: Period, offices: list[str], publications: list[str]
) -> tuple[ServiceRequest, ...]:
    found = []
    for name in draw(_names("SOL", 3)):
        asked = draw(_day(period))
        later = st.none() | st.dates(asked, period.end + timedelta(days=60))
        kind, office = draw(st.sampled_from(RequestKind)), draw(_pick(offices))
        found.append(
            ServiceRequest(
                name, kind, office, draw(words()), asked, draw(later), draw(later), draw(later),
                draw(_pick(publications)), draw(st.integers(0, 10**7)), draw(later),
            )
        )  # fmt: skip
    return tuple(found)


def _risk(name: str) -> st.SearchStrategy[Risk]:
    signal = st.sampled_from(RiskSignal)
    return st.builds(Risk, st.just(name), words(), maybe_words(), signal, maybe_words(), maybe_words())


@st.composite
def _closures(draw: st.DrawFn) -> tuple[Closure, ...]:
    one = st.builds(Closure, st.dates(date(1990, 1, 1), date(2099, 12, 31)), words())
    return tuple(draw(st.lists(one, max_size=2, unique_by=lambda each: each.day)))


@st.composite
def _follow_ups(draw: st.DrawFn, period: Period, risks: list[str], evidence: list[str]) -> tuple[RiskFollowUp, ...]:
    one = st.builds(
        RiskFollowUp, st.sampled_from(risks), _day(period), st.booleans(), _count(), _count(), maybe_words(),
        _pick(evidence), maybe_words(), st.none() | st.integers(1, 3), maybe_words(),
    )  # fmt: skip
    return tuple(draw(st.lists(one, max_size=2)))


@st.composite
def _incidents(draw: st.DrawFn, period: Period, risks: list[str], evidence: list[str]) -> tuple[Incident, ...]:
    return tuple(
        Incident(name, draw(_day(period)), draw(words()), draw(_pick(risks)), draw(_pick(evidence)))
        for name in draw(_names("INC", 2))
    )


@st.composite
def _satisfaction(draw: st.DrawFn) -> tuple[Satisfaction, ...]:
    counts = st.integers(0, 9999)
    pairs = [(name, sorted((draw(counts), draw(counts)))) for name in draw(_names("ENC", 2))]
    return tuple(Satisfaction(name, draw(words()), answers, satisfied) for name, (satisfied, answers) in pairs)


@st.composite
def _activities(draw: st.DrawFn, steps: list[str], evidence: list[str]) -> tuple[PlanActivity, ...]:
    targets = st.none() | st.decimals(0, 200, allow_nan=False, allow_infinity=False, places=2)
    progress = st.none() | st.decimals(0, 100, allow_nan=False, allow_infinity=False, places=2)
    return tuple(
        PlanActivity(
            name, draw(_pick(steps)), draw(words()), draw(maybe_words()), draw(_count()), draw(_count()),
            draw(st.sampled_from(IndicatorKind)), draw(targets), draw(maybe_words()),
            draw(maybe_words() | st.sampled_from(_FORMULAS)), draw(maybe_words()), draw(maybe_words()),
            draw(_pick(evidence)), draw(progress),
        )
        for name in draw(_names("PA", 3))
    )  # fmt: skip


@st.composite
def _evidence(draw: st.DrawFn, name: str, period: Period, channels: list[str]) -> Evidence:
    return Evidence(
        name, draw(words()), draw(maybe_words()), draw(maybe_words()), draw(st.sampled_from(["", "9f" * 32])),
        draw(_maybe_day()), draw(_pick(SECTIONS)), draw(_pick(channels)),
        draw(st.none() | st.sampled_from([*period.months, period])),
    )  # fmt: skip


@st.composite
def _declarations(draw: st.DrawFn) -> tuple[Declaration, ...]:
    one = st.builds(Declaration, st.sampled_from(SECTIONS), words(), words())
    return tuple(draw(st.lists(one, max_size=2, unique_by=lambda each: (each.section, fold(each.what)))))


@st.composite
def _pending(draw: st.DrawFn) -> tuple[Pending, ...]:
    one = st.builds(Pending, st.sampled_from(SECTIONS), words(), maybe_words(), maybe_words(), _maybe_day())
    return tuple(draw(st.lists(one, max_size=2)))
