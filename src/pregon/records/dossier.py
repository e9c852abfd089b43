"""Dossier: all that one institution recorded for one period, frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pregon.figures.period import Period
from pregon.records.organisation import Channel, Closure, Control, Declaration, Institution, Pending
from pregon.records.programme import Campaign, Commemoration, Event, PlanActivity
from pregon.records.publishing import Evidence, Observation, Publication
from pregon.records.risk import Incident, Risk, RiskFollowUp
from pregon.records.service import Satisfaction, ServiceRequest


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one institution recorded for one period. Order is the office's own and carries no meaning.

    References between records are plain strings (a channel's code, a campaign's reference); a reference that names
    nothing is the registro's business to refuse.
    """

    institution: Institution
    period: Period
    control: Control
    channels: tuple[Channel, ...] = ()
    publications: tuple[Publication, ...] = ()
    observations: tuple[Observation, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    commemorations: tuple[Commemoration, ...] = ()
    events: tuple[Event, ...] = ()
    requests: tuple[ServiceRequest, ...] = ()
    risks: tuple[Risk, ...] = ()
    follow_ups: tuple[RiskFollowUp, ...] = ()
    incidents: tuple[Incident, ...] = ()
    activities: tuple[PlanActivity, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    pending: tuple[Pending, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    closures: tuple[Closure, ...] = ()
    satisfaction: tuple[Satisfaction, ...] = ()

    def channel(self, code: str) -> Channel:
        """The channel of that code.

        Raises:
            KeyError: there is none.
        """
        for channel in self.channels:
            if channel.code == code:
                return channel
        raise KeyError(code)

    @property
    def social_channels(self) -> tuple[Channel, ...]:
        """The social networks, in the office's order."""
        return tuple(channel for channel in self.channels if channel.is_social)

    def observation(self, metric: str, channel: str, period: Period) -> Observation | None:
        """The last observation recorded of a metric, channel and exact period; None where nobody recorded one."""
        found = None
        for observation in self.observations:
            if (observation.metric, observation.channel, observation.period) == (metric, channel, period):
                found = observation
        return found
