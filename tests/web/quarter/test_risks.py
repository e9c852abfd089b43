"""Risks between the workbook and the rows, and what a follow-up that the records contradict keeps from being closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from pregon.records.dossier import Dossier
from pregon.records.organisation import SignatureRole
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Publication
from pregon_web.ledger.services import BadRecord, mark_correction
from pregon_web.quarter.blockers import BlockerKind, find_content_blockers
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.selectors import open_dossier, periods_for
from pregon_web.quarter.signing import sign_quarter
from pregon_web.risks.models import FollowUp
from pregon_web.risks.models import Risk as RiskRow
from pregon_web.risks.services import add_control, change_risk, value_risk_anew
from tests.web.records import QUARTER, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)
WRONG = Risk("R1", "Posibilidad de publicar información errada.", "Marcela Ríos", RiskSignal.CORRECTIONS)
MISUSE = Risk("R2", "Posibilidad de uso indebido.", "Carlos Gil", RiskSignal.MISUSE)
SEEN = RiskFollowUp("R1", date(2025, 12, 18), materialised=False, finding="Cada pieza pasó por la aprobación.")
SAID = "Los registros dicen: 1 publicación corregida, retirada o sin aprobación de 6."
INCIDENT = Incident("INC-01", date(2025, 11, 3), "Un perfil falso usó el nombre de la entidad.", "R2")


def book_of(town: Town, **records: object) -> Dossier:
    told = {"risks": (WRONG, MISUSE), "follow_ups": (SEEN,), "incidents": (INCIDENT,), **records}
    return replace(make_dossier(town.institution.name), **told)  # type: ignore[arg-type]  # each test gives its kind


def load(town: Town, new: Dossier, base: Dossier | None = None) -> list[str]:
    now = open_dossier(town.institution, str(new.period))
    with transaction.atomic():
        merges = load_dossier(access=town.access(), base=base, new=new, now=now)
    return [told for merge in merges for told in merge.collisions]


def row(town: Town, reference: str = "R1") -> RiskRow:
    return RiskRow.objects.of(town.institution).get(reference=reference)


def test_the_rows_give_back_what_the_workbook_said(town: Town) -> None:
    book = book_of(town)
    load(town, book)
    now = open_dossier(town.institution, T4)
    assert (now.risks, now.follow_ups, now.incidents) == (book.risks, book.follow_ups, book.incidents)
    assert periods_for(town.access()) == [T4]
    written = Entry.objects.of(town.institution).count()
    assert load(town, book, base=book) == []
    assert Entry.objects.of(town.institution).count() == written


def test_zones_that_a_workbook_tells_serve_until_somebody_values_the_risk(town: Town) -> None:
    load(town, book_of(town, risks=(replace(WRONG, inherent_zone="Extremo", residual_zone="Alto"), MISUSE)))
    told = open_dossier(town.institution, T4).risks[0]
    assert (told.inherent_zone, told.residual_zone) == ("Extremo", "Alto")
    value_risk_anew(access=town.access(), risk=row(town), fields={"times_a_year": 600, "impact": 2}, version=None)
    valued = open_dossier(town.institution, T4).risks[0]
    assert (valued.inherent_zone, valued.residual_zone) == ("Alto", "Alto")


def test_what_the_office_valued_stays_when_the_same_workbook_comes_again(town: Town) -> None:
    book = book_of(town)
    load(town, book)
    value_risk_anew(access=town.access(), risk=row(town), fields={"times_a_year": 600, "impact": 2}, version=None)
    fields = {"description": "Lista de revisión", "kind": "preventive", "execution": "manual"}
    add_control(access=town.access(), risk=row(town), fields=fields)
    assert load(town, replace(book, risks=(replace(WRONG, owner="Andrés Tobón"), MISUSE)), base=book) == [
        "riesgo «R1»: cambió en la oficina y en el libro; quedó la del libro."
    ]
    found = open_dossier(town.institution, T4).risks[0]
    assert (found.owner, found.inherent_zone, found.residual_zone) == ("Andrés Tobón", "Alto", "Moderado")


def test_words_that_a_workbook_changes_take_the_place_of_the_three_parts(town: Town) -> None:
    book = book_of(town)
    load(town, book)
    parts = {
        "description": "",
        "affectation": "reputational",
        "immediate_cause": "publicar un dato errado",
        "root_cause": "que nadie lo revisa",
    }
    change_risk(access=town.access(), risk=row(town), fields=parts, version=None)
    made = "Posibilidad de afectación reputacional por publicar un dato errado debido a que nadie lo revisa."
    assert open_dossier(town.institution, T4).risks[0].description == made
    # A workbook that changed something else and says those very words leaves the parts.
    same = replace(book, risks=(replace(WRONG, description=made, owner="Otra"), MISUSE))
    load(town, same, base=book)
    assert (row(town).immediate_cause, row(town).owner) == ("publicar un dato errado", "Otra")
    load(town, replace(book, risks=(replace(WRONG, description="Otro texto."), MISUSE)), base=same)
    assert (row(town).wording, row(town).immediate_cause) == ("Otro texto.", "")


def test_a_risk_that_the_workbook_drops_leaves_the_map_and_not_its_history(town: Town) -> None:
    book = book_of(town, follow_ups=(SEEN, replace(SEEN, risk="R2", materialised=True)))
    load(town, book)
    load(town, replace(book, risks=(WRONG,), follow_ups=(SEEN,), incidents=()), base=book)
    assert [risk.reference for risk in open_dossier(town.institution, T4).risks] == ["R1"]
    assert not row(town, "R2").is_active
    load(town, replace(book, follow_ups=(SEEN,), incidents=()), base=replace(book, risks=(WRONG,), incidents=()))
    assert row(town, "R2").is_active


def test_an_older_workbook_brought_later_does_not_reword_the_map(town: Town) -> None:
    load(town, book_of(town))
    older = replace(
        make_dossier(town.institution.name, QUARTER.previous),
        risks=(replace(WRONG, description="Como se decía antes."),),
        follow_ups=(replace(SEEN, checked_on=date(2025, 9, 20)),),
    )
    load(town, older)
    assert (row(town).wording, row(town).since) == (WRONG.description, "2025-T3")
    assert [each.checked_on for each in open_dossier(town.institution, "2025-T3").follow_ups] == [date(2025, 9, 20)]


def correct_one(town: Town) -> None:
    publication = Publication.objects.of(town.institution).order_by("pk")[0]
    mark_correction(
        access=town.access(),
        publication=publication,
        what="El lugar",
        corrected_on=date(2025, 10, 3),
        withdrawn_on=None,
    )


def test_what_the_records_contradict_is_in_the_way_of_closing_until_it_says_why(town: Town) -> None:
    load(town, book_of(town))
    before = find_content_blockers(open_dossier(town.institution, T4), ())
    correct_one(town)
    after = find_content_blockers(open_dossier(town.institution, T4), ())
    (blocker,) = [each for each in after if each.section == "risks" and each.kind is BlockerKind.CONTRADICTION]
    assert (blocker.what, blocker.person) == (
        f"El seguimiento del riesgo R1, del 18 de diciembre de 2025, dice que no se materializó. {SAID}",
        "Marcela Ríos",
    )
    assert len(after) == len(before) + 1
    for fields in ({"despite": "El error era de la fuente."}, {"despite": "", "materialised": True}):
        FollowUp.objects.of(town.institution).update(**fields)
        mended = find_content_blockers(open_dossier(town.institution, T4), ())
        assert [each.what for each in mended if each.section == "risks"] == [
            each.what for each in before if each.section == "risks"
        ]


def test_nobody_signs_what_the_records_contradict(town: Town) -> None:
    load(town, book_of(town))
    correct_one(town)
    with pytest.raises(BadRecord, match="dice que no se materializó. Los registros dicen: 1 publicación corregida"):
        sign_quarter(access=town.access(), period=T4, role=SignatureRole.PREPARED)
    FollowUp.objects.of(town.institution).update(despite="El error era de la fuente.")
    sign_quarter(access=town.access(), period=T4, role=SignatureRole.PREPARED)
