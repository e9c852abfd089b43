"""Which quarter the menu leads to."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
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
