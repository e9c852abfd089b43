"""The wall between institutions: a query that does not say whose never runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from django.apps import apps
from django.db import models

from pregon_web.accounts.models import Institution, Membership, Office, Person, Role
from pregon_web.accounts.selectors import Access, access_for, current_access, institutions_for
from pregon_web.accounts.services import NotAMember, add_membership, add_office, choose_institution
from pregon_web.accounts.tenancy import TenantModel, TenantQuerySet
from pregon_web.wall import UnscopedQuery, inside
from pregon_web.work.models import Pulse
from tests.web.towns import Town

# The only models of ours that belong to no institution: what institutions are, and people, who may be of several.
OUTSIDE_THE_WALL = {Pulse, Institution, Person}

UNSCOPED: dict[str, Callable[[Any], object]] = {
    "iterate": list,
    "len": len,
    "bool": bool,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.order_by("pk").last(),
    "latest": lambda rows: rows.latest("pk"),
    "get": lambda rows: rows.get(pk=1),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "update_or_create": lambda rows: rows.update_or_create(pk=1),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: list(rows.values("pk")),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "aggregate": lambda rows: rows.aggregate(models.Max("pk")),
    "update": lambda rows: rows.update(name="x"),
    "delete": lambda rows: rows.delete(),
    "slice": lambda rows: rows[0],
    "dates": lambda rows: list(rows.filter(name="x").only("name").distinct()),
    "explain": lambda rows: rows.explain(),
    "raw": lambda rows: rows.raw("select * from accounts_office"),
    "contains": lambda rows: rows.contains(Office(pk=1)),
    "subquery": lambda rows: list(Institution.objects.filter(pk__in=rows.values("institution_id"))),
    "exists subquery": lambda rows: list(Institution.objects.filter(models.Exists(rows))),
    "union": lambda rows: list(rows.union(rows)),
    "or": lambda rows: list(rows | rows),
    "xor": lambda rows: list(rows ^ rows),
    "and": lambda rows: list(rows & rows),
    "none is not a way around": lambda rows: list(rows.filter(institution_id=1)),
}


@pytest.mark.parametrize("road", UNSCOPED, ids=str)
@pytest.mark.django_db
def test_no_road_reaches_the_rows_without_saying_whose(town: Town, road: str) -> None:
    add_office(institution=town.institution, name="Derechos Humanos")
    with pytest.raises(UnscopedQuery):
        UNSCOPED[road](Office.objects.all())


def test_the_same_roads_work_once_it_is_said(town: Town, neighbour: Town) -> None:
    add_office(institution=town.institution, name="Derechos Humanos")
    add_office(institution=neighbour.institution, name="Hacienda")
    own = Office.objects.of(town.institution)
    assert [office.name for office in own] == ["Derechos Humanos"]
    assert (own.count(), own.exists(), own.filter(name="Hacienda").exists()) == (1, True, False)
    assert list(own.values_list("name", flat=True)) == ["Derechos Humanos"]
    assert own.update(name="Derechos") == 1
    assert Office.objects.of(neighbour.institution).get().name == "Hacienda"


def test_inside_one_institution_no_other_is_reached_by_any_argument(town: Town, neighbour: Town) -> None:
    office = add_office(institution=neighbour.institution, name="Hacienda")
    with inside(town.institution.pk):
        assert Office.objects.of(town.institution).count() == 0
        roads: tuple[Callable[[], object], ...] = (
            lambda: list(Office.objects.of(neighbour.institution)),
            lambda: Office.objects.of(neighbour.institution).count(),
            lambda: Office.objects.of(neighbour.institution).update(name="x"),
            lambda: Office.objects.of(neighbour.institution).delete(),
            lambda: Office.objects.bulk_create([Office(institution=neighbour.institution, name="x")]),
            office.save,
            office.delete,
            office.refresh_from_db,
        )
        for road in roads:
            with pytest.raises(UnscopedQuery):
                road()
    assert Office.objects.of(neighbour.institution).get().name == "Hacienda"


def test_rows_of_two_institutions_are_not_added_in_one_go(town: Town, neighbour: Town) -> None:
    rows = [Office(institution=place.institution, name="Hacienda") for place in (town, neighbour)]
    with pytest.raises(UnscopedQuery, match="several institutions"):
        Office.objects.bulk_create(rows)
    Office.objects.bulk_create(rows[:1])
    assert Office.objects.of(town.institution).count() == 1


def test_two_institutions_are_never_joined_in_one_query(town: Town, neighbour: Town) -> None:
    one, other = Office.objects.of(town.institution), Office.objects.of(neighbour.institution)
    joins: tuple[Callable[[], object], ...] = (
        lambda: one | other,
        lambda: one ^ other,
        lambda: one.union(other),
        lambda: one.of(neighbour.institution),
    )
    for join in joins:
        with pytest.raises(UnscopedQuery):
            join()


def test_every_model_of_ours_belongs_to_an_institution() -> None:
    ours = {model for model in apps.get_models() if model.__module__.startswith("pregon_web.")}
    assert ours > OUTSIDE_THE_WALL
    for model in ours - OUTSIDE_THE_WALL:
        field = cast("models.ForeignKey[Any, Any]", model._meta.get_field("institution"))
        assert issubclass(model, TenantModel), model
        assert (field.null, field.related_model) == (False, Institution), model
        assert isinstance(model._default_manager.all(), TenantQuerySet), model


def test_nothing_leads_from_an_institution_back_to_its_rows() -> None:
    assert [relation.get_accessor_name() for relation in Institution._meta.related_objects if not relation.hidden] == []


@pytest.mark.django_db
def test_a_row_without_institution_is_refused_by_the_database() -> None:
    from django.db import DatabaseError

    # SQLite by the column, PostgreSQL already by its policy.
    with pytest.raises(DatabaseError, match=r"NOT NULL constraint failed|row-level security"):
        Office(name="De nadie").save()


def access_of(person: Person, institution: Institution) -> Access:
    found = access_for(person, institution)
    assert found is not None
    return found


def current_institution(person: Person) -> Institution:
    found = current_access(Person.objects.get(pk=person.pk))
    assert found is not None
    return found.institution


def test_access_is_of_one_institution_and_of_its_roles_alone(town: Town, neighbour: Town) -> None:
    person = town.people[Role.EDITOR]
    assert access_for(person, neighbour.institution) is None
    add_membership(person=person, institution=neighbour.institution, role=Role.REVIEWER)
    here, there = access_of(person, town.institution), access_of(person, neighbour.institution)
    assert (here.roles, there.roles) == (frozenset({Role.EDITOR}), frozenset({Role.REVIEWER}))
    assert institutions_for(person) == [neighbour.institution, town.institution]  # by name


def test_with_several_institutions_nothing_is_taken_until_one_is_chosen(town: Town, neighbour: Town) -> None:
    person = town.people[Role.EDITOR]
    assert current_institution(person) == town.institution
    add_membership(person=person, institution=neighbour.institution, role=Role.REVIEWER)
    assert current_access(person) is None
    choose_institution(person=person, institution=neighbour.institution)
    assert current_institution(person) == neighbour.institution


def test_a_choice_left_behind_gives_no_access(town: Town, neighbour: Town) -> None:
    person = town.people[Role.EDITOR]
    add_membership(person=person, institution=neighbour.institution, role=Role.REVIEWER)
    choose_institution(person=person, institution=neighbour.institution)
    Membership.objects.of(neighbour.institution).filter(person=person).delete()
    assert current_institution(person) == town.institution


def test_nobody_chooses_an_institution_that_is_not_theirs(town: Town, neighbour: Town) -> None:
    with pytest.raises(NotAMember):
        choose_institution(person=town.people[Role.EDITOR], institution=neighbour.institution)


def test_an_office_of_another_institution_is_refused_in_a_membership(town: Town, neighbour: Town) -> None:
    office = add_office(institution=neighbour.institution, name="Hacienda")
    with pytest.raises(NotAMember):
        add_membership(
            person=town.people[Role.EDITOR], institution=town.institution, role=Role.REQUESTER, office=office
        )
