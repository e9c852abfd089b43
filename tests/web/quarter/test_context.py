"""Which quarter the menu leads to."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pregon.figures.period import Period
from pregon_web.accounts.models import Role
from pregon_web.quarter.models import Closing
from pregon_web.quarter.selectors import period_to_work_on_for
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town


@pytest.mark.parametrize("page", ["audits", "account_change_password"])
def test_the_menu_of_every_page_leads_to_the_records_of_the_latest_quarter(
    town: Town, editor: Client, page: str
) -> None:
    keep_registro(town)
    led = f'<a href="{reverse("publications", args=[str(QUARTER)])}">Publicaciones</a>'
    assert led in editor.get(reverse(page)).content.decode()


def test_who_only_asks_for_pieces_is_led_to_no_records(town: Town, client: Client) -> None:
    keep_registro(town)
    client.force_login(town.people[Role.REQUESTER])
    assert "/publicaciones/" not in client.get(reverse("account_change_password")).content.decode()


def test_the_quarter_to_work_on_is_the_last_that_ended_and_is_not_closed(town: Town) -> None:
    today = timezone.localdate()
    current = Period.quarter(today.year, (today.month + 2) // 3)
    before = current.previous
    assert period_to_work_on_for(town.access()) is None
    keep_registro(town, current)
    assert period_to_work_on_for(town.access()) == str(current)
    keep_registro(town, before)
    assert period_to_work_on_for(town.access()) == str(before)
    Closing.objects.create(
        institution=town.institution,
        period=str(before),
        version=1,
        registro_sha256="0" * 64,
        fingerprint="0" * 64,
        files={},
        journal_head="0" * 64,
        pregon_version="0",
        closed_by=town.people[Role.APPROVER],
        closed_at=timezone.now(),
    )
    assert period_to_work_on_for(town.access()) == str(current)
