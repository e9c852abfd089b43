"""On PostgreSQL the database itself keeps institutions apart, whatever the program asks."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from pregon_web.accounts.models import Institution, Membership, Office, Role
from pregon_web.accounts.row_security import tables_without_wall, tenant_models
from pregon_web.accounts.services import add_membership, add_office
from pregon_web.database import check_postgresql_role
from pregon_web.wall import inside, own_rows
from tests.web.towns import Town

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="row-level security is PostgreSQL's: make test-postgres"
    ),
    pytest.mark.django_db,
]


def names_of_offices() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_office ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def offices(town: Town, neighbour: Town) -> dict[str, Town]:
    add_office(institution=town.institution, name="Derechos Humanos")
    add_office(institution=neighbour.institution, name="Hacienda")
    return {"Derechos Humanos": town, "Hacienda": neighbour}


def test_every_table_with_an_institution_has_its_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name)"
            " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
            " AND c.column_name = 'institution_id'"
        )
        with_institution = {name for (name,) in cursor.fetchall()}
    assert with_institution == {model._meta.db_table for model in tenant_models()}
    assert tables_without_wall(connection) == []


def test_no_table_of_ours_joins_rows_of_institutions_without_one() -> None:
    own = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("pregon_web.")]
    assert [model.__name__ for model in own if model._meta.auto_created] == []


def test_a_table_without_its_wall_is_named_before_the_office_opens() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_office NO FORCE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY pregon_wall ON accounts_membership")
    said = [check.msg for check in run_checks(databases=["default"]) if check.id == "pregon.E001"]
    tables = "accounts_membership, accounts_office"
    assert said == [f"A estas tablas les falta la seguridad por filas: {tables}. Ejecute la migración otra vez."]


@pytest.mark.usefixtures("offices")
def test_raw_sql_that_says_nothing_sees_nothing() -> None:
    assert names_of_offices() == []


def test_raw_sql_inside_an_institution_sees_that_one_alone(offices: dict[str, Town]) -> None:
    for name, place in offices.items():
        with inside(place.institution.pk):
            assert names_of_offices() == [name]
    assert names_of_offices() == []


def test_raw_sql_changes_nothing_of_another_institution(offices: dict[str, Town]) -> None:
    town, neighbour = offices.values()
    with inside(town.institution.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_office SET name = 'Mía'")
        assert cursor.rowcount == 1
        cursor.execute("DELETE FROM accounts_office WHERE name = 'Hacienda'")
        assert cursor.rowcount == 0
    assert [office.name for office in Office.objects.of(neighbour.institution)] == ["Hacienda"]


def test_no_row_is_put_into_another_institution(town: Town, neighbour: Town) -> None:
    with (
        inside(town.institution.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO accounts_office (name, institution_id) VALUES ('Intrusa', %s)", [neighbour.institution.pk]
        )


def test_the_server_is_told_again_after_a_rollback(offices: dict[str, Town]) -> None:
    town, neighbour = offices.values()
    with inside(town.institution.pk):
        assert names_of_offices() == ["Derechos Humanos"]
    with transaction.atomic():
        with inside(neighbour.institution.pk):
            names_of_offices()
        transaction.set_rollback(True)
    with inside(neighbour.institution.pk):
        assert names_of_offices() == ["Hacienda"]


def test_the_door_shows_a_person_their_own_memberships_and_nothing_else(offices: dict[str, Town]) -> None:
    town, neighbour = offices.values()
    person = town.people[Role.EDITOR]
    add_membership(person=person, institution=neighbour.institution, role=Role.REVIEWER)
    with own_rows(person.pk), connection.cursor() as cursor:
        cursor.execute("SELECT person_id, institution_id FROM accounts_membership ORDER BY institution_id")
        assert cursor.fetchall() == [(person.pk, town.institution.pk), (person.pk, neighbour.institution.pk)]
        assert names_of_offices() == []
        cursor.execute("UPDATE accounts_membership SET role = 'administrator'")
        assert cursor.rowcount == 0
    assert Membership.objects.of(neighbour.institution).filter(person=person).count() == 1


def test_a_role_above_the_wall_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    check_postgresql_role(connection)

    def make_super(_self: psycopg.Cursor[tuple[object, ...]]) -> tuple[object, ...]:
        return ("postgres", True, False)

    monkeypatch.setattr("django.db.backends.postgresql.base.Cursor.fetchone", make_super)
    with pytest.raises(ImproperlyConfigured, match="«postgres» de PostgreSQL pasa por encima"):
        check_postgresql_role(connection)


def test_institutions_themselves_are_not_rows_of_one(town: Town, neighbour: Town) -> None:
    assert set(Institution.objects.all()) >= {town.institution, neighbour.institution}
