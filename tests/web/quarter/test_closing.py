"""A quarter is signed by three people, closed, reopened and closed again; figures of a closed one stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

import pregon
from pregon.figures.amount import Amount
from pregon.records.dossier import Dossier
from pregon.records.organisation import Declaration, Signature, SignatureRole
from pregon.report.compose import compose_sections
from pregon.writers import write_all
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import verify_chain
from pregon_web.ledger.models import PeriodLock, Publication
from pregon_web.ledger.services import (
    BadRecord,
    ClosedPeriod,
    change_record,
    record_observations,
    remove_record,
)
from pregon_web.quarter.blockers import BlockerKind, find_content_blockers, find_signature_blockers
from pregon_web.quarter.closing import NotReady, close_quarter, reopen_quarter
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.models import Closing, DeclaredGap, SignOff
from pregon_web.quarter.selectors import (
    closed_report,
    dossier,
    open_dossier,
    quarter_of,
    signed_fingerprint_of,
)
from pregon_web.quarter.signing import sign_quarter
from tests.web.records import QUARTER, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)
HANDS = (
    (Role.EDITOR, SignatureRole.PREPARED),
    (Role.REVIEWER, SignatureRole.REVIEWED),
    (Role.APPROVER, SignatureRole.APPROVED),
)


def load(town: Town, new: Dossier) -> None:
    with transaction.atomic():
        load_dossier(access=town.access(), base=None, new=new, now=open_dossier(town.institution, T4))


def ready_dossier(town: Town) -> Dossier:
    """The small quarter with everything it lacks declared, and three hands that are to sign."""
    plain = make_dossier(town.institution.name)
    hands = tuple(Signature(role, f"Quien firma {role}") for role in SignatureRole)
    signed = replace(plain, control=replace(plain.control, signatures=hands))
    gaps = [
        Declaration(section.slug, gap.what.text, "No hubo archivo de la plataforma.")
        for section in compose_sections(signed, ())
        for gap in section.missing
        if not gap.what.text.startswith("firma de quien")
    ]
    return replace(signed, declarations=tuple(gaps))


@pytest.fixture
def ready(town: Town) -> Town:
    load(town, ready_dossier(town))
    return town


def sign_all(town: Town) -> None:
    for role, hand in HANDS:
        sign_quarter(access=town.access(role), period=T4, role=hand)


def test_what_is_missing_blocks_until_it_is_declared(town: Town) -> None:
    load(town, make_dossier(town.institution.name))
    before = find_content_blockers(open_dossier(town.institution, T4), ())
    assert {blocker.kind for blocker in before} == {BlockerKind.GAP}
    assert ("audience", "Instagram, diciembre: 1 cifra", "Marcela Ríos") in {
        (blocker.section, blocker.what, blocker.person) for blocker in before
    }
    load(town, ready_dossier(town))
    assert find_content_blockers(open_dossier(town.institution, T4), ()) == ()


def test_the_report_prints_why_a_gap_was_declared(ready: Town) -> None:
    text = pregon.compose(open_dossier(ready.institution, T4)).text
    assert "Instagram, diciembre: 1 cifra. Se declara sin dato: No hubo archivo de la plataforma." in text


def test_it_does_not_close_without_the_three_signatures(ready: Town) -> None:
    with pytest.raises(NotReady, match=r"faltan 3 cosas\. Están abajo"):
        close_quarter(access=ready.access(Role.APPROVER), period=T4)
    assert (Closing.objects.of(ready.institution).count(), PeriodLock.objects.of(ready.institution).count()) == (0, 0)


def test_they_sign_in_order_and_each_with_its_role(ready: Town) -> None:
    with pytest.raises(BadRecord, match="Todavía no está elaborado"):
        sign_quarter(access=ready.access(Role.REVIEWER), period=T4, role=SignatureRole.REVIEWED)
    with pytest.raises(BadRecord, match="«Aprueba»"):
        sign_quarter(access=ready.access(Role.EDITOR), period=T4, role=SignatureRole.APPROVED)


def test_who_prepared_cannot_approve(ready: Town) -> None:
    from pregon_web.accounts.services import add_membership

    editor = ready.people[Role.EDITOR]
    add_membership(person=editor, institution=ready.institution, role=Role.APPROVER)
    sign_quarter(access=ready.access(Role.EDITOR), period=T4, role=SignatureRole.PREPARED)
    sign_quarter(access=ready.access(Role.REVIEWER), period=T4, role=SignatureRole.REVIEWED)
    with pytest.raises(BadRecord, match="Usted firmó este trimestre como elaborado"):
        sign_quarter(access=ready.access(Role.EDITOR), period=T4, role=SignatureRole.APPROVED)


def test_a_change_after_signing_asks_for_the_signatures_again(ready: Town) -> None:
    sign_all(ready)
    row = Publication.objects.of(ready.institution).order_by("pk")[0]
    change_record(access=ready.access(), row=row, fields={"title": "Otro título"})
    now = signed_fingerprint_of(open_dossier(ready.institution, T4))
    told = [blocker.what for blocker in find_signature_blockers(SignOff.objects.of(ready.institution), now)]
    assert len(told) == 3
    assert told[0].startswith("Los registros cambiaron después de la firma de quien elaboró")


def test_a_closed_quarter_keeps_its_four_files_and_audits_clean(ready: Town, tmp_path: Path) -> None:
    sign_all(ready)
    closing = close_quarter(access=ready.access(Role.APPROVER), period=T4)
    assert (closing.version, sorted(closing.files)) == (1, ["docx", "html", "pdf", "xlsx"])
    for suffix, sha256 in closing.files.items():
        kept = vault.path_of(ready.institution.pk, sha256)
        assert vault.hash_file(kept) == sha256
        path = tmp_path / f"informe.{suffix}"
        path.write_bytes(kept.read_bytes())
        assert pregon.audit(path).findings == (), suffix
        assert closing.journal_head in "".join(pregon.read(path).text.split()), suffix
    assert verify_chain(ready.institution, known_head=closing.journal_head).broken is None


def test_a_closed_quarter_does_not_change(ready: Town) -> None:
    sign_all(ready)
    close_quarter(access=ready.access(Role.APPROVER), period=T4)
    frozen = dossier(ready.institution, T4)
    row = Publication.objects.of(ready.institution).order_by("pk")[0]
    first = make_dossier(ready.institution.name).observations[0]
    with pytest.raises(ClosedPeriod, match="El cuarto trimestre de 2025 está cerrado desde el"):
        change_record(access=ready.access(), row=row, fields={"title": "Otro"})
    with pytest.raises(ClosedPeriod):
        record_observations(access=ready.access(), period=T4, observations=[replace(first, amount=Amount.exact(1))])
    with pytest.raises(ClosedPeriod):
        load_again(ready)
    # And were a row touched past every door, the closed figures would still be those that were closed.
    Publication.objects.of(ready.institution).filter(pk=row.pk).update(title="Por fuera")
    assert dossier(ready.institution, T4) == frozen


def test_a_closed_report_is_made_again_byte_for_byte(ready: Town, tmp_path: Path) -> None:
    """Also when the quarter before, which it is compared with, has changed since."""
    before = make_dossier(ready.institution.name, QUARTER.previous)
    with transaction.atomic():
        now = open_dossier(ready.institution, str(QUARTER.previous))
        load_dossier(access=ready.access(), base=None, new=before, now=now)
    with transaction.atomic():
        gone = DeclaredGap.objects.of(ready.institution).filter(what__contains="tercer trimestre")
        assert gone.delete()[0] == 1  # what was declared as missing is there now
    sign_all(ready)
    closing = close_quarter(access=ready.access(Role.APPROVER), period=T4)
    row = Publication.objects.of(ready.institution).filter(period=str(QUARTER.previous)).order_by("pk")[0]
    remove_record(access=ready.access(), row=row)
    made = write_all(closed_report(closing), tmp_path, "informe", ("docx", "html", "xlsx", "pdf"))
    assert {path.suffix[1:]: vault.hash_file(path) for path in made} == closing.files


def load_again(town: Town) -> None:
    new = make_dossier(town.institution.name, canary="Otra")
    with transaction.atomic():
        load_dossier(access=town.access(), base=None, new=new, now=open_dossier(town.institution, T4))


def test_it_reopens_with_a_reason_and_closes_as_the_next_version(ready: Town) -> None:
    sign_all(ready)
    close_quarter(access=ready.access(Role.APPROVER), period=T4)
    with pytest.raises(BadRecord, match="Escriba por qué se reabre"):
        reopen_quarter(access=ready.access(Role.APPROVER), period=T4, reason=" ")
    reopen_quarter(access=ready.access(Role.APPROVER), period=T4, reason="Llegó el archivo de diciembre")
    assert quarter_of(ready.institution, T4).closing is None
    row = Publication.objects.of(ready.institution).order_by("pk")[0]
    change_record(access=ready.access(), row=row, fields={"title": "Título corregido"})
    sign_all(ready)
    second = close_quarter(access=ready.access(Role.APPROVER), period=T4)
    rows = Closing.objects.of(ready.institution).order_by("version")
    assert [(each.version, each.reopen_reason) for each in rows] == [(1, "Llegó el archivo de diciembre"), (2, "")]
    assert second.files["docx"] != rows[0].files["docx"]
    own = dossier(ready.institution, T4)
    assert own is not None
    assert own.publications[0].title == "Título corregido"
    assert [entry.action for entry in Entry.objects.of(ready.institution).filter(action__in=["close", "reopen"])] == [
        "close",
        "reopen",
        "close",
    ]


def test_a_change_during_the_closing_is_never_lost_nor_half_taken(ready: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody corrects a title while the files are written: the signatures no longer hold, and nothing is closed."""
    from pregon_web.quarter import closing

    sign_all(ready)
    write = closing._write
    done: list[bool] = []

    def write_slowly(*arguments: object) -> object:
        if not done:
            done.append(True)
            row = Publication.objects.of(ready.institution).order_by("pk")[0]
            change_record(access=ready.access(), row=row, fields={"title": "Mientras tanto"})
        return write(*arguments)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(closing, "_write", write_slowly)
    with pytest.raises(NotReady):
        close_quarter(access=ready.access(Role.APPROVER), period=T4)
    assert (Closing.objects.of(ready.institution).count(), PeriodLock.objects.of(ready.institution).count()) == (0, 0)
