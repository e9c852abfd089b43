"""Surveys of satisfaction: answered without a name, counted, closed into the figures, and shut with their quarter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import PeriodLock
from pregon_web.ledger.services import BadRecord, ClosedPeriod, add_record
from pregon_web.programme.models import Event, Survey, SurveyRemark, SurveyTally
from pregon_web.programme.services import add_event
from pregon_web.programme.surveys import (
    add_survey,
    answer_survey,
    close_survey,
    drop_survey,
    remarks_of,
    reopen_survey,
    results_of,
    satisfaction_of,
)
from pregon_web.public_links import make_token
from tests.web.towns import Town

T4 = "2025-T4"
ANSWERS = (5, 5, 5, 4, 4, 3, 2)
"""Five of seven are 4 or 5: 71,4 %."""


@pytest.fixture
def event(town: Town) -> Event:
    fields = {"title": "Charla de orientación vocacional", "day": date(2025, 11, 5)}
    return add_event(access=town.access(), period=T4, fields=fields)


@pytest.fixture
def survey(town: Town, event: Event) -> Survey:
    return add_survey(access=town.access(), period=T4, fields={"title": event.title, "event": event, "fewest": 5})


def answer_all(survey: Survey, values: tuple[int, ...] = ANSWERS) -> None:
    for value in values:
        answer_survey(survey=survey, value=value)


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def own_page(client: Client, survey: Survey) -> str:
    return words(client.get(reverse("survey", args=[T4, survey.pk])).content)


# --- anybody answers ------------------------------------------------------------------------------------------------


def test_an_answer_adds_one_to_a_count_and_what_was_written_is_kept_apart(client: Client, survey: Survey) -> None:
    address = reverse("answer_survey", args=[survey.token])
    assert "Charla de orientación vocacional" in words(client.get(address).content)
    for value, remark in (("5", "Más  sillas"), ("5", ""), ("2", "Empezar a tiempo")):
        done = client.post(address, {"value": value, "remark": remark})
        assert done["Location"] == reverse("survey_answered", args=[survey.token])
    assert "Gracias: su respuesta quedó contada" in words(client.get(done["Location"]).content)
    tallies = SurveyTally.objects.of(survey.institution_id)
    assert list(tallies.values_list("value", "count")) == [(2, 1), (5, 2)]
    assert remarks_of(survey) == ["Empezar a tiempo", "Más sillas"]


def test_nothing_says_who_answered_from_where_nor_when(client: Client, town: Town, survey: Survey) -> None:
    columns = {
        model: {field.name for field in model._meta.get_fields() if field.concrete}
        for model in (SurveyTally, SurveyRemark)
    }
    assert columns == {
        SurveyTally: {"id", "institution", "survey", "value", "count"},
        SurveyRemark: {"id", "institution", "survey", "text"},
    }
    entries = Entry.objects.of(town.institution).count()
    seven: dict[str, Any] = {
        "REMOTE_ADDR": "198.51.100.77",
        "HTTP_USER_AGENT": "Navegador-77",
        "HTTP_X_FORWARDED_FOR": "198.51.100.78",
    }
    client.post(reverse("answer_survey", args=[survey.token]), {"value": "4", "remark": "Nada"}, **seven)
    assert Entry.objects.of(town.institution).count() == entries
    assert "sessionid" not in client.cookies
    kept = []
    for model in apps.get_models():
        rows: Any = model._default_manager
        for row in rows.of(town.institution) if issubclass(model, TenantModel) else rows.all():
            kept += [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM pregon_cache")
        kept += [str(cell) for line in cursor.fetchall() for cell in line]
    assert [text for text in kept if "198.51.100" in text or "Navegador" in text] == []


@pytest.mark.parametrize("value", ["", "0", "6", "4,5", "cuatro"])
def test_what_is_no_value_is_said_and_not_counted(client: Client, survey: Survey, value: str) -> None:
    answer = client.post(reverse("answer_survey", args=[survey.token]), {"value": value, "remark": "Más sillas"})
    page = words(answer.content)
    assert (answer.status_code, "Elija un número de 1 a 5." in page, "Más sillas" in page) == (422, True, True)
    assert (results_of(survey).answers, remarks_of(survey)) == (0, [])


def test_tokens_of_nobody_and_of_another_institution_read_the_same(
    client: Client, survey: Survey, town: Town, neighbour: Town
) -> None:
    secret = survey.token.partition("-")[2]
    tokens = [make_token(town.institution.pk), make_token(999_999_999), f"{neighbour.institution.pk}-{secret}", "x"]
    for name in ("answer_survey", "survey_answered"):
        answers = [client.get(reverse(name, args=[token])) for token in tokens]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1


# --- results --------------------------------------------------------------------------------------------------------


def test_satisfaction_is_the_answers_of_4_and_5_among_all(editor: Client, town: Town, survey: Survey) -> None:
    answer_all(survey)
    results = results_of(survey)
    assert (results.by_value, results.answers, results.satisfied) == (((5, 3), (4, 2), (3, 1), (2, 1), (1, 0)), 7, 5)
    page = own_page(editor, survey)
    assert ("71,4\u00a0%" in page or "71,4 %" in page, "5 de 4 y 5, entre 7" in page) == (True, True)
    assert "Abierta: todavía no está en el informe" in page
    assert satisfaction_of(town.institution, T4) == (0, 0, ())


@pytest.mark.parametrize(("answered", "lacks"), [(0, 5), (1, 4), (4, 1)])
def test_with_fewer_than_it_asks_for_it_is_not_measurable_and_shows_no_answer(
    editor: Client, town: Town, survey: Survey, answered: int, lacks: int
) -> None:
    for _ in range(answered):
        answer_survey(survey=survey, value=1, remark="Solo yo dije esto")
    page = own_page(editor, survey)
    told = f"{'Falta' if lacks == 1 else 'Faltan'} {lacks} {'respuesta' if lacks == 1 else 'respuestas'} para 5"
    assert ("no medible" in page, told in page, "Solo yo" in page, "100" in page) == (True, True, False, False)
    close_survey(access=town.access(), survey=survey)
    assert satisfaction_of(town.institution, T4) == (0, 0, ())


def test_nobody_answered_is_not_measurable_even_where_one_answer_would_do(town: Town) -> None:
    survey = add_survey(access=town.access(), period=T4, fields={"title": "Ventanilla", "fewest": 1})
    assert (results_of(survey).satisfaction, results_of(survey).missing) == (None, 1)
    close_survey(access=town.access(), survey=survey)
    assert satisfaction_of(town.institution, T4) == (0, 0, ())


def test_closing_puts_its_counts_in_the_figures_with_an_entry_and_opening_takes_them_out(
    town: Town, survey: Survey
) -> None:
    answer_all(survey)
    closed = close_survey(access=town.access(), survey=survey)
    assert (closed.answers, closed.satisfied) == (7, 5)
    assert satisfaction_of(town.institution, T4) == (5, 7, ("satisfaction:ENC-2025-01",))
    again = close_survey(access=town.access(), survey=survey)
    assert again.version == closed.version
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject, entry.after["answers"], entry.after["satisfied"]) == (
        "close_survey",
        f"programme.survey:{survey.pk}",
        7,
        5,
    )
    reopen_survey(access=town.access(), survey=closed)
    answer_survey(survey=survey, value=5)
    assert satisfaction_of(town.institution, T4) == (0, 0, ())
    close_survey(access=town.access(), survey=survey)
    assert satisfaction_of(town.institution, T4) == (6, 8, ("satisfaction:ENC-2025-01",))


def test_one_that_a_workbook_brought_counted_is_not_opened_again(editor: Client, town: Town) -> None:
    token = make_token(town.institution.pk)
    counted = Survey(period=T4, reference="ENC-7", title="Ventanilla", token=token, fewest=1, answers=30, satisfied=27)
    counted.closed_at = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
    row = add_record(access=town.access(), row=counted)
    assert (results_of(row).by_value, satisfaction_of(town.institution, T4)) == ((), (27, 30, ("satisfaction:ENC-7",)))
    assert "27 de 4 y 5, entre 30" in own_page(editor, row)
    answer = editor.post(reverse("reopen_survey", args=[T4, row.pk]), follow=True)
    assert "Esta encuesta llegó ya contada en un registro de Excel." in words(answer.content)
    assert satisfaction_of(town.institution, T4) == (27, 30, ("satisfaction:ENC-7",))


def test_the_surveys_of_a_quarter_are_added_and_no_others(town: Town, neighbour: Town) -> None:
    def run(place: Town, period: str, values: tuple[int, ...]) -> None:
        survey = add_survey(access=place.access(), period=period, fields={"title": "Ventanilla", "fewest": 2})
        answer_all(survey, values)
        close_survey(access=place.access(), survey=survey)

    run(town, T4, (5, 1))
    run(town, T4, (4, 4, 3))
    run(town, T4, (5,))  # fewer than it asks for
    run(town, "2025-T3", (5, 5))
    run(neighbour, T4, (1, 1))
    sources = ("satisfaction:ENC-2025-01", "satisfaction:ENC-2025-02")
    assert satisfaction_of(town.institution, T4) == (3, 5, sources)


# --- closed ---------------------------------------------------------------------------------------------------------


def test_a_closed_survey_takes_no_answer(client: Client, town: Town, survey: Survey) -> None:
    close_survey(access=town.access(), survey=survey)
    address = reverse("answer_survey", args=[survey.token])
    for answer in (client.get(address), client.post(address, {"value": "5"})):
        assert (answer.status_code, "Esta encuesta ya cerró" in words(answer.content)) == (410, True)
    assert results_of(survey).answers == 0


def test_a_survey_closes_with_its_quarter_and_cannot_be_closed_nor_opened_after_it(
    client: Client, town: Town, survey: Survey
) -> None:
    answer_all(survey)
    PeriodLock.objects.create(institution=town.institution, period=T4)
    address = reverse("answer_survey", args=[survey.token])
    assert client.post(address, {"value": "5"}).status_code == 410
    assert results_of(survey).answers == 7
    with pytest.raises(ClosedPeriod):
        close_survey(access=town.access(), survey=survey)
    with pytest.raises(ClosedPeriod):
        add_survey(access=town.access(), period=T4, fields={"title": "Otra"})
    client.force_login(town.people[Role.EDITOR])
    assert "El trimestre cerró y la encuesta no: no está en el informe" in own_page(client, survey)


# --- the editor's pages ---------------------------------------------------------------------------------------------


def test_one_is_opened_changed_closed_and_opened_again(editor: Client, town: Town, event: Event) -> None:
    typed = {"title": "Feria de derechos", "event": str(event.pk), "fewest": ""}
    page = editor.post(reverse("make_survey", args=[T4]), typed, follow=True)
    survey = Survey.objects.of(town.institution).get()
    assert "«Feria de derechos» está abierta." in words(page.content)
    assert (survey.reference, survey.event_id, survey.fewest) == ("ENC-2025-01", event.pk, 5)
    changed = {"title": "Feria", "event": "", "fewest": "10", "version": "1"}
    editor.post(reverse("change_survey", args=[T4, survey.pk]), changed)
    survey.refresh_from_db()
    assert (survey.title, survey.event_id, survey.fewest) == ("Feria", None, 10)
    stale = editor.post(reverse("change_survey", args=[T4, survey.pk]), {**changed, "title": "Otra"})
    assert (stale.status_code, "Feria" in words(stale.content)) == (422, True)
    editor.post(reverse("close_survey", args=[T4, survey.pk]))
    survey.refresh_from_db()
    assert survey.answers == 0
    editor.post(reverse("reopen_survey", args=[T4, survey.pk]))
    reopened = Survey.objects.of(town.institution).get()
    assert [reopened.closed_at, reopened.answers, reopened.satisfied] == [None, None, None]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Escriba de qué se pregunta: un evento o un servicio."),
        ({"fewest": "0"}, "Escriba un número de 1 a 1.000, por ejemplo 5."),
        ({"fewest": "1001"}, "Escriba un número de 1 a 1.000, por ejemplo 5."),
        ({"event": "999999"}, "Elija uno de la lista."),
    ],
)
@pytest.mark.usefixtures("town")
def test_what_cannot_be_taken_is_said(editor: Client, typed: dict[str, str], said: str) -> None:
    answer = editor.post(reverse("make_survey", args=[T4]), {"title": "Feria", "event": "", "fewest": "5", **typed})
    assert (answer.status_code, said in words(answer.content)) == (422, True)


def test_only_one_that_nobody_answered_is_removed(town: Town, survey: Survey) -> None:
    answer_survey(survey=survey, value=3)
    with pytest.raises(BadRecord, match="Ya hay quien respondió: ciérrela en vez de borrarla."):
        drop_survey(access=town.access(), survey=survey, reason="de más")
    other = add_survey(access=town.access(), period=T4, fields={"title": "De más"})
    drop_survey(access=town.access(), survey=other, reason="de más")
    assert list(Survey.objects.of(town.institution)) == [survey]


def test_the_sheet_has_the_code_of_the_address_and_no_script(editor: Client, survey: Survey) -> None:
    page = editor.get(reverse("survey_sheet", args=[T4, survey.pk])).content.decode()
    assert f"http://testserver/encuesta/{survey.token}/" in page
    assert ('role="img" aria-label="Código QR de la encuesta Charla' in page, "<script" in page) == (True, False)


def test_the_list_asks_the_database_the_same_however_many_there_are(editor: Client, town: Town, event: Event) -> None:
    asked = {}
    for number in range(30):
        fields = {"title": f"Encuesta {number}", "event": event, "fewest": 1}
        row = add_survey(access=town.access(), period=T4, fields=fields)
        answer_survey(survey=row, value=5)
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(reverse("surveys", args=[T4]))
        assert len(page.context["cells"]) == number + 1
        asked[number + 1] = len(queries)
    assert asked[30] == asked[1]


def test_the_list_is_taken_away_with_its_figures(editor: Client, town: Town, survey: Survey) -> None:
    answer_all(survey)
    close_survey(access=town.access(), survey=survey)
    text = editor.get(reverse("export_surveys", args=[T4, "csv"])).content.decode("utf-8-sig")
    assert text.splitlines() == [
        "Encuesta;Evento;Respuestas;Satisfacción;Estado;Referencia",
        "Charla de orientación vocacional;Charla de orientación vocacional;7;71,4\u00a0%;Cerrada;ENC-2025-01",
    ]


def test_who_only_reads_is_offered_no_button_and_others_surveys_are_not_there(
    client: Client, survey: Survey, town: Town, neighbour: Town
) -> None:
    foreign = add_survey(access=neighbour.access(), period=T4, fields={"title": "AJENA"})
    client.force_login(town.people[Role.APPROVER])
    page = client.get(reverse("survey", args=[T4, survey.pk])).content.decode()
    assert "Cerrar la encuesta" not in page
    assert "AJENA" not in client.get(reverse("surveys", args=[T4])).content.decode()
    client.force_login(town.people[Role.EDITOR])
    for name in ("change_survey", "close_survey", "reopen_survey", "remove_survey"):
        assert client.post(reverse(name, args=[T4, foreign.pk])).status_code == 404
    for name in ("survey", "survey_sheet"):
        assert client.get(reverse(name, args=[T4, foreign.pk])).status_code == 404
