"""Surveys of satisfaction: opened with a link, answered by anybody, counted, and in the figures once they are closed.

An answer adds one to a count, and what somebody would improve is kept apart from it: neither says who, from where nor
when, and neither has an entry in the journal, whose entries have their hour. What the figures rest on is the closing,
which has one: it fixes how many answered and how many gave 4 or 5. A quarter that closes takes no more answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.comparison import percentage
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import PeriodLock
from pregon_web.ledger.selectors import next_reference
from pregon_web.ledger.services import (
    BadRecord,
    add_record,
    change_record,
    hold_institution,
    remove_record,
    require_open,
)
from pregon_web.programme.models import Survey, SurveyRemark, SurveyTally
from pregon_web.public_links import make_token

VALUES: Final = (5, 4, 3, 2, 1)
SATISFIED: Final = 4
"""From this value on somebody is satisfied."""


class SurveyClosed(Exception):  # noqa: N818 - what happened, not a suffix
    """The survey takes no more answers."""


@dataclass(frozen=True, slots=True)
class Results:
    """What was answered: by value, from 5 to 1, and together. Of a survey that came from a workbook only together."""

    by_value: tuple[tuple[int, int], ...]
    answers: int
    satisfied: int
    fewest: int

    @property
    def is_measurable(self) -> bool:
        """Whether there are answers enough to say something, and to say nothing of anybody."""
        return self.answers > 0 and self.answers >= self.fewest

    @property
    def satisfaction(self) -> Amount | None:
        """Those of 4 and 5 in per cent of all; None where it cannot be measured."""
        return percentage(Decimal(self.satisfied), Decimal(self.answers)) if self.is_measurable else None

    @property
    def missing(self) -> int:
        """How many answers it still needs."""
        return max(0, max(self.fewest, 1) - self.answers)


# --- reads ----------------------------------------------------------------------------------------------------------


def surveys_for(access: Access, period: str) -> QuerySet[Survey]:
    """The surveys of a quarter of the person's institution, to be listed."""
    return Survey.objects.of(access.institution).filter(period=period).select_related("event")


def survey_for(access: Access, period: str, pk: int) -> Survey:
    """A survey of the person's institution. Raises Http404."""
    return get_object_or_404(surveys_for(access, period), pk=pk)


def survey_by_token(institution_id: int, token: str) -> Survey:
    """The survey of a public address, also one that is closed. Raises Http404."""
    rows = Survey.objects.of(institution_id).select_related("institution", "event")
    return get_object_or_404(rows, token=token)


def takes_answers(survey: Survey) -> bool:
    """Whether the survey and its quarter are open."""
    locks = PeriodLock.objects.of(survey.institution_id).filter(period=survey.period)
    return survey.closed_at is None and not locks.exists()


def results_of(survey: Survey) -> Results:
    """What was answered to a survey."""
    tallies = SurveyTally.objects.of(survey.institution_id).filter(survey=survey)
    return _results(survey, dict(tallies.values_list("value", "count")))


def results_for(access: Access, period: str) -> dict[int, Results]:
    """What was answered to each survey of a quarter, by its key: two queries however many there are."""
    counts: dict[int, dict[int, int]] = {}
    tallies = SurveyTally.objects.of(access.institution).filter(survey__period=period)
    for survey_id, value, count in tallies.values_list("survey_id", "value", "count"):
        counts.setdefault(survey_id, {})[value] = count
    rows = Survey.objects.of(access.institution).filter(period=period)
    return {row.pk: _results(row, counts.get(row.pk, {})) for row in rows}


def _results(survey: Survey, counts: Mapping[int, int]) -> Results:
    answers, satisfied = _sums(counts)
    if survey.answers is not None and survey.satisfied is not None:
        answers, satisfied = survey.answers, survey.satisfied
    by_value = tuple((value, counts.get(value, 0)) for value in VALUES) if counts else ()
    return Results(by_value, answers, satisfied, survey.fewest)


def _sums(counts: Mapping[int, int]) -> tuple[int, int]:
    return sum(counts.values()), sum(count for value, count in counts.items() if value >= SATISFIED)


def remarks_of(survey: Survey) -> list[str]:
    """What people would improve, by their words: the order in which they came would say when."""
    rows = SurveyRemark.objects.of(survey.institution_id).filter(survey=survey)
    return sorted(rows.values_list("text", flat=True), key=str.casefold)


# --- the editor's writes --------------------------------------------------------------------------------------------


@transaction.atomic
def add_survey(*, access: Access, period: str, fields: Mapping[str, Any]) -> Survey:
    """Open a survey with the next reference of its year. Raises ClosedPeriod."""
    require_open(access.institution, [period])
    stem = f"ENC-{Period.parse(period).start.year}-"
    known = Survey.objects.of(access.institution).filter(reference__startswith=stem).values_list("reference", flat=True)
    token = make_token(access.institution.pk)
    row = Survey(period=period, reference=next_reference(known, stem, 2), token=token, **fields)
    return add_record(access=access, row=row)


@transaction.atomic
def close_survey(*, access: Access, survey: Survey) -> Survey:
    """Take no more answers; from now on it is in the figures. Closed already, nothing changes. Raises ClosedPeriod."""
    hold_institution(access.institution)
    current = Survey.objects.of(access.institution).get(pk=survey.pk)
    if current.closed_at is not None:
        return current
    results = results_of(current)
    fields = {"closed_at": timezone.now(), "answers": results.answers, "satisfied": results.satisfied}
    return change_record(access=access, row=current, fields=fields, action="close_survey")


@transaction.atomic
def reopen_survey(*, access: Access, survey: Survey) -> Survey:
    """Take answers again; until it closes it is in no figure.

    Raises ClosedPeriod, and BadRecord for one that a workbook brought: it has counts and no answers to add to.
    """
    hold_institution(access.institution)
    current = Survey.objects.of(access.institution).get(pk=survey.pk)
    if current.answers and not SurveyTally.objects.of(access.institution).filter(survey=current).exists():
        raise BadRecord("Esta encuesta llegó ya contada en un registro de Excel. Para recibir respuestas, abra otra.")
    fields = {"closed_at": None, "answers": None, "satisfied": None}
    return change_record(access=access, row=survey, fields=fields, action="reopen_survey")


@transaction.atomic
def drop_survey(*, access: Access, survey: Survey, reason: str) -> None:
    """Remove a survey that nobody answered. Raises ClosedPeriod, and BadRecord where somebody did."""
    hold_institution(access.institution)
    if results_of(survey).answers:
        raise BadRecord("Ya hay quien respondió: ciérrela en vez de borrarla.")
    remove_record(access=access, row=survey, reason=reason)


# --- anybody's answer -----------------------------------------------------------------------------------------------


@transaction.atomic
def answer_survey(*, survey: Survey, value: int, remark: str = "") -> None:
    """Count an answer. Raises SurveyClosed where the survey or its quarter closed meanwhile."""
    hold_institution(survey.institution)
    current = Survey.objects.of(survey.institution_id).get(pk=survey.pk)
    if not takes_answers(current):
        raise SurveyClosed
    rows = SurveyTally.objects.of(survey.institution_id)
    rows.get_or_create(survey=current, value=value, defaults={"institution": survey.institution})
    rows.filter(survey=current, value=value).update(count=F("count") + 1)
    text = " ".join(remark.split())
    if text:
        SurveyRemark.objects.create(institution=survey.institution, survey=current, text=text)
