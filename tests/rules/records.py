"""A dossier written as text, so that a case can say what the records hold."""

from datetime import date
from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Platform
from pregon.records.publishing import Observation, ObservationStatus
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest

QUARTER = Period.quarter(2025, 4)


def read_dossier(text: str) -> Dossier:
    """The fourth quarter of 2025, a record a line; «-» where there is no datum.

    `request design 2025-10-01 2025-10-08 2025-10-09` is asked, due, delivered; `risk R1 misuse Posibilidad de…`;
    `follow R1 2025-12-18 no` says whether it materialised, and after it why although the records say otherwise;
    `incident 2025-11-03`. Any other line is a metric, a platform and its three months.
    """
    lines = [line.split() for line in text.splitlines()]
    measured = [line for line in lines if line[0] not in {"request", "risk", "follow", "incident"}]
    platforms = dict.fromkeys(platform for _, platform, *_ in measured)
    return Dossier(
        Institution("Entidad de prueba"),
        QUARTER,
        Control("", ""),
        tuple(
            Channel(platform, platform.capitalize(), Platform(platform), is_internal=platform == "whatsapp")
            for platform in platforms
        ),
        observations=tuple(one for line in measured for one in _observe(*line)),
        requests=tuple(
            ServiceRequest(
                f"SOL-{nth}", RequestKind(kind), "", "Pieza", date.fromisoformat(asked), _day(due), _day(delivered)
            )
            for nth, (_, kind, asked, due, delivered) in enumerate(
                (line for line in lines if line[0] == "request"), start=1
            )
        ),
        risks=tuple(
            Risk(reference, " ".join(words), signal=RiskSignal(signal))
            for _, reference, signal, *words in (line for line in lines if line[0] == "risk")
        ),
        follow_ups=tuple(
            RiskFollowUp(risk, date.fromisoformat(day), said == "sí", despite=" ".join(why))
            for _, risk, day, said, *why in (line for line in lines if line[0] == "follow")
        ),
        incidents=tuple(
            Incident(f"INC-{nth}", date.fromisoformat(day), "Perfil falso")
            for nth, (_, day) in enumerate((line for line in lines if line[0] == "incident"), start=1)
        ),
    )


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


def _observe(metric: str, platform: str, *values: str) -> list[Observation]:
    return [
        Observation(
            metric,
            platform,
            month,
            ObservationStatus.VALUE if value != "-" else ObservationStatus.NO_DATA,
            Amount.exact(Decimal(value)) if value != "-" else None,
        )
        for month, value in zip(QUARTER.months, values, strict=True)
    ]
