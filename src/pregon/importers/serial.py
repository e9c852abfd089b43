"""Receipts as plain JSON values, for `pregon import --format json` and for the child process that reads uploads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.importers.base import (
    Birth,
    Extract,
    ImportedObservation,
    ImportedPublication,
    Question,
)
from pregon.importers.intake import Receipt
from pregon.records.organisation import Platform
from pregon.records.publishing import Method, ObservationStatus, PublicationKind

Values = dict[str, Any]


def receipt_to_values(receipt: Receipt) -> Values:
    """A receipt as JSON values; `receipt_from_values` gives back an equal one."""
    extract = receipt.extract
    return {
        "file": receipt.place,
        "source": receipt.source,
        "source_name": receipt.source_name,
        "why": receipt.why,
        "same_as": receipt.same_as,
        "sha256": receipt.sha256,
        "period": None if extract.period is None else str(extract.period),
        "observations": [_observation_to_values(each) for each in extract.observations],
        "publications": [_publication_to_values(each) for each in extract.publications],
        "repairs": list(extract.repairs),
        "remarks": list(extract.remarks),
        "questions": [question_to_values(each) for each in extract.questions],
        "refused": extract.refused,
        "remembers": dict(extract.remembers),
    }


def receipt_from_values(values: Values) -> Receipt:
    """The receipt that values hold.

    Raises:
        ValueError, KeyError, TypeError: they are not those of a receipt.
    """
    extract = Extract(
        observations=tuple(_observation_from_values(each) for each in values["observations"]),
        publications=tuple(_publication_from_values(each) for each in values["publications"]),
        repairs=tuple(str(each) for each in values["repairs"]),
        remarks=tuple(str(each) for each in values["remarks"]),
        questions=tuple(
            Question(
                each["key"], each["sentence"], tuple((choice["value"], choice["words"]) for choice in each["choices"])
            )
            for each in values["questions"]
        ),
        refused=None if values["refused"] is None else str(values["refused"]),
        remembers=tuple((str(key), str(value)) for key, value in values["remembers"].items()),
    )
    return Receipt(
        values["file"],
        values["sha256"],
        values["source"],
        values["source_name"],
        values["why"],
        extract,
        values["same_as"],
    )


def question_to_values(question: Question) -> Values:
    """A question as JSON values."""
    choices = [{"value": value, "words": words} for value, words in question.choices]
    return {"key": question.key, "sentence": question.sentence, "choices": choices}


def _observation_to_values(each: ImportedObservation) -> Values:
    return {
        "channel": each.platform.value,
        "account": each.account,
        "metric": each.metric,
        "period": str(each.period),
        "status": each.status.value,
        "value": None if each.amount is None else str(each.amount.value),
        "amount": _amount_to_values(each.amount),
        "method": each.method.value,
        "breakdown": [list(part) for part in each.breakdown],
        "birth": _birth_to_values(each.birth),
    }


def _observation_from_values(values: Values) -> ImportedObservation:
    return ImportedObservation(
        platform=Platform(values["channel"]),
        metric=values["metric"],
        period=parse_period(values["period"]),
        status=ObservationStatus(values["status"]),
        amount=_amount_from_values(values["amount"]),
        birth=_birth_from_values(values["birth"]),
        method=Method(values["method"]),
        account=values["account"],
        breakdown=tuple((str(kind), int(number)) for kind, number in values["breakdown"]),
    )


def _publication_to_values(each: ImportedPublication) -> Values:
    return {
        "channel": each.platform.value,
        "account": each.account,
        "kind": each.kind.value,
        "published_at": each.published_at.isoformat(),
        "is_proved": each.is_proved,
        "has_hour": each.has_hour,
        "reference": each.reference,
        "title": each.title,
        "link": each.link,
        "lifetime": {code: _amount_to_values(amount) for code, amount in each.lifetime},
        "birth": _birth_to_values(each.birth),
    }


def _publication_from_values(values: Values) -> ImportedPublication:
    lifetime = []
    for code, told in values["lifetime"].items():
        amount = _amount_from_values(told)
        if amount is None:
            raise ValueError(code)
        lifetime.append((str(code), amount))
    return ImportedPublication(
        platform=Platform(values["channel"]),
        kind=PublicationKind(values["kind"]),
        published_at=datetime.fromisoformat(values["published_at"]),
        birth=_birth_from_values(values["birth"]),
        reference=values["reference"],
        title=values["title"],
        link=values["link"],
        account=values["account"],
        is_proved=bool(values["is_proved"]),
        has_hour=bool(values["has_hour"]),
        lifetime=tuple(lifetime),
    )


def _amount_to_values(amount: Amount | None) -> Values | None:
    if amount is None:
        return None
    return {"value": str(amount.value), "unit": amount.unit, "ulp": str(amount.ulp), "raw": amount.raw}


def _amount_from_values(values: Values | None) -> Amount | None:
    if values is None:
        return None
    return Amount(Decimal(values["value"]), values["unit"], Decimal(values["ulp"]), values["raw"])


def _birth_to_values(birth: Birth) -> Values:
    return {
        "file": birth.file,
        "sha256": birth.sha256,
        "place": birth.place,
        "rule": birth.rule,
        "assumed": list(birth.assumed),
    }


def _birth_from_values(values: Values) -> Birth:
    return Birth(values["file"], values["sha256"], values["place"], values["rule"], tuple(values["assumed"]))


def parse_period(text: str) -> Period:
    """The period that `str` of one gives: «2025-10», «2025-T4», «2025-10-01/2025-10-01»."""
    start, slash, end = text.partition("/")
    if slash:
        return Period.span(date.fromisoformat(start), date.fromisoformat(end))
    return Period.parse(text)
