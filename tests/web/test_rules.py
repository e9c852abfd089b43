"""Every view says who may use it; one that forgot does not run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from pregon_web.accounts.middleware import RuleMiddleware
from pregon_web.accounts.models import Person, Role
from pregon_web.accounts.rules import EVERYONE, READERS, Rule, requires
from tests.web.towns import Town

# Who may use each address, written by hand: a new one, or a wider door, has to be written here too.
EVERYBODY = Rule(public=True)
PERSON = Rule()
ADMINISTRATORS = Rule(roles=(Role.ADMINISTRATOR,))
RULES = {
    "home": Rule(roles=EVERYONE),
    "quarter": Rule(roles=READERS),
    "upload_registro": Rule(roles=(Role.EDITOR,)),
    "download_registro": Rule(roles=READERS),
    "publications": Rule(roles=READERS),
    "export_publications": Rule(roles=READERS),
    "add_publication": Rule(roles=(Role.EDITOR,)),
    "publication": Rule(roles=READERS),
    "metrics": Rule(roles=READERS),
    "save_metrics": Rule(roles=(Role.EDITOR,)),
    "measure": Rule(roles=READERS),
    "change_measure": Rule(roles=(Role.EDITOR,)),
    "change_publication": Rule(roles=(Role.EDITOR,)),
    "remove_publication": Rule(roles=(Role.EDITOR,)),
    "correct_publication": Rule(roles=(Role.EDITOR,)),
    "requests": Rule(roles=EVERYONE),
    "export_requests": Rule(roles=EVERYONE),
    "add_request": Rule(roles=(Role.EDITOR, Role.REQUESTER)),
    "request": Rule(roles=EVERYONE),
    "move_request": Rule(roles=(Role.EDITOR, Role.APPROVER, Role.REQUESTER)),
    "assign_request": Rule(roles=(Role.EDITOR,)),
    "agree_request": Rule(roles=(Role.EDITOR,)),
    "mend_request": Rule(roles=(Role.EDITOR,)),
    "attach_to_request": Rule(roles=(Role.EDITOR, Role.REQUESTER)),
    "download_request_file": Rule(roles=EVERYONE),
    "terms": Rule(roles=READERS),
    "save_terms": ADMINISTRATORS,
    "close_day": ADMINISTRATORS,
    "open_day": ADMINISTRATORS,
    "add_kind": ADMINISTRATORS,
    "kind": ADMINISTRATORS,
    "imports": Rule(roles=READERS),
    "upload_files": Rule(roles=(Role.EDITOR,)),
    "import": Rule(roles=READERS),
    "answer_import": Rule(roles=(Role.EDITOR,)),
    "commit_import": Rule(roles=(Role.EDITOR,)),
    "undo_import": Rule(roles=(Role.EDITOR,)),
    "campaigns": Rule(roles=READERS),
    "export_campaigns": Rule(roles=READERS),
    "add_campaign": Rule(roles=(Role.EDITOR,)),
    "campaign": Rule(roles=READERS),
    "change_campaign": Rule(roles=(Role.EDITOR,)),
    "remove_campaign": Rule(roles=(Role.EDITOR,)),
    "calendar": Rule(roles=READERS),
    "calendar_ics": Rule(roles=READERS),
    "choose_day": Rule(roles=(Role.EDITOR,)),
    "add_commemoration": Rule(roles=(Role.EDITOR,)),
    "commemoration": Rule(roles=READERS),
    "change_commemoration": Rule(roles=(Role.EDITOR,)),
    "remove_commemoration": Rule(roles=(Role.EDITOR,)),
    "events": Rule(roles=READERS),
    "export_events": Rule(roles=READERS),
    "add_event": Rule(roles=(Role.EDITOR,)),
    "event": Rule(roles=READERS),
    "change_event": Rule(roles=(Role.EDITOR,)),
    "remove_event": Rule(roles=(Role.EDITOR,)),
    "attendance": Rule(roles=(Role.EDITOR,)),
    "download_attendance": Rule(roles=(Role.EDITOR, Role.REVIEWER)),
    "remove_attendance": Rule(roles=(Role.EDITOR,)),
    "risks": Rule(roles=READERS),
    "export_risks": Rule(roles=READERS),
    "add_risk": Rule(roles=(Role.EDITOR,)),
    "risk_scale": Rule(roles=READERS),
    "change_risk_scale": ADMINISTRATORS,
    "risk_scale_version": Rule(roles=READERS),
    "risk": Rule(roles=READERS),
    "change_risk": Rule(roles=(Role.EDITOR,)),
    "remove_risk": Rule(roles=(Role.EDITOR,)),
    "value_risk": Rule(roles=(Role.EDITOR,)),
    "add_risk_control": Rule(roles=(Role.EDITOR,)),
    "risk_control": Rule(roles=READERS),
    "change_risk_control": Rule(roles=(Role.EDITOR,)),
    "remove_risk_control": Rule(roles=(Role.EDITOR,)),
    "move_risk_control": Rule(roles=(Role.EDITOR,)),
    "risk_follow_ups": Rule(roles=READERS),
    "add_risk_follow_up": Rule(roles=(Role.EDITOR, Role.REVIEWER)),
    "risk_follow_up": Rule(roles=READERS),
    "change_risk_follow_up": Rule(roles=(Role.EDITOR, Role.REVIEWER)),
    "remove_risk_follow_up": Rule(roles=(Role.EDITOR, Role.REVIEWER)),
    "incidents": Rule(roles=READERS),
    "export_incidents": Rule(roles=READERS),
    "add_incident": Rule(roles=(Role.EDITOR,)),
    "incident": Rule(roles=READERS),
    "change_incident": Rule(roles=(Role.EDITOR,)),
    "remove_incident": Rule(roles=(Role.EDITOR,)),
    "surveys": Rule(roles=READERS),
    "export_surveys": Rule(roles=READERS),
    "make_survey": Rule(roles=(Role.EDITOR,)),
    "survey": Rule(roles=READERS),
    "change_survey": Rule(roles=(Role.EDITOR,)),
    "close_survey": Rule(roles=(Role.EDITOR,)),
    "reopen_survey": Rule(roles=(Role.EDITOR,)),
    "remove_survey": Rule(roles=(Role.EDITOR,)),
    "survey_sheet": Rule(roles=READERS),
    "answer_survey": EVERYBODY,  # the link itself is the right, here and below
    "survey_answered": EVERYBODY,
    "ask": EVERYBODY,
    "asked": EVERYBODY,
    "confirm_request": EVERYBODY,
    "request_status": EVERYBODY,
    "request_links": Rule(roles=(Role.EDITOR, Role.ADMINISTRATOR)),
    "make_request_link": Rule(roles=(Role.EDITOR, Role.ADMINISTRATOR)),
    "change_request_link": Rule(roles=(Role.EDITOR, Role.ADMINISTRATOR)),
    "close_request_link": Rule(roles=(Role.EDITOR, Role.ADMINISTRATOR)),
    "due_dates": Rule(roles=EVERYONE),
    "change_due_dates": Rule(roles=EVERYONE),
    "due_dates_ics": Rule(roles=EVERYONE),
    "due_dates_feed": EVERYBODY,
    "mail_choices": Rule(roles=EVERYONE),
    "unsubscribe": EVERYBODY,
    "plan_follow_up": Rule(roles=READERS),
    "plan": Rule(roles=READERS),
    "plan_edition": Rule(roles=READERS),
    "activity": Rule(roles=READERS),
    "procedure": Rule(roles=READERS),
    "procedure_edition": Rule(roles=READERS),
    "matrix": Rule(roles=READERS),
    "export_matrix": Rule(roles=READERS),
    "matrix_line": Rule(roles=READERS),
    "indicators": Rule(roles=READERS),
    "export_indicators": Rule(roles=READERS),
    "indicator": Rule(roles=READERS),
    "save_plan_follow_up": Rule(roles=(Role.EDITOR,)),
    "remove_plan_follow_up": Rule(roles=(Role.EDITOR,)),
    "add_plan": Rule(roles=(Role.EDITOR,)),
    "change_plan": Rule(roles=(Role.EDITOR,)),
    "approve_plan": Rule(roles=(Role.EDITOR,)),
    "renew_plan": Rule(roles=(Role.EDITOR,)),
    "remove_plan": Rule(roles=(Role.EDITOR,)),
    "add_activity": Rule(roles=(Role.EDITOR,)),
    "change_activity": Rule(roles=(Role.EDITOR,)),
    "remove_activity": Rule(roles=(Role.EDITOR,)),
    "add_procedure": Rule(roles=(Role.EDITOR,)),
    "change_procedure": Rule(roles=(Role.EDITOR,)),
    "approve_procedure": Rule(roles=(Role.EDITOR,)),
    "renew_procedure": Rule(roles=(Role.EDITOR,)),
    "remove_procedure": Rule(roles=(Role.EDITOR,)),
    "add_matrix_line": Rule(roles=(Role.EDITOR,)),
    "change_matrix_line": Rule(roles=(Role.EDITOR,)),
    "remove_matrix_line": Rule(roles=(Role.EDITOR,)),
    "add_indicator": Rule(roles=(Role.EDITOR,)),
    "change_indicator": Rule(roles=(Role.EDITOR,)),
    "remove_indicator": Rule(roles=(Role.EDITOR,)),
    "evidence": Rule(roles=READERS),
    "export_evidence": Rule(roles=READERS),
    "add_evidence": Rule(roles=(Role.EDITOR,)),
    "evidence_record": Rule(roles=READERS),
    "change_evidence": Rule(roles=(Role.EDITOR,)),
    "remove_evidence": Rule(roles=(Role.EDITOR,)),
    "attach_evidence": Rule(roles=(Role.EDITOR,)),
    "check_evidence": Rule(roles=(Role.EDITOR,)),
    "download_evidence": Rule(roles=READERS),
    "preview_evidence": Rule(roles=READERS),
    "channels": Rule(roles=READERS),
    "add_channel": Rule(roles=(Role.EDITOR,)),
    "channel": Rule(roles=READERS),
    "change_channel": Rule(roles=(Role.EDITOR,)),
    "move_channel": Rule(roles=(Role.EDITOR,)),
    "use_channel": Rule(roles=(Role.EDITOR,)),
    "remove_channel": Rule(roles=(Role.EDITOR,)),
    "note_pending": Rule(roles=(Role.EDITOR,)),
    "settle_pending": Rule(roles=(Role.EDITOR,)),
    "closing": Rule(roles=READERS),
    "sign_quarter": Rule(roles=READERS),
    "declare_gap": Rule(roles=(Role.EDITOR,)),
    "withdraw_gap": Rule(roles=(Role.EDITOR,)),
    "close_quarter": Rule(roles=(Role.EDITOR, Role.APPROVER)),
    "reopen_quarter": Rule(roles=(Role.APPROVER,)),
    "download_closed": Rule(roles=READERS),
    "closing_changes": Rule(roles=READERS),
    "control": Rule(roles=(Role.EDITOR,)),
    "report": Rule(roles=READERS),
    "download_report": Rule(roles=READERS),
    "evidence_pack": Rule(roles=READERS),
    "year_report": Rule(roles=READERS),
    "download_year_report": Rule(roles=READERS),
    "audits": Rule(roles=READERS),
    "upload_document": Rule(roles=READERS),
    "audit": Rule(roles=READERS),
    "submission": Rule(roles=READERS),
    "decide_finding": Rule(roles=READERS),
    "download_annotated": Rule(roles=READERS),
    "download_findings": Rule(roles=READERS),
    "journal": Rule(roles=(Role.REVIEWER, Role.ADMINISTRATOR)),
    "check_journal": Rule(roles=(Role.REVIEWER, Role.ADMINISTRATOR)),
    "export_entries": Rule(roles=(Role.REVIEWER, Role.ADMINISTRATOR)),
    "export_chain": Rule(roles=(Role.REVIEWER, Role.ADMINISTRATOR)),
    "add_piece": Rule(roles=(Role.EDITOR,)),
    "piece": Rule(roles=EVERYONE),
    "change_piece": Rule(roles=(Role.EDITOR,)),
    "add_version": Rule(roles=(Role.EDITOR,)),
    "comment_piece": Rule(roles=EVERYONE),
    "answer_gate": Rule(roles=(Role.EDITOR,)),
    "send_piece": Rule(roles=(Role.EDITOR,)),
    "send_piece_again": Rule(roles=(Role.EDITOR,)),
    "withdraw_piece": Rule(roles=(Role.EDITOR,)),
    "restore_piece": Rule(roles=(Role.EDITOR,)),
    "publish_piece": Rule(roles=(Role.EDITOR,)),
    "piece_file": Rule(roles=EVERYONE),
    "piece_preview": Rule(roles=EVERYONE),
    "waiting": Rule(roles=EVERYONE),
    "approve_piece": Rule(roles=EVERYONE),  # and nobody but whom it was sent to
    "decide_piece": Rule(roles=EVERYONE),
    "approval_link": Rule(roles=EVERYONE),
    "decide_by_link": Rule(roles=EVERYONE),
    "approval_rules": ADMINISTRATORS,
    "people": ADMINISTRATORS,
    "invite_person": ADMINISTRATORS,
    "person": ADMINISTRATORS,
    "disable_person": ADMINISTRATORS,
    "enable_person": ADMINISTRATORS,
    "resend_invitation": ADMINISTRATORS,
    "withdraw_invitation": ADMINISTRATORS,
    "offices": ADMINISTRATORS,
    "office": ADMINISTRATORS,
    "close_office": ADMINISTRATORS,
    "reopen_office": ADMINISTRATORS,
    "requirements": ADMINISTRATORS,
    "grant_supervision": ADMINISTRATORS,
    "withdraw_supervision": ADMINISTRATORS,
    "accept_invitation": EVERYBODY,  # the link itself is the right
    "choose_institution": PERSON,
    "account_login": EVERYBODY,
    "account_logout": PERSON,
    "account_change_password": PERSON,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_reauthenticate": PERSON,
    "mfa_index": PERSON,
    "mfa_authenticate": EVERYBODY,  # who has given a password and not yet the code
    "mfa_reauthenticate": PERSON,
    "mfa_activate_totp": PERSON,
    "mfa_deactivate_totp": PERSON,
    "mfa_view_recovery_codes": PERSON,
    "mfa_generate_recovery_codes": PERSON,
    "mfa_download_recovery_codes": PERSON,
    "openid_connect_login": EVERYBODY,
    "openid_connect_callback": EVERYBODY,
    "socialaccount_login_cancelled": EVERYBODY,
    "socialaccount_login_error": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_email": EVERYBODY,
    "account_set_password": EVERYBODY,
    "socialaccount_connections": EVERYBODY,
    "socialaccount_signup": EVERYBODY,
}


def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


def test_every_address_has_the_rule_that_is_written_here() -> None:
    declared = {pattern.name: getattr(pattern.callback, "rule", None) for pattern in walk(get_resolver().url_patterns)}
    assert declared == RULES


def test_a_view_without_a_rule_does_not_run() -> None:
    def forgotten(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("secreto")

    gate = RuleMiddleware(lambda _request: HttpResponse())
    with pytest.raises(ImproperlyConfigured, match="forgotten declares no rule"):
        gate.process_view(RequestFactory().get("/"), forgotten, (), {})


def test_a_rule_for_nobody_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="at least one role"):
        requires()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_in_where_its_rule_says(client: Client, town: Town, role: Role) -> None:
    client.force_login(town.people[role])
    pages = {"quarter": ["2025-T4"], "audits": [], "home": []}
    answers = {name: client.get(reverse(name, args=args)).status_code for name, args in pages.items()}
    reads = role is not Role.REQUESTER
    assert answers == {
        "quarter": 200 if reads else 403,
        "audits": 200 if reads else 403,
        "home": 302,
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
def test_only_an_editor_brings_records(client: Client, town: Town, role: Role) -> None:
    client.force_login(town.people[role])
    answer = client.post(reverse("upload_registro", args=["2025-T4"]))
    assert answer.status_code == 403
    assert "Administra de Personería Municipal de Peñaclara" in answer.content.decode()


def test_a_person_of_nowhere_is_told_what_to_do(client: Client, town: Town) -> None:
    lost = Person.objects.create_user("sola@penaclara.example", "una-frase-bien-larga", name="Sola")
    client.force_login(lost)
    answer = client.get(reverse("home"))
    assert answer.status_code == 403
    assert "todavía no pertenece a ninguna entidad" in answer.content.decode()
    assert str(town.institution) not in answer.content.decode()


def test_no_two_addresses_have_one_name() -> None:
    names = [str(pattern.name) for pattern in walk(get_resolver().url_patterns)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
