"""The furniture of the tests that look for leaks: its canary stands in every page that it names."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.web.risks.furniture import furnish
from tests.web.towns import Town

PAGES = (
    "risks",
    "export_risks",
    "risk",
    "change_risk",
    "value_risk",
    "risk_control",
    "risk_scale",
    "risk_follow_ups",
    "add_risk_follow_up",
    "risk_follow_up",
    "incidents",
    "export_incidents",
    "incident",
)
OF_QUARTERS = {"risk_follow_ups", "add_risk_follow_up", "risk_follow_up", "incidents", "export_incidents", "incident"}


def test_the_canary_stands_in_every_page_and_file_of_the_institution(editor: Client, town: Town) -> None:
    known = furnish(town, "CANARIO-7")
    found = {}
    for name in PAGES:
        kwargs = {"period": known["period"]} if name in OF_QUARTERS else {}
        kwargs |= {part: known[f"{name}.{part}"] for part in ("pk", "risk") if f"{name}.{part}" in known}
        if name.startswith("export_"):
            kwargs["suffix"] = known["suffix"]
        if name == "risk_control":
            kwargs["control"] = known["control"]
        found[name] = "CANARIO-7" in editor.get(reverse(name, kwargs=kwargs)).content.decode()
    assert found == dict.fromkeys(PAGES, True)
