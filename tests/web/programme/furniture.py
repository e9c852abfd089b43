"""One row of each kind of the programme, a canary in every text of it: for the tests that look for what leaks."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from pregon_web.accounts.models import Office
from pregon_web.ledger.models import Channel, Publication
from pregon_web.ledger.services import add_record
from pregon_web.programme.attendance import keep_attendance
from pregon_web.programme.models import Commemoration
from pregon_web.programme.services import add_event, save_campaign
from pregon_web.programme.surveys import add_survey, answer_survey
from tests.web.programme.furniture_plan import furnish_plan
from tests.web.towns import Town

PERIOD = "2025-T4"


def furnish(town: Town, canary: str) -> dict[str, object]:
    """Fill an institution, and answer the arguments of each address that names a row of it."""
    access = town.access()
    office = Office.objects.create(institution=town.institution, name=f"Dependencia que anota {canary}")
    channel = add_record(
        access=access, row=Channel(code=f"red-{town.slug}", name=f"Canal {canary}", platform="facebook")
    )
    campaign = save_campaign(
        access=access,
        campaign=None,
        fields={
            "period": PERIOD,
            "reference": f"corto {canary}",
            "title": f"Campaña {canary}",
            "aim": f"Objetivo {canary}",
            "target_audience": f"Público {canary}",
            "office": office,
            "owed_by": f"Quien debe {canary}",
        },
        channels=[channel],
        products=[(f"Producto {canary}", 3, 2)],
    )
    publication = add_record(
        access=access,
        row=Publication(
            period=PERIOD,
            reference=f"P {canary}",
            channel=channel,
            kind="post",
            published_on=date(2025, 12, 10),
            title=f"Publicación {canary}",
            campaign=campaign.reference,
        ),
    )
    day = add_record(
        access=access,
        row=Commemoration(
            period=PERIOD,
            name=f"Efeméride {canary}",
            day=date(2025, 12, 10),
            campaign=campaign.reference,
            publication=publication,
        ),
    )
    event = add_event(
        access=access,
        period=PERIOD,
        fields={
            "day": date(2025, 12, 10),
            "title": f"Evento {canary}",
            "office": office,
            "method": f"Conteo {canary}",
            "has_minors": True,
            "consent": f"Autorización {canary}",
            "owed_by": f"Quien debe {canary}",
        },
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lista.csv"
        path.write_text(f"Nombre;Cédula\n{canary};1\n", encoding="utf-8")
        keep_attendance(access=access, event=event, path=path, name=f"{canary}.csv", keep_until=date(2099, 1, 1))
    survey = add_survey(
        access=access, period=PERIOD, fields={"title": f"Encuesta {canary}", "event": event, "fewest": 1}
    )
    answer_survey(survey=survey, value=4, remark=f"Mejoraría {canary}")
    planned = furnish_plan(town, canary)
    rows = {
        ("campaign", "change_campaign", "remove_campaign"): campaign.pk,
        ("commemoration", "change_commemoration", "remove_commemoration"): day.pk,
        ("event", "change_event", "attendance", "download_attendance", "remove_attendance", "remove_event"): event.pk,
        ("survey", "change_survey", "close_survey", "reopen_survey", "remove_survey", "survey_sheet"): survey.pk,
    }
    return {
        "period": PERIOD,
        "suffix": "csv",
        "answer_survey.token": survey.token,
        "survey_answered.token": survey.token,
        "answer_survey:value": 5,
        **{f"{name}.pk": pk for names, pk in rows.items() for name in names},
        **planned,
    }
