"""What the sources of the official website share: their observations and the period they lack."""

from __future__ import annotations

from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period, find_periods
from pregon.figures.words import join_words
from pregon.importers.base import Answers, Birth, ImportedObservation, Question, Upload
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus

PERIOD_KEY: Final = "period"
"""The question of which days a file covers, where it does not say."""


class RefusedFigureError(Exception):
    """A file of the website gives no figure that can be taken; the text is a sentence whose subject is the file."""


def observe_website(
    metric: str, period: Period, amount: Amount | None, birth: Birth, *, account: str = ""
) -> ImportedObservation:
    """A figure of the website as a file gives it; without an amount, the file has the place and no figure in it."""
    status = ObservationStatus.NO_DATA if amount is None else ObservationStatus.VALUE
    return ImportedObservation(Platform.WEBSITE, metric, period, status, amount, birth, account=account)


def find_period(upload: Upload, answers: Answers) -> Period | Question:
    """The period that the person said for a file that does not tell its own; the question where nobody did.

    A file's name is never believed, only told: people rename files and keep old names.
    """
    said = answers.get(PERIOD_KEY, "").strip()
    refusal = ""
    if said:
        try:
            return Period.parse(said)
        except ValueError:
            refusal = f"«{said}» no es un periodo. "
    named = {mention.period for mention in find_periods(upload.name.replace("_", " ")) if mention.period is not None}
    told = f" Su nombre dice {join_words([period.title for period in sorted(named)])}: confírmelo." if named else ""
    asked = f"«{upload.name}» no dice de qué fechas es: escriba el mes o el trimestre, como 2025-10 o 2025-T4."
    return Question(PERIOD_KEY, f"{refusal}{asked}{told}")
