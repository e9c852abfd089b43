"""Who leans on a row: the records that name a channel or an evidence, also those of apps that stand above this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from pregon_web.accounts.models import Institution
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import Observation, Record

MOST = 20
_PAGES = {"evidence": "evidence_record", "followup": "risk_follow_up"}
"""The page of a kind of record, where it is not called as the kind is."""


@dataclass(frozen=True, slots=True)
class Use:
    """A kind of record that names a row: how many do, and the first of them, each with its page where it has one."""

    kind: str
    count: int
    named: tuple[tuple[str, str], ...]


def uses_of(row: Record) -> list[Use]:
    """Where a row is used, a kind of record each, in the row's own institution."""
    found = []
    for model, field in _leaning_on(type(row)):
        rows = _counting(model, row.institution_id).filter(**{field: row})
        count = rows.count()
        if count:
            kept = rows.select_related("channel") if model is Observation else rows
            named = tuple((str(_name(each)), _address_of(each)) for each in kept[:MOST])
            words = model._meta  # noqa: SLF001 - Django's own names of a model
            found.append(Use(str(words.verbose_name if count == 1 else words.verbose_name_plural), count, named))
    return found


def is_used(row: Record) -> bool:
    """Whether any record names it, also one that no longer counts."""
    return any(
        model.objects.of(row.institution_id).filter(**{field: row}).exists() for model, field in _leaning_on(type(row))
    )


def used_keys(model: type[Record], institution: Institution, keys: Iterable[int]) -> set[int]:
    """Which of these rows are used: a query for each kind of record, however many rows are asked about."""
    wanted = list(keys)
    found: set[int] = set()
    for leaning, field in _leaning_on(model):
        rows = _counting(leaning, institution.pk).filter(**{f"{field}_id__in": wanted})
        found.update(rows.order_by().values_list(f"{field}_id", flat=True).distinct())
    return found


def used_in_period(model: type[Record], institution: Institution, period: str) -> set[int]:
    """The rows that the records of a quarter name: directly, or through another record of that quarter."""
    found: set[int] = set()
    for leaning, field in _leaning_on(model):
        road = _road_to_period(leaning)
        if road:
            rows = _counting(leaning, institution.pk).filter(**{road: period, f"{field}__isnull": False})
            found.update(rows.order_by().values_list(f"{field}_id", flat=True).distinct())
    return found


def _leaning_on(model: type[Record]) -> list[tuple[type[TenantModel], str]]:
    """Every kind of row with a key to this one, and the key's name. They have no road back, so all are hidden."""
    relations = model._meta.get_fields(include_hidden=True)  # noqa: SLF001 - Django's own way to list them
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, models.ManyToOneRel) and issubclass(relation.related_model, TenantModel)
    ]


def _counting(model: type[TenantModel], institution: int) -> QuerySet[Any]:
    """The rows that count: of observations, those that none took the place of."""
    if model is Observation:
        return Observation.objects.of(institution).filter(is_current=True)
    return model.objects.of(institution)


def _road_to_period(model: type[TenantModel]) -> str:
    if _has_period(model):
        return "period"
    for field in model._meta.fields:  # noqa: SLF001 - Django's own way to list them
        other = field.related_model
        if other is not None and _has_period(other):
            return f"{field.name}__period"
    return ""


def _has_period(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("period")  # noqa: SLF001 - Django's own way to ask
    except FieldDoesNotExist:
        return False
    return True


def _name(row: models.Model) -> object:
    if isinstance(row, Observation):
        from pregon.figures.metric import metric

        return f"{metric(row.metric).name}, {row.channel.name}, {row.measured}"
    return row


def _address_of(row: Any) -> str:  # noqa: ANN401 - a row of whichever app
    try:
        if isinstance(row, Observation):
            return reverse("measure", args=[row.period, row.channel.code, row.metric, row.measured])
        return reverse(_PAGES.get(row._meta.model_name, row._meta.model_name), args=[row.period, row.pk])  # noqa: SLF001 - Django's own name of a model
    except (NoReverseMatch, AttributeError):
        return ""
