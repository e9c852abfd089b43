"""People, roles, invitations and offices, as whoever administers an institution keeps them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from pregon_web.accounts import invitation_links
from pregon_web.accounts.invitation_links import LASTS, LinkedInvitation, read_link, sign_link
from pregon_web.accounts.models import Invitation, Membership, Office, Person, Role
from pregon_web.accounts.selectors import access_for, members_of
from pregon_web.accounts.services import add_membership, add_office, choose_institution
from pregon_web.journal.models import Entry
from tests.web.towns import PASSWORD, Town

NEW = "una-frase-bien-larga-y-mia"


@pytest.fixture
def administrator(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.ADMINISTRATOR])
    return client


def last_entry(town: Town) -> Entry:
    return Entry.objects.of(town.institution).order_by("-sequence")[0]


def roles_of(town: Town, person: Person) -> set[str]:
    return set(Membership.objects.of(town.institution).filter(person=person).values_list("role", flat=True))


def invite(
    client: Client, capture: DjangoCaptureOnCommitCallbacks, email: str = "nueva@penaclara.example", **fields: object
) -> object:
    with capture(execute=True):
        return client.post(
            reverse("invite_person"), {"email": email, "name": "Diana Marín", "roles": ["editor"], **fields}
        )


def path_in(mail: EmailMessage) -> str:
    link = next(word for word in mail.body.split() if "/invitacion/" in word)
    return "/" + link.split("/", 3)[3]


# --- the list -------------------------------------------------------------------------------------------------------


def test_the_list_has_everybody_with_their_roles(administrator: Client, town: Town) -> None:
    office = add_office(institution=town.institution, name="Derechos Humanos")
    add_membership(person=town.people[Role.EDITOR], institution=town.institution, role=Role.REQUESTER, office=office)
    page = administrator.get(reverse("people")).content.decode()
    assert [email for email in map(town.email, Role) if email in page] == [town.email(role) for role in Role]
    found = {member.person: (member.roles, member.office) for member in members_of(town.access())}
    assert found[town.people[Role.EDITOR]] == ((Role.EDITOR, Role.REQUESTER), office)


@pytest.mark.parametrize("extra", [1, 30])
def test_the_list_costs_the_same_for_many_people(
    administrator: Client, town: Town, extra: int, django_assert_num_queries: object
) -> None:
    for number in range(extra):
        person = Person.objects.create_user(f"p{number}@penaclara.example", None, name=f"Persona {number}")
        add_membership(person=person, institution=town.institution, role=Role.EDITOR)
        Invitation.objects.create(
            institution=town.institution,
            person=person,
            roles=["editor"],
            invited_by=town.people[Role.ADMINISTRATOR],
            sent_at=timezone.now(),
        )
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(9):
        administrator.get(reverse("people"))


# --- roles ----------------------------------------------------------------------------------------------------------


def test_roles_are_changed_and_the_journal_says_from_what_to_what(administrator: Client, town: Town) -> None:
    editor = town.people[Role.EDITOR]
    office = add_office(institution=town.institution, name="Derechos Humanos")
    administrator.post(reverse("person", args=[editor.pk]), {"roles": ["approver", "requester"], "office": office.pk})
    assert roles_of(town, editor) == {"approver", "requester"}
    entry = last_entry(town)
    assert (entry.action, entry.subject, entry.before, entry.after) == (
        "update",
        f"accounts.person:{editor.pk}",
        {"roles": ["editor"], "office": None},
        {"roles": ["approver", "requester"], "office": office.pk},
    )


def test_whoever_asks_for_pieces_does_it_for_an_office(administrator: Client, town: Town) -> None:
    editor = town.people[Role.EDITOR]
    page = administrator.post(reverse("person", args=[editor.pk]), {"roles": ["requester"]})
    assert (page.status_code, "Elija la dependencia por la que solicita." in page.content.decode()) == (422, True)
    assert roles_of(town, editor) == {"editor"}


def test_an_office_of_another_institution_cannot_be_chosen(administrator: Client, town: Town, neighbour: Town) -> None:
    foreign = add_office(institution=neighbour.institution, name="Hacienda")
    editor = town.people[Role.EDITOR]
    page = administrator.post(reverse("person", args=[editor.pk]), {"roles": ["requester"], "office": foreign.pk})
    assert page.status_code == 422
    assert "Hacienda" not in page.content.decode()


def test_the_last_administrator_stays(administrator: Client, town: Town) -> None:
    own = town.people[Role.ADMINISTRATOR]
    page = administrator.post(reverse("person", args=[own.pk]), {"roles": ["editor"]})
    assert page.status_code == 422
    assert "es la única persona que administra. Dé ese papel a otra primero." in page.content.decode()
    assert roles_of(town, own) == {"administrator"}


# --- no longer entering ---------------------------------------------------------------------------------------------


def test_sessions_end_at_once_when_a_person_is_disabled(administrator: Client, town: Town) -> None:
    editor = town.people[Role.EDITOR]
    phone, desk = Client(), Client()
    for browser in (phone, desk):
        browser.post(reverse("account_login"), {"login": editor.email, "password": PASSWORD})
        assert browser.get(reverse("audits")).status_code == 200
    administrator.post(reverse("disable_person", args=[editor.pk]))
    assert [browser.get(reverse("audits")).status_code for browser in (phone, desk)] == [302, 302]
    phone.post(reverse("account_login"), {"login": editor.email, "password": PASSWORD})
    assert phone.get(reverse("audits")).status_code == 302
    assert (last_entry(town).action, last_entry(town).subject) == ("disable", f"accounts.person:{editor.pk}")


def test_who_comes_back_has_the_roles_they_had(administrator: Client, town: Town) -> None:
    editor = town.people[Role.EDITOR]
    before = Client()
    before.force_login(editor)
    administrator.post(reverse("disable_person", args=[editor.pk]))
    administrator.post(reverse("enable_person", args=[editor.pk]))
    assert before.get(reverse("audits")).status_code == 302  # what ended stays ended
    again = Client()
    again.post(reverse("account_login"), {"login": editor.email, "password": PASSWORD})
    assert again.get(reverse("audits")).status_code == 200
    assert roles_of(town, editor) == {"editor"}


def test_disabled_in_one_institution_is_still_in_the_other(administrator: Client, town: Town, neighbour: Town) -> None:
    editor = town.people[Role.EDITOR]
    add_membership(person=editor, institution=neighbour.institution, role=Role.REVIEWER)
    choose_institution(person=editor, institution=town.institution)
    open_session = Client()
    open_session.force_login(editor)
    administrator.post(reverse("disable_person", args=[editor.pk]))
    assert open_session.get(reverse("audits")).status_code == 302
    person = Person.objects.get(pk=editor.pk)
    assert access_for(person, town.institution) is None
    there = access_for(person, neighbour.institution)
    assert there is not None
    assert there.roles == {Role.REVIEWER}


def test_nobody_disables_themselves(administrator: Client, town: Town) -> None:
    own = town.people[Role.ADMINISTRATOR]
    page = administrator.post(reverse("disable_person", args=[own.pk]), follow=True)
    assert "Usted no puede desactivarse." in page.content.decode()
    assert administrator.get(reverse("people")).status_code == 200


# --- invitations ----------------------------------------------------------------------------------------------------


def test_an_invitation_is_one_link_one_password_and_the_roles(
    administrator: Client,
    town: Town,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    invite(administrator, django_capture_on_commit_callbacks)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["nueva@penaclara.example"],
        "Pregón: Personería Municipal de Peñaclara lo espera; el enlace sirve 7 días",
    )
    person = Person.objects.get(email="nueva@penaclara.example")
    assert (roles_of(town, person), person.has_usable_password()) == (set(), False)
    visitor = Client()
    path = path_in(mail)
    assert "Personería Municipal de Peñaclara lo espera" in visitor.get(path).content.decode()
    answer = visitor.post(path, {"new_password1": NEW, "new_password2": NEW})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert roles_of(town, person) == {"editor"}
    visitor.post(reverse("account_login"), {"login": person.email, "password": NEW})
    assert visitor.get(reverse("audits")).status_code == 200
    used = Client().post(path, {"new_password1": "x" * 20, "new_password2": "x" * 20})
    assert (used.status_code, "Este enlace ya no sirve" in used.content.decode()) == (410, True)
    assert Person.objects.get(pk=person.pk).check_password(NEW)


def test_the_address_of_who_is_invited_is_not_copied_into_the_journal(
    administrator: Client, town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    invite(administrator, django_capture_on_commit_callbacks)
    entry = last_entry(town)
    person = Person.objects.get(email="nueva@penaclara.example")
    assert (entry.action, entry.after) == ("invite", {"person": person.pk, "roles": ["editor"], "office": None})


@pytest.mark.parametrize("how", ["withdraw", "resend", "expire", "forge"])
def test_a_link_that_no_longer_serves_says_so(
    administrator: Client,
    town: Town,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    invite(administrator, django_capture_on_commit_callbacks)
    path = path_in(mailoutbox[0])
    invitation = Invitation.objects.of(town.institution).get()
    if how == "withdraw":
        administrator.post(reverse("withdraw_invitation", args=[invitation.pk]))
    elif how == "resend":
        with django_capture_on_commit_callbacks(execute=True):
            administrator.post(reverse("resend_invitation", args=[invitation.pk]))
        assert Client().get(path_in(mailoutbox[1])).status_code == 200
    elif how == "expire":
        monkeypatch.setattr(invitation_links, "LASTS", timedelta(seconds=-1))
    else:
        token = signing.dumps([town.institution.pk, invitation.pk, 1], key="otra", salt="pregon.invitation")
        path = reverse("accept_invitation", args=[token])
    answer = Client().get(path)
    assert (answer.status_code, "Este enlace ya no sirve" in answer.content.decode()) == (410, True)


def test_a_link_says_what_was_signed() -> None:
    linked = LinkedInvitation(institution=3, invitation=14, sending=2)
    assert read_link(sign_link(linked)) == linked
    assert read_link("no-es-un-enlace") is None
    assert timedelta(days=7) == LASTS


def test_who_has_a_password_keeps_it_and_signs_in_to_accept(
    administrator: Client,
    town: Town,
    neighbour: Town,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = neighbour.people[Role.EDITOR]
    invite(administrator, django_capture_on_commit_callbacks, email=person.email)
    path = path_in(mailoutbox[0])
    stranger = Client()
    stranger.post(path, {"new_password1": NEW, "new_password2": NEW})
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)
    assert roles_of(town, person) == set()
    themselves = Client()
    themselves.force_login(person)
    themselves.post(path)
    assert roles_of(town, person) == {"editor"}


def test_somebody_else_signed_in_cannot_accept(
    administrator: Client,
    town: Town,
    neighbour: Town,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    invite(administrator, django_capture_on_commit_callbacks, email=neighbour.people[Role.EDITOR].email)
    other = Client()
    other.force_login(neighbour.people[Role.REVIEWER])
    page = other.post(path_in(mailoutbox[0])).content.decode()
    assert "La invitación es para otro correo." in page
    assert roles_of(town, neighbour.people[Role.EDITOR]) == set()


def test_who_is_in_already_is_not_invited(
    administrator: Client, town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = invite(administrator, django_capture_on_commit_callbacks, email=town.email(Role.EDITOR))
    assert "Esa persona ya está en la lista." in page.content.decode()  # type: ignore[attr-defined]  # an answer
    assert Invitation.objects.of(town.institution).count() == 0


# --- offices --------------------------------------------------------------------------------------------------------


def test_offices_are_added_renamed_closed_and_opened_each_with_its_entry(administrator: Client, town: Town) -> None:
    administrator.post(reverse("offices"), {"name": "Derechos  Humanos"})
    office = Office.objects.of(town.institution).get()
    administrator.post(reverse("office", args=[office.pk]), {"name": "Derechos Humanos y Paz"})
    administrator.post(reverse("close_office", args=[office.pk]))
    closed = Office.objects.of(town.institution).get()
    administrator.post(reverse("reopen_office", args=[office.pk]))
    reopened = Office.objects.of(town.institution).get()
    assert (closed.name, closed.closed_at is None, reopened.closed_at) == ("Derechos Humanos y Paz", False, None)
    entries = Entry.objects.of(town.institution).filter(subject=f"accounts.office:{office.pk}").order_by("sequence")
    assert [(entry.action, entry.before, entry.after) for entry in entries] == [
        ("create", {}, {"name": "Derechos Humanos"}),
        ("update", {"name": "Derechos Humanos"}, {"name": "Derechos Humanos y Paz"}),
        ("close", {}, {}),
        ("reopen", {}, {}),
    ]


def test_two_offices_never_have_one_name(administrator: Client, town: Town) -> None:
    add_office(institution=town.institution, name="Hacienda")
    page = administrator.post(reverse("offices"), {"name": "HACIENDA"})
    assert (page.status_code, "Ya hay una dependencia «HACIENDA»." in page.content.decode()) == (422, True)


def test_a_closed_office_takes_no_new_people(administrator: Client, town: Town) -> None:
    office = add_office(institution=town.institution, name="Hacienda")
    administrator.post(reverse("close_office", args=[office.pk]))
    editor = town.people[Role.EDITOR]
    page = administrator.post(reverse("person", args=[editor.pk]), {"roles": ["requester"], "office": office.pk})
    assert page.status_code == 422
