"""The follow-up of a quarter: dated in it, of its evidence, in its own words, and never against the records unsaid."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pregon.records.risk import RiskFollowUp
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Channel, Evidence, PeriodLock, Publication
from pregon_web.ledger.services import BadRecord, add_record, change_record, mark_correction
from pregon_web.quarter.models import ControlBlock
from pregon_web.risks.following import save_follow_up
from pregon_web.risks.models import FollowUp, Incident, Risk
from pregon_web.risks.selectors import follow_ups_of
from tests.web.risks.test_risk_map import count_queries, make_risk
from tests.web.towns import Town

T4 = "2025-T4"
NOTE = {
    "checked_on": "2025-12-18",
    "line_of_defence": "1",
    "finding": "Se compararon las dos publicaciones del trimestre con su aprobación.",
    "controls_run": "2",
    "controls_planned": "2",
    "materialised": "no",
}
HAPPENED = {
    "materialised": "si",
    "happened": "Salió con otra fecha.",
    "cause": "Nadie revisó la fecha.",
    "correction": "Se corrigió el mismo día.",
}


def publish(town: Town, reference: str = "PUB-2025-0001") -> Publication:
    channel = Channel.objects.of(town.institution).first() or add_record(
        access=town.access(), row=Channel(code="x", name="X", platform="x")
    )
    return add_record(
        access=town.access(),
        row=Publication(
            period=T4,
            reference=reference,
            channel=channel,
            kind="post",
            published_on=date(2025, 10, 8),
            title="Feria de servicios",
        ),
    )


def correct(town: Town, publication: Publication) -> None:
    mark_correction(
        access=town.access(),
        publication=publication,
        what="El lugar",
        corrected_on=date(2025, 10, 9),
        withdrawn_on=None,
    )


def note(client: Client, risk: Risk, **typed: str) -> tuple[int, str]:
    answer = client.post(reverse("add_risk_follow_up", args=[T4, risk.pk]), {**NOTE, **typed})
    return answer.status_code, answer.content.decode()


def noted(town: Town, risk: Risk, period: str = T4, **fields: object) -> FollowUp:
    told = {"checked_on": date(2025, 12, 18), "line_of_defence": 1, "finding": "Se miró todo.", "materialised": False}
    return save_follow_up(access=town.access(), risk=risk, period=period, row=None, fields={**told, **fields})


def test_one_is_noted_and_the_report_has_it(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    evidence = add_record(access=town.access(), row=Evidence(period=T4, reference="EV-1", title="Lista"))
    assert note(editor, risk, evidence=str(evidence.pk), next_action="Seguir igual.")[0] == 302
    assert follow_ups_of(town.institution, T4) == (
        RiskFollowUp(
            "R1", date(2025, 12, 18), False, 2, 2, NOTE["finding"], "EV-1", "Seguir igual.", line_of_defence=1
        ),
    )
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.after["finding"]) == ("create", NOTE["finding"])


def test_one_dated_outside_is_refused_with_the_days_it_may_have(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    add_record(access=town.access(), row=ControlBlock(period=T4, cutoff="2026-01-07T17:00:00"))
    status, page = note(editor, risk, checked_on="4/07/2025")
    assert status == 422
    assert (
        "El 4 de julio de 2025 está fuera de lo que cubre el cuarto trimestre de 2025: un seguimiento se fecha entre "
        "el 1 de octubre de 2025 y el 7 de enero de 2026."
    ) in page
    assert note(editor, risk, checked_on="2026-01-08")[0] == 422
    assert note(editor, risk, checked_on="2026-01-07")[0] == 302


def test_what_the_records_contradict_is_not_kept_without_its_reason(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    correct(town, publish(town))
    publish(town, "PUB-2025-0002")
    said = "Los registros dicen: 1 publicación corregida, retirada o sin aprobación de 2."
    status, page = note(editor, risk)
    assert (status, said in page) == (422, True)
    assert "Escriba por qué no se materializó aunque los registros digan eso" in page
    assert FollowUp.objects.of(town.institution).count() == 0
    assert note(editor, risk, despite="Era un error de la fuente, no nuestro.")[0] == 302
    assert FollowUp.objects.of(town.institution).get().despite == "Era un error de la fuente, no nuestro."


def test_the_service_refuses_it_too(town: Town) -> None:
    risk = make_risk(town)
    correct(town, publish(town))
    with pytest.raises(BadRecord, match="Los registros dicen: 1 publicación corregida"):
        noted(town, risk)
    with pytest.raises(BadRecord, match="está fuera de lo que cubre"):
        noted(town, risk, checked_on=date(2025, 7, 4), despite="No fue nuestro.")


def test_beside_each_risk_stands_what_the_records_say_with_their_pages(editor: Client, town: Town) -> None:
    make_risk(town)
    publication = publish(town)
    make_risk(town, signal="misuse")
    make_risk(town, signal="late_deliveries")
    make_risk(town, signal="none")
    correct(town, publication)
    page = editor.get(reverse("risk_follow_ups", args=[T4]))
    assert [each.saying.sentence for each in page.context["watched"]] == [
        "Los registros dicen: 1 publicación corregida, retirada o sin aprobación de 1.",
        "Los registros dicen: 0 incidentes de uso indebido.",
        "Los registros no dicen nada: ninguna solicitud con fecha se cumplió o venció.",
        "Ningún registro de la oficina habla de este riesgo: lo que se diga necesita su evidencia.",
    ]
    link = f'<a href="{reverse("publication", args=[T4, publication.pk])}">PUB-2025-0001</a>'
    assert link in page.content.decode()


def test_records_that_change_after_are_told_on_the_page(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    publication = publish(town)
    noted(town, risk)
    assert editor.get(reverse("risk_follow_ups", args=[T4])).context["contradicted"] == 0
    correct(town, publication)
    page = editor.get(reverse("risk_follow_ups", args=[T4]))
    assert (page.context["contradicted"], "Los registros dicen otra cosa" in page.content.decode()) == (1, True)


def test_what_materialised_asks_what_happened_why_and_what_was_mended(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    status, page = note(editor, risk, materialised="si")
    assert status == 422
    for sentence in ("escriba qué pasó o elija el incidente", "escriba la causa", "o se hará para corregirlo"):
        assert sentence in page
    assert '<details class="field occurred" open>' in page
    assert note(editor, risk, **HAPPENED)[0] == 302
    row = FollowUp.objects.of(town.institution).get()
    assert (row.materialised, row.happened, row.cause, row.despite) == (
        True,
        "Salió con otra fecha.",
        "Nadie revisó la fecha.",
        "",
    )


def test_what_does_not_apply_is_not_kept(editor: Client, town: Town) -> None:
    assert note(editor, make_risk(town), **{**HAPPENED, "materialised": "no"})[0] == 302
    row = FollowUp.objects.of(town.institution).get()
    assert (row.happened, row.cause, row.correction) == ("", "", "")


def test_evidence_of_another_quarter_is_neither_offered_nor_taken(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    old = add_record(access=town.access(), row=Evidence(period="2025-T1", reference="EV-9", title="Informe viejo"))
    page = editor.get(reverse("add_risk_follow_up", args=[T4, risk.pk])).content.decode()
    assert "Informe viejo" not in page
    assert note(editor, risk, evidence=str(old.pk))[0] == 422
    with pytest.raises(BadRecord, match="es de otro trimestre"):
        noted(town, risk, evidence=old)


def test_words_of_an_earlier_quarter_are_refused_until_they_are_confirmed(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    words = "Durante el tercer trimestre no se ha materializado: cada pieza pasó por la aprobación antes de salir."
    noted(town, risk, "2025-T3", checked_on=date(2025, 9, 23), finding=words)
    again = words.replace("tercer", "cuarto").upper()
    first = editor.get(reverse("add_risk_follow_up", args=[T4, risk.pk])).content.decode()
    status, page = note(editor, risk, finding=again)
    assert (status, "Este texto es el del tercer trimestre de 2025." in page) == (422, True)
    assert ("is_copy_confirmed" in first, 'name="is_copy_confirmed"' in page) == (False, True)
    assert note(editor, risk, finding=again, is_copy_confirmed="on")[0] == 302
    assert FollowUp.objects.of(town.institution).get(period=T4).is_copy_confirmed


def test_each_line_of_defence_notes_its_own(editor: Client, client: Client, town: Town) -> None:
    risk = make_risk(town)
    assert note(editor, risk, line_of_defence="3")[0] == 422
    row = noted(town, risk)
    client.force_login(town.people[Role.REVIEWER])
    page = client.get(reverse("risk_follow_up", args=[T4, row.pk])).content.decode()
    assert ("Guardar los cambios" in page, "Historia" in page) == (False, True)
    refused = client.post(reverse("change_risk_follow_up", args=[T4, row.pk]), {**NOTE, "line_of_defence": "3"})
    assert (refused.status_code, "Cada línea de defensa anota lo suyo" in refused.content.decode()) == (422, True)
    client.post(reverse("remove_risk_follow_up", args=[T4, row.pk]))
    assert note(client, risk, checked_on="2025-12-20", line_of_defence="3")[0] == 302
    found = FollowUp.objects.of(town.institution).order_by("checked_on").values_list("line_of_defence", flat=True)
    assert list(found) == [1, 3]
    client.force_login(town.people[Role.APPROVER])
    assert note(client, risk, checked_on="2025-12-21", line_of_defence="2")[0] == 403


def test_two_of_one_day_are_one(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    noted(town, risk)
    status, page = note(editor, risk)
    assert (status, "Ese día ya hay un seguimiento de este riesgo." in page) == (422, True)


def test_two_who_change_it_at_once_are_told_and_lose_nothing(editor: Client, town: Town) -> None:
    row = noted(town, make_risk(town))
    change_record(access=town.access(Role.ADMINISTRATOR), row=row, fields={"next_action": "Lo de otra persona"})
    seen = {**NOTE, "next_action": "Lo mío", "version": row.version}
    answer = editor.post(reverse("change_risk_follow_up", args=[T4, row.pk]), seen)
    assert answer.status_code == 422
    assert "<td>Lo de otra persona</td><td>Lo mío</td>" in answer.content.decode()
    saved = editor.post(reverse("change_risk_follow_up", args=[T4, row.pk]), {**seen, "version": row.version + 1})
    row.refresh_from_db()
    assert (saved.status_code, row.next_action) == (302, "Lo mío")


def test_a_closed_quarter_takes_none_and_changes_none(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    row = noted(town, risk)
    PeriodLock.objects.create(institution=town.institution, period=T4)
    status, page = note(editor, risk, checked_on="2025-12-19")
    assert (status, "está cerrado desde el" in page) == (422, True)
    answer = editor.post(reverse("change_risk_follow_up", args=[T4, row.pk]), {**NOTE, "version": row.version})
    assert answer.status_code == 422
    editor.post(reverse("remove_risk_follow_up", args=[T4, row.pk]), {"reason": "No era"})
    assert FollowUp.objects.of(town.institution).count() == 1


def test_one_that_never_was_is_removed(editor: Client, town: Town) -> None:
    row = noted(town, make_risk(town))
    editor.post(reverse("remove_risk_follow_up", args=[T4, row.pk]), {"reason": "Era de otro riesgo"})
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (FollowUp.objects.of(town.institution).count(), entry.after) == (0, {"reason": "Era de otro riesgo"})


def test_a_risk_with_history_is_not_removed_and_its_quarter_keeps_it(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    noted(town, risk)
    editor.post(reverse("remove_risk", args=[risk.pk]), {"reason": "Ya no"})
    assert Risk.objects.of(town.institution).count() == 1
    change_record(access=town.access(), row=risk, fields={"is_active": False})
    kept = [len(editor.get(reverse("risk_follow_ups", args=[period])).context["watched"]) for period in (T4, "2026-T1")]
    assert kept == [1, 0]


def test_the_page_asks_the_database_the_same_however_many_risks(editor: Client, town: Town) -> None:
    noted(town, make_risk(town))
    correct(town, publish(town))
    few = count_queries(editor, reverse("risk_follow_ups", args=[T4]))
    for _ in range(29):
        noted(town, make_risk(town), despite="El error era de la fuente.")
    assert count_queries(editor, reverse("risk_follow_ups", args=[T4])) == few


def test_an_incident_makes_the_records_speak_and_is_what_happened(editor: Client, town: Town) -> None:
    risk = make_risk(town, signal="misuse")
    answer = editor.post(
        reverse("add_incident", args=[T4]),
        {"happened_on": "2025-11-12", "kind": "impersonation", "description": "Un perfil falso.", "risk": risk.pk},
    )
    incident = Incident.objects.of(town.institution).get()
    assert (answer.status_code, incident.reference) == (302, "INC-2025-01")
    status, page = note(editor, risk)
    assert (status, "Los registros dicen: 1 incidente de uso indebido." in page) == (422, True)
    assert note(editor, risk, **{**HAPPENED, "happened": "", "incident": str(incident.pk)})[0] == 302
    editor.post(reverse("remove_incident", args=[T4, incident.pk]), {"reason": "No"})
    assert Incident.objects.of(town.institution).count() == 1
