"""From a figure to its records: each source of a report leads to the page of the office that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pregon.records import totals
from pregon.records.publishing import Evidence, Publication, PublicationKind
from pregon.records.service import RequestKind, ServiceRequest
from pregon_web.quarter.panels import big_figures
from pregon_web.quarter.sources import SourceLinks
from tests.web.records import QUARTER, keep_registro, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)
PUBLICATIONS = "/trimestres/2025-T4/publicaciones/"
NEWS = "?canal=sede&tipo=news_item"


def links() -> SourceLinks:
    own = make_dossier("Peñaclara")
    before = make_dossier("Peñaclara", QUARTER.previous)
    proof = Evidence("EV-2025-007", "Acta & lista")
    old = Publication("N-77", "sede", PublicationKind.NEWS_ITEM, date(2025, 8, 1), "De antes")
    asked = [
        ServiceRequest(each, RequestKind.DESIGN, "", "Afiche", date(2025, 10, 1)) for each in ("S-1", "S-9 (2025-T3)")
    ]
    own = replace(own, requests=tuple(asked))
    return SourceLinks(replace(own, evidence=(proof,)), [replace(before, publications=(*before.publications, old))])


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("publication:N-1", f"{PUBLICATIONS}?buscar=N-1"),
        ("publication:N-77", "/trimestres/2025-T3/publicaciones/?buscar=N-77"),
        ("evidence:EV-2025-007", "/trimestres/2025-T4/evidencias/?buscar=EV-2025-007"),
        ("observation:views:ig:2025-11", "/trimestres/2025-T4/metricas/ig/views/2025-11/"),
        ("observation:visits:sede:2025-08", "/trimestres/2025-T3/metricas/sede/visits/2025-08/"),
        ("figure:news_items.sede.2025-10", f"{PUBLICATIONS}{NEWS}&mes=2025-10"),
        ("figure:news_items.sede.2025-T4", f"{PUBLICATIONS}{NEWS}"),
        ("figure:posts.ig.2025-11", f"{PUBLICATIONS}?canal=ig&tipo=post%2Cvideo&mes=2025-11"),
        ("figure:posts.social.2025-T4", None),
        ("figure:campaigns.count", None),
        ("publication:NO-ES", None),
        ("observation:views:ig", None),
        ("observation:views:ig:nunca", None),
        ("request:S-1", "/solicitudes/?vista=lista&buscar=S-1"),
        ("request:S-9 (2025-T3)", "/solicitudes/?vista=lista&buscar=S-9"),
        ("request:NO-ES", None),
        ("figure:requests.design.2025-10", "/solicitudes/?vista=lista&cuenta=design&pedida=2025-10"),
        ("figure:requests.coverage.2025-T4", "/solicitudes/?vista=lista&cuenta=coverage&pedida=2025-T4"),
        ("figure:requests.nada.2025-T4", None),
        ("", None),
    ],
)
def test_a_source_leads_to_its_page(source: str, address: str | None) -> None:
    assert links()(source) == address


def test_the_figures_of_the_quarter_lead_to_what_they_are_made_of() -> None:
    posts, news, visits, _messages = big_figures(make_dossier("Peñaclara"))
    grid = reverse("metrics", args=[T4])
    assert (posts.value.href, [part.href for part, _ in posts.parts]) == (grid, [grid, grid, grid])
    assert (news.value.text, news.value.href) == ("6", f"{PUBLICATIONS}{NEWS}")
    assert [part.href for part, _ in news.parts] == [f"{PUBLICATIONS}{NEWS}&mes=2025-{month}" for month in (10, 11, 12)]
    assert [part.href for part, _ in visits.parts] == [
        f"/trimestres/2025-T4/metricas/sede/visits/2025-{month}/" for month in (10, 11, 12)
    ]


def test_the_list_that_a_count_opens_has_as_many_as_it_says(editor: Client, town: Town) -> None:
    keep_registro(town)
    dossier = make_dossier(town.institution.name)
    for month in QUARTER.months:
        found = totals.measure(dossier, totals.NEWS_ITEMS, "sede", month)
        listing = editor.get(str(SourceLinks(dossier).measure(found))).context["listing"]
        assert listing.total == found.value


def test_the_home_page_and_the_preview_link_their_figures(editor: Client, town: Town) -> None:
    keep_registro(town)
    home = editor.get(reverse("quarter", args=[T4])).content.decode()
    assert '<a class="fig" href="/trimestres/2025-T4/metricas/sede/visits/2025-10/">34.811</a>' in home
    preview = editor.get(reverse("report", args=[T4])).content.decode()
    assert f'<a href="{PUBLICATIONS}{NEWS.replace("&", "&amp;")}&amp;mes=2025-10">3 publicaciones</a>' in preview
    assert f'<a href="{PUBLICATIONS}?buscar=N-1">N-1</a>' in preview
    handed = b"".join(editor.get(reverse("download_report", args=[T4, "html"])))
    assert b"/trimestres/" not in handed
