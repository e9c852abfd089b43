"""The furniture of the tests that look for leaks: its canary stands in every page that it names."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.web.programme.furniture import furnish
from tests.web.towns import Town

PAGES = (
    "plan_follow_up",
    "campaigns",
    "campaign",
    "export_campaigns",
    "calendar",
    "calendar_ics",
    "commemoration",
    "events",
    "event",
    "export_events",
    "surveys",
    "survey",
    "survey_sheet",
    "export_surveys",
)
YEARLY = (
    "plan",
    "plan_edition",
    "activity",
    "procedure",
    "procedure_edition",
    "matrix",
    "export_matrix",
    "matrix_line",
    "indicators",
    "export_indicators",
    "indicator",
)
"""Those of no quarter."""


def test_the_canary_stands_in_every_page_and_file_of_the_institution(editor: Client, town: Town) -> None:
    known = furnish(town, "CANARIO-7")
    found = {}
    for name in (*PAGES, *YEARLY):
        kwargs = {"period": known["period"]} if name in PAGES else {}
        if f"{name}.pk" in known:
            kwargs["pk"] = known[f"{name}.pk"]
        if name.startswith("export_"):
            kwargs["suffix"] = known["suffix"]
        found[name] = "CANARIO-7" in editor.get(reverse(name, kwargs=kwargs)).content.decode()
    assert found == dict.fromkeys((*PAGES, *YEARLY), True)
