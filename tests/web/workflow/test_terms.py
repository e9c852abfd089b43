"""The institution's own kinds, terms and closures: who administers changes them; a date that was given stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Person, Role
from pregon_web.accounts.services import add_institution, add_membership, choose_institution, grant_supervision
from pregon_web.journal.models import Entry
from pregon_web.workflow.models import Closure, Kind, Priority
from pregon_web.workflow.selectors import terms_of
from tests.web.towns import PASSWORD, Town
from tests.web.workflow.asking import ask, kind


@pytest.fixture
def administrator(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.ADMINISTRATOR])
    return client


def table(town: Town, **changes: str) -> dict[str, str]:
    """The table as the form sends it; «video_normal» and the like change a cell."""
    known = terms_of(town.institution)
    cells = {f"plazo-{pk}-{priority}": str(days) for (pk, priority), days in known.items()}
    for name, days in changes.items():
        word, priority = name.split("_")
        cells[f"plazo-{kind(town, word.capitalize()).pk}-{priority}"] = days
    return cells


def test_the_first_look_finds_the_usual_kinds_and_terms(administrator: Client, town: Town) -> None:
    page = administrator.get(reverse("terms")).content.decode()
    assert "Acompañamiento de evento" in page
    assert len(terms_of(town.institution)) == 21
    assert Entry.objects.of(town.institution).filter(subject__startswith="workflow.kind:").count() == 7


def test_a_term_is_changed_emptied_and_filled_for_what_is_asked_from_then_on(administrator: Client, town: Town) -> None:
    before = ask(town, of="Video")
    video = kind(town, "Video").pk
    answer = administrator.post(reverse("save_terms"), table(town, video_normal="10", video_high="", otra_normal="5"))
    assert answer.status_code == 302
    known = terms_of(town.institution)
    assert (known[video, Priority.NORMAL], (video, Priority.HIGH) in known) == (10, False)
    assert ask(town, of="Video").due == date(2025, 12, 22)  # 9, 10, 11, 12, 15, 16, 17, 18, 19, 22
    before.refresh_from_db()
    assert before.due == date(2025, 12, 18)
    assert "cambiaron 2 plazos" in administrator.get(answer["Location"]).content.decode()
    administrator.post(reverse("save_terms"), table(town, video_high="6"))
    assert terms_of(town.institution)[video, Priority.HIGH] == 6


@pytest.mark.parametrize(
    ("typed", "said"),
    [("400", "250 días hábiles o menos"), ("tres y pico", "tres y pico"), ("-1", "no es una cantidad")],
)
def test_a_term_that_is_none_is_refused_and_nothing_changes(
    administrator: Client, town: Town, typed: str, said: str
) -> None:
    kind(town)
    before = terms_of(town.institution)
    answer = administrator.post(reverse("save_terms"), table(town, video_normal=typed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert terms_of(town.institution) == before


def test_a_closure_counts_from_then_on_and_can_be_taken_back(administrator: Client, town: Town) -> None:
    kind(town)
    path = reverse("close_day")
    assert administrator.post(path, {"day": "2025-12-09", "reason": "Fiestas"}).status_code == 302
    assert ask(town).due == date(2025, 12, 12)
    again = administrator.post(path, {"day": "2025-12-09", "reason": "Otra vez"})
    assert (again.status_code, "Ese día ya está anotado." in again.content.decode()) == (422, True)
    row = Closure.objects.of(town.institution).get()
    assert administrator.post(reverse("open_day", args=[row.pk])).status_code == 302
    assert Closure.objects.of(town.institution).count() == 0
    assert ask(town).due == date(2025, 12, 11)


def test_a_kind_is_added_renamed_and_no_longer_offered(administrator: Client, town: Town) -> None:
    request = ask(town, of="Otra")
    told = {"name": "Boletín interno", "counts_as": "design", "is_active": "on"}
    assert administrator.post(reverse("add_kind"), told).status_code == 302
    assert administrator.post(reverse("add_kind"), told).status_code == 422
    path = reverse("kind", args=[request.kind_id])
    assert administrator.post(path, {"name": "Otra cosa", "counts_as": "design", "version": "1"}).status_code == 302
    rows = Kind.objects.of(town.institution).filter(position__gte=6)
    assert [(row.name, row.is_active, row.counts_as) for row in rows] == [
        ("Otra cosa", False, "design"),
        ("Boletín interno", True, "design"),
    ]
    client = Client()
    client.force_login(town.people[Role.EDITOR])
    offered = client.get(reverse("add_request")).context["form"].fields["kind"].queryset
    assert "Otra cosa" not in [row.name for row in offered]
    own = client.get(reverse("mend_request", args=[request.pk])).context["form"].fields["kind"].queryset
    assert "Otra cosa" in [row.name for row in own]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.REVIEWER])
def test_the_others_read_the_table_and_do_not_change_it(client: Client, town: Town, role: Role) -> None:
    client.force_login(town.people[role])
    page = client.get(reverse("terms"))
    assert page.status_code == 200
    assert "Guardar la tabla" not in page.content.decode()
    assert client.post(reverse("save_terms"), table(town)).status_code == 403
    assert client.post(reverse("close_day"), {"day": "2025-12-09", "reason": "x"}).status_code == 403


def test_who_supervises_looks_and_leaves_nothing_behind(client: Client, town: Town) -> None:
    body = add_institution(name="Contraloría Municipal")
    grant_supervision(access=town.access(Role.ADMINISTRATOR), body_name="Contraloría Municipal")
    supervisor = Person.objects.create_user("ana.gil@contraloria.example", PASSWORD, name="Ana Gil")
    add_membership(person=supervisor, institution=body, role=Role.REVIEWER)
    client.force_login(supervisor)
    choose_institution(person=supervisor, institution=town.institution)
    before = Entry.objects.of(town.institution).count()
    assert client.get(reverse("terms")).status_code == 200
    assert client.get(reverse("requests")).context["may_ask"] is False
    assert (Kind.objects.of(town.institution).count(), Entry.objects.of(town.institution).count()) == (0, before)
