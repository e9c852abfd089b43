"""Approvals: asked by e-mail, decided in two taps on the very version; and every way in which one may not be."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from pytest_django import DjangoCaptureOnCommitCallbacks

from pregon_web.accounts.models import Membership, Role
from pregon_web.accounts.services import add_membership
from pregon_web.journal.models import Entry
from pregon_web.ledger.services import BadRecord
from pregon_web.workflow.approving import Choice, ask_again, change_policy, decide, send_version
from pregon_web.workflow.models import Approval, ApprovalLink, MailChoice, Piece, PieceVersion, Policy, State
from pregon_web.workflow.pieces import add_version, withdraw_piece
from tests.web.accounts.test_second_factor import activate, code_of, sign_in
from tests.web.towns import Town
from tests.web.workflow.making import (
    answer_all,
    ask,
    content,
    latest,
    lead,
    link_of,
    link_to,
    make_piece,
    sent_piece,
    state_of,
    subjects,
    token_in,
    words,
)

APPROVED, RETURNED = Approval.Decision.APPROVED, Approval.Decision.RETURNED


def choose(piece: Piece, decision: Approval.Decision = APPROVED, comment: str = "") -> Choice:
    return Choice(decision, latest(piece).sha256, comment)


def settle(town: Town, piece: Piece, role: Role, decision: Approval.Decision = APPROVED, comment: str = "") -> Approval:
    """Somebody decides, by the service."""
    person = town.people[role]
    return decide(
        access=town.access(role),
        link=link_of(town, person, piece),
        choice=choose(piece, decision, comment),
        link_to=link_to,
    )


def tap(client: Client, piece: Piece, decision: str = "approved", *, confirmed: bool = True, **typed: str) -> object:
    """The tap on the page of who decides from their list; the second one where it is confirmed."""
    version = latest(piece)
    sent = {"decision": decision, "sha256": version.sha256, **typed}
    return client.post(
        reverse("decide_piece", args=[version.pk]), {**sent, **({"confirmed": "on"} if confirmed else {})}
    )


@pytest.fixture
def leader(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.REQUESTER])
    return client


# --- the road ---------------------------------------------------------------------------------------------------------


def test_the_leader_is_asked_first_and_then_who_approves(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = ask(town)
    piece = make_piece(town, request)
    answer_all(town, piece)
    with django_capture_on_commit_callbacks(execute=True):
        send_version(access=town.access(), version=latest(piece), link_to=link_to)
    assert [each.to for each in mail.outbox] == [[town.email(Role.REQUESTER)]]
    assert subjects(mail.outbox)[0].startswith("Aprobar antes del ")
    assert "es solo para usted" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with django_capture_on_commit_callbacks(execute=True):
        settle(town, piece, Role.REQUESTER)
    assert mail.outbox[1].to == [town.email(Role.APPROVER)]
    assert f"Ya la aprobó {town.people[Role.REQUESTER].name}." in mail.outbox[1].body
    assert state_of(request) == State.IN_REVIEW
    with django_capture_on_commit_callbacks(execute=True):
        settle(town, piece, Role.APPROVER)
    assert (mail.outbox[2].to, subjects(mail.outbox)[2]) == (
        [town.email(Role.EDITOR)],
        "Aprobada: Pieza: Estudiar es un derecho",
    )
    assert state_of(request) == State.APPROVED
    rows = Approval.objects.of(town.institution).order_by("pk")
    assert [(row.signer, row.decision, row.sha256) for row in rows] == [
        ("owner", "approved", latest(piece).sha256),
        ("approver", "approved", latest(piece).sha256),
    ]


def test_what_is_kept_of_a_link_does_not_open_it(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        piece = sent_piece(town)
    token = token_in(str(mail.outbox[0].body))
    kept = link_of(town, town.people[Role.REQUESTER], piece).token_sha256
    assert kept == hashlib.sha256(token.encode()).hexdigest()
    noted = [f"{entry.before}{entry.after}" for entry in Entry.objects.of(town.institution)]
    assert [each for each in noted if token in each or kept in each] == []


def test_two_taps_decide_and_the_first_writes_nothing(leader: Client, town: Town) -> None:
    piece = sent_piece(town)
    version = latest(piece)
    page = leader.get(reverse("approve_piece", args=[version.pk])).content.decode()
    assert ('value="approved">Aprobar' in page, 'value="returned">Pedir cambios' in page) == (True, True)
    asked = tap(leader, piece, confirmed=False, comment="Muy bien")
    assert "Sí, aprobar" in asked.content.decode()  # type: ignore[attr-defined]  # a response
    assert not Approval.objects.of(town.institution).exists()
    tap(leader, piece, comment="Muy bien")
    row = Approval.objects.of(town.institution).get()
    assert (row.person, row.signer, row.comment, row.with_second_factor, row.sha256) == (
        town.people[Role.REQUESTER],
        "owner",
        "Muy bien",
        False,
        version.sha256,
    )


def test_changes_are_asked_with_a_note_that_reaches_the_team(
    leader: Client, town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = ask(town)
    piece = sent_piece(town, request)
    without = tap(leader, piece, "returned")
    assert (without.status_code, Approval.objects.of(town.institution).exists()) == (422, False)  # type: ignore[attr-defined]  # a response
    with django_capture_on_commit_callbacks(execute=True):
        tap(leader, piece, "returned", comment="Quitar la foto del colegio")
    assert subjects(mail.outbox) == ["Pidieron cambios: Pieza: Estudiar es un derecho"]
    assert "Escribió: Quitar la foto del colegio" in mail.outbox[0].body
    assert state_of(request) == State.RETURNED
    with pytest.raises(BadRecord, match="Esta versión se devolvió con cambios. Suba otra versión"):
        send_version(access=town.access(), version=latest(piece), link_to=link_to)


def test_a_changed_piece_asks_again_from_the_beginning(town: Town) -> None:
    request = ask(town)
    piece = sent_piece(town, request)
    settle(town, piece, Role.REQUESTER)
    settle(town, piece, Role.APPROVER)
    assert state_of(request) == State.APPROVED
    add_version(access=town.access(), piece=piece, content=content(text="Otro", change="El texto"), upload=None)
    assert state_of(request) == State.IN_REVIEW
    answer_all(town, piece)
    links = send_version(access=town.access(), version=latest(piece), link_to=link_to)
    assert [(link.person, link.signer) for link in links] == [(town.people[Role.REQUESTER], "owner")]


def test_a_request_is_approved_when_each_of_its_pieces_is(town: Town) -> None:
    request = ask(town)
    one, other = sent_piece(town, request, title="Una"), sent_piece(town, request, title="Otra")
    settle(town, one, Role.REQUESTER)
    settle(town, one, Role.APPROVER)
    assert state_of(request) == State.IN_REVIEW
    settle(town, other, Role.REQUESTER)
    settle(town, other, Role.APPROVER)
    assert state_of(request) == State.APPROVED


def test_the_institution_sets_the_order(town: Town) -> None:
    change_policy(access=town.access(Role.ADMINISTRATOR), fields={"order": ["approver"]})
    request = ask(town)
    piece = sent_piece(town, request)
    settle(town, piece, Role.APPROVER)
    assert state_of(request) == State.APPROVED


def test_who_does_not_want_mail_has_it_in_their_list(
    leader: Client, town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    MailChoice.objects.create(institution=town.institution, person=town.people[Role.REQUESTER], wants_approvals=False)
    with django_capture_on_commit_callbacks(execute=True):
        sent_piece(town)
    assert mail.outbox == []
    page = words(leader.get(reverse("waiting")).content.decode())
    assert "Pieza: Estudiar es un derecho" in page
    assert "Por aprobar 1 en espera" in page


# --- who may not ------------------------------------------------------------------------------------------------------


def test_the_author_does_not_approve_for_the_institution(town: Town) -> None:
    add_membership(person=town.people[Role.EDITOR], institution=town.institution, role=Role.APPROVER)
    piece = sent_piece(town)
    settle(town, piece, Role.REQUESTER)
    asked = ApprovalLink.objects.of(town.institution).filter(version__piece=piece, signer="approver")
    assert [link.person for link in asked] == [town.people[Role.APPROVER]]


def test_nothing_is_sent_that_nobody_could_approve(town: Town) -> None:
    def refused(piece: Piece) -> str:
        answer_all(town, piece)
        with pytest.raises(BadRecord) as caught:
            send_version(access=town.access(), version=latest(piece), link_to=link_to)
        return str(caught.value)

    leaderless = make_piece(town, ask(town, lead(town, "Hacienda", None)))
    assert refused(leaderless).startswith("«Hacienda» no tiene un líder que pueda entrar.")
    led = make_piece(town, ask(town))
    Membership.objects.of(town.institution).filter(role=Role.APPROVER).update(suspended_at=timezone.now())
    assert refused(led).startswith("Nadie más que quien hizo la pieza aprueba por la entidad.")
    assert not ApprovalLink.objects.of(town.institution).exists()


def test_a_second_decision_is_refused_whoever_comes(client: Client, town: Town) -> None:
    other = town.people[Role.ADMINISTRATOR]
    add_membership(person=other, institution=town.institution, role=Role.APPROVER)
    piece = sent_piece(town)
    settle(town, piece, Role.REQUESTER)
    first, second = link_of(town, town.people[Role.APPROVER], piece), link_of(town, other, piece)
    decide(access=town.access(Role.APPROVER), link=first, choice=choose(piece), link_to=link_to)
    with pytest.raises(BadRecord, match="Usted ya decidió sobre esta versión, el "):
        decide(access=town.access(Role.APPROVER), link=first, choice=choose(piece), link_to=link_to)
    with pytest.raises(BadRecord, match=f"{town.people[Role.APPROVER].name} ya decidió sobre esta versión, el "):
        decide(access=town.access(Role.ADMINISTRATOR), link=second, choice=choose(piece), link_to=link_to)
    assert Approval.objects.of(town.institution).filter(signer="approver").count() == 1
    client.force_login(other)
    answer = tap(client, piece)
    assert answer.status_code == 410  # type: ignore[attr-defined]  # a response


def open_token(client: Client, body: str) -> tuple[int, str]:
    answer = client.get(reverse("approval_link", args=[token_in(body)]))
    return answer.status_code, words(answer.content.decode())


def test_a_link_that_serves_no_more_says_why(
    leader: Client, town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        piece = sent_piece(town)
    body = str(mail.outbox[0].body)
    assert open_token(leader, body)[0] == 200
    links = ApprovalLink.objects.of(town.institution)
    links.update(expires_at=timezone.now() - timedelta(minutes=1))
    status, told = open_token(leader, body)
    assert status == 410
    assert "Este enlace venció el " in told
    assert "La pieza sigue en su lista, «Por aprobar»: decida ahí." in told
    assert leader.get(reverse("approve_piece", args=[latest(piece).pk])).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        ask_again(access=town.access(), version=latest(piece), link_to=link_to)
    assert "Se envió un enlace más nuevo." in open_token(leader, body)[1]
    newest = str(mail.outbox[-1].body)
    assert open_token(leader, newest)[0] == 200
    add_version(access=town.access(), piece=piece, content=content(text="Otro", change="x"), upload=None)
    assert "Esta es la versión 1 y la última es la 2. Mire la última." in open_token(leader, newest)[1]
    withdraw_piece(access=town.access(), piece=piece)
    assert "La pieza está retirada: nadie sigue con ella." in open_token(leader, newest)[1]


def test_a_link_is_of_one_person_in_one_institution(
    client: Client, town: Town, neighbour: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent_piece(town)
    body = str(mail.outbox[0].body)
    address = reverse("approval_link", args=[token_in(body)])
    anonymous = client.get(address)
    assert (anonymous.status_code, anonymous["Location"]) == (302, f"/entrar/?next={address}")
    client.force_login(town.people[Role.APPROVER])
    assert open_token(client, body) == (403, open_token(client, body)[1])
    assert "Este enlace es de otra persona. Abra el que le llegó a usted." in open_token(client, body)[1]
    client.force_login(neighbour.people[Role.REQUESTER])
    status, told = open_token(client, body)
    assert (status, "Ese enlace no existe, o está incompleto." in told) == (404, True)
    assert client.get(reverse("approval_link", args=["x"])).status_code == 404


def test_what_was_not_seen_is_not_approved(leader: Client, town: Town) -> None:
    piece = sent_piece(town)
    version = latest(piece)
    sent = {"decision": "approved", "confirmed": "on", "sha256": "0" * 64}
    answer = leader.post(reverse("decide_piece", args=[version.pk]), sent)
    assert "La pieza no es la que usted vio." in answer.content.decode()
    PieceVersion.objects.of(town.institution).filter(pk=version.pk).update(text="Cambiado por detrás")
    assert "La pieza no es la que usted vio." in tap(leader, piece).content.decode()  # type: ignore[attr-defined]  # a response
    assert not Approval.objects.of(town.institution).exists()


def test_a_leader_who_is_not_any_more_decides_nothing(leader: Client, town: Town) -> None:
    piece = sent_piece(town)
    lead(town, leader=Role.REVIEWER)
    answer = tap(leader, piece)
    assert "Usted ya no decide sobre esta pieza" in answer.content.decode()  # type: ignore[attr-defined]  # a response
    assert not Approval.objects.of(town.institution).exists()


# --- the second factor ------------------------------------------------------------------------------------------------


def test_the_rules_may_demand_the_code_of_the_phone(town: Town) -> None:
    change_policy(
        access=town.access(Role.ADMINISTRATOR),
        fields={"link_demand": Policy.Demand.SECOND_FACTOR.value, "order": ["owner"]},
    )
    piece = sent_piece(town)
    address = reverse("approve_piece", args=[latest(piece).pk])
    browser = sign_in(town, Role.REQUESTER)
    assert browser.get(address)["Location"] == reverse("mfa_activate_totp")
    secret = activate(browser)
    asked = browser.get(address)
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?{urlencode({'next': address})}"
    forget_code(town)
    given = browser.post(asked["Location"], {"code": code_of(secret)})
    assert given["Location"] == address
    assert browser.get(address).status_code == 200
    tap(browser, piece)
    assert Approval.objects.of(town.institution).get().with_second_factor


def forget_code(town: Town) -> None:
    """A code is not taken twice within its half minute; here nobody waits."""
    from allauth.mfa.models import Authenticator
    from django.core.cache import cache

    Authenticator.objects.filter(user__in=town.people.values(), type="totp").update(last_used_at=None)
    cache.clear()


# --- the list and the rules -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_what_waits_is_listed_with_the_same_queries(
    leader: Client, town: Town, count: int, django_assert_num_queries: object
) -> None:
    request = ask(town)
    for number in range(count):
        sent_piece(town, request, title=f"Pieza {number}", file=b"")
    leader.get(reverse("waiting"))
    with django_assert_num_queries(8):  # type: ignore[operator]  # pytest-django's own
        page = leader.get(reverse("waiting"))
    assert len(page.context["links"]) == count


def test_the_rules_are_changed_by_who_administers(client: Client, town: Town) -> None:
    client.force_login(town.people[Role.ADMINISTRATOR])
    typed = {
        "order": "approver,owner",
        "link_demand": "second_factor",
        "link_hours": "24",
        "remind_days": "2",
        "names": "Red de Veedurías: Red de Beedurias, Red Veedurias\n\nConcejo Municipal\n",
    }
    assert client.post(reverse("approval_rules"), typed).status_code == 302
    policy = Policy.objects.of(town.institution).get()
    assert (policy.order, policy.link_demand, policy.link_hours, policy.remind_days, policy.names) == (
        ["approver", "owner"],
        "second_factor",
        24,
        2,
        [
            {"name": "Red de Veedurías", "wrong": ["Red de Beedurias", "Red Veedurias"]},
            {"name": "Concejo Municipal", "wrong": []},
        ],
    )
    shown = client.get(reverse("approval_rules")).context["form"].initial
    assert shown["names"] == "Red de Veedurías: Red de Beedurias, Red Veedurias\nConcejo Municipal"
    again = client.post(reverse("approval_rules"), {**typed, "link_hours": "9999"})
    assert (again.status_code, "Escriba un número de 1 a 720." in again.content.decode()) == (422, True)
    stale = client.post(reverse("approval_rules"), {**typed, "link_hours": "48", "version": policy.version - 1 or 99})
    assert "cambió este registro" in stale.content.decode()
