"""A dossier written as text, so that a case can say what the records hold."""

from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Platform
from pregon.records.publishing import Observation, ObservationStatus

QUARTER = Period.quarter(2025, 4)


def read_dossier(text: str) -> Dossier:
    """The fourth quarter of 2025: a metric, a platform and its three months a line; «-» where there is no datum."""
    observations = []
    platforms = []
    for line in text.splitlines():
        metric, platform, *values = line.split()
        platforms.append(platform)
        for month, value in zip(QUARTER.months, values, strict=True):
            known = value != "-"
            observations.append(
                Observation(
                    metric,
                    platform,
                    month,
                    ObservationStatus.VALUE if known else ObservationStatus.NO_DATA,
                    Amount.exact(Decimal(value)) if known else None,
                )
            )
    channels = tuple(
        Channel(platform, platform.capitalize(), Platform(platform), is_internal=platform == "whatsapp")
        for platform in dict.fromkeys(platforms)
    )
    return Dossier(
        Institution("Entidad de prueba"), QUARTER, Control("", ""), channels, observations=tuple(observations)
    )
