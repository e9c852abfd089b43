"""The furniture of the tests that look for leaks: its canary stands in every page that it names."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.web.towns import Town
from tests.web.workflow.furniture import furnish

PAGES = (
    "requests",
    "request",
    "export_requests",
    "download_request_file",
    "mend_request",
    "add_request",
    "terms",
    "request_links",
    "due_dates_ics",
)


def test_the_canary_stands_in_every_page_and_file_of_the_institution(editor: Client, town: Town) -> None:
    known = furnish(town, "CANARIO-7")
    found = {}
    for name in PAGES:
        kwargs = {"pk": known[f"{name}.pk"]} if f"{name}.pk" in known else {}
        if name.startswith("export_"):
            kwargs["suffix"] = known["suffix"]
        if name == "download_request_file":
            kwargs["file"] = known["file"]
        answer = editor.get(reverse(name, kwargs=kwargs))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a file
        found[name] = b"CANARIO-7" in content
    assert found == dict.fromkeys(PAGES, True)
