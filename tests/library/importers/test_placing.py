"""What was read takes its place in a dossier: nothing recorded is lost, and doing it twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.importers.base import Birth, Extract, ImportedObservation, ImportedPublication
from pregon.importers.intake import Receipt
from pregon.importers.placing import Outcome, Placement, place_receipts
from pregon.importers.reconciling import reconcile
from pregon.importers.serial import receipt_from_values, receipt_to_values
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Platform
from pregon.records.publishing import Evidence, Method, Observation, ObservationStatus, Publication, PublicationKind

FACEBOOK = Channel("facebook", "Facebook", Platform.FACEBOOK)
X = Channel("x", "X", Platform.X)
EMPTY = Dossier(Institution("Personería de Peñaclara"), Period.quarter(2025, 4), Control("", ""))
OFFICE = replace(EMPTY, channels=(FACEBOOK, X))
BIRTH = Birth("Visits.csv", "abc", "fila 4", "valor del día")
OCTOBER = Period.month(2025, 10)


def views(
    value: int, *, month: int = 10, account: str = "", platform: Platform = Platform.FACEBOOK
) -> ImportedObservation:
    return ImportedObservation(
        platform,
        "views",
        Period.month(2025, month),
        ObservationStatus.VALUE,
        Amount.exact(value),
        BIRTH,
        account=account,
    )


def post(reference: str, at: datetime, title: str = "Feria de servicios") -> ImportedPublication:
    return ImportedPublication(
        Platform.X,
        PublicationKind.POST,
        at,
        BIRTH,
        reference=reference,
        title=title,
        link=f"https://x.com/perso/status/{reference}",
    )


# 1976000000000000000 >> 22 is 471115112304 ms after X's epoch: 8 October 2025, 19:01:26 UTC, 14:01 in Bogotá.
POST = post("1976000000000000000", datetime(2025, 10, 8, 19, 1, 26, tzinfo=UTC))


def receipt(*read: ImportedObservation | ImportedPublication) -> Receipt:
    return Receipt(
        "Facebook/Visits.csv",
        "abc",
        "meta-daily",
        "Meta: serie diaria",
        "la línea 2 dice «Facebook visits»",
        Extract(
            tuple(each for each in read if isinstance(each, ImportedObservation)),
            tuple(each for each in read if isinstance(each, ImportedPublication)),
        ),
    )


def outcomes(placement: Placement) -> list[tuple[str, str]]:
    return [(each.outcome.value, each.what) for each in placement.placed]


def test_a_figure_takes_its_place_with_its_source_and_its_evidence() -> None:
    placement = place_receipts([receipt(views(208_853))], OFFICE)
    assert placement.dossier.observations == (
        Observation(
            "views",
            "facebook",
            OCTOBER,
            ObservationStatus.VALUE,
            Amount.exact(208_853),
            source="Meta: serie diaria (Visits.csv)",
            evidence="EV-001",
            note="valor del día",
        ),
    )
    assert placement.dossier.evidence == (
        Evidence("EV-001", "Meta: serie diaria: Visits.csv", file="Visits.csv", sha256="abc"),
    )
    assert outcomes(placement) == [("added", "Facebook, visualizaciones, octubre: 208.853")]


def test_placing_again_changes_nothing() -> None:
    once = place_receipts([receipt(views(208_853), POST)], OFFICE)
    twice = place_receipts([receipt(views(208_853), POST)], once.dossier)
    assert twice.dossier == once.dossier
    assert [outcome for outcome, _ in outcomes(twice)] == ["kept", "kept"]
    assert not twice.has_changes


def test_an_exact_figure_takes_the_place_of_the_same_one_rounded() -> None:
    rounded = Observation(
        "views",
        "facebook",
        OCTOBER,
        ObservationStatus.VALUE,
        Amount(Decimal(208_800), ulp=Decimal(100)),
        Method.PANEL,
    )
    placement = place_receipts([receipt(views(208_841))], replace(OFFICE, observations=(rounded,)))
    assert [each.amount for each in placement.dossier.observations] == [Amount.exact(208_841)]
    assert outcomes(placement) == [("changed", "Facebook, visualizaciones, octubre: de 208.800 a 208.841")]


def test_another_figure_is_not_changed_unless_asked() -> None:
    recorded = Observation("views", "facebook", OCTOBER, ObservationStatus.VALUE, Amount.exact(208_000))
    own = replace(OFFICE, observations=(recorded,))
    placement = place_receipts([receipt(views(208_841))], own)
    assert placement.dossier == own
    assert outcomes(placement) == [
        (
            "left_out",
            "Facebook, visualizaciones, octubre: el registro dice 208.000 y el archivo 208.841; no se cambió.",
        )
    ]
    asked = place_receipts([receipt(views(208_841))], own, replaces=True)
    assert [each.amount for each in asked.dossier.observations] == [Amount.exact(208_841)]


def test_a_figure_that_was_owed_is_filled() -> None:
    owed = Observation(
        "views", "facebook", OCTOBER, ObservationStatus.NO_DATA, owed_by="Marcela", due=date(2026, 1, 15)
    )
    placement = place_receipts([receipt(views(7))], replace(OFFICE, observations=(owed,)))
    (found,) = placement.dossier.observations
    assert (found.amount, found.owed_by, found.due) == (Amount.exact(7), "", None)


def test_what_is_of_another_quarter_is_left_out_and_said() -> None:
    placement = place_receipts([receipt(views(5, month=9))], OFFICE)
    assert placement.dossier == OFFICE
    assert outcomes(placement) == [
        ("left_out", "Facebook, visualizaciones, septiembre: no es de un mes del cuarto trimestre de 2025.")
    ]


def test_an_empty_registro_gets_the_channel() -> None:
    placement = place_receipts([receipt(views(5))], EMPTY)
    assert placement.dossier.channels == (FACEBOOK,)
    assert outcomes(placement)[0] == ("added", "canal «Facebook»")


def test_two_accounts_of_a_platform_are_asked_for() -> None:
    read = receipt(views(5, account="Personería"), views(6, month=11, account="Casa de Justicia"))
    placement = place_receipts([read], OFFICE)
    assert placement.dossier.observations == ()
    assert [question.key for question in placement.questions] == [
        "channel:facebook:Casa de Justicia",
        "channel:facebook:Personería",
    ]
    answered = place_receipts(
        [read],
        replace(OFFICE, channels=(FACEBOOK, Channel("casa", "Casa", Platform.FACEBOOK))),
        {"channel:facebook:Personería": "facebook", "channel:facebook:Casa de Justicia": "casa"},
    )
    assert {each.channel: each.amount for each in answered.dossier.observations} == {
        "facebook": Amount.exact(5),
        "casa": Amount.exact(6),
    }


def test_a_publication_is_added_on_its_day_in_bogota() -> None:
    late = post("1976000000000000001", datetime(2025, 10, 9, 2, 30, tzinfo=UTC), "Línea 1\n\nLínea 2")
    placement = place_receipts([receipt(late)], OFFICE)
    assert placement.dossier.publications == (
        Publication(
            "PUB-2025-0001",
            "x",
            PublicationKind.POST,
            date(2025, 10, 8),
            "Línea 1",
            "https://x.com/perso/status/1976000000000000001",
        ),
    )


def test_a_publication_with_the_same_identifier_is_there_already_and_its_words_stay() -> None:
    own = Publication("PUB-9", "x", PublicationKind.POST, date(2025, 10, 8), "Como la llamó la oficina")
    linked = replace(own, link="https://twitter.com/Perso/status/1976000000000000000?s=20")
    placement = place_receipts([receipt(POST)], replace(OFFICE, publications=(linked,)))
    assert placement.dossier.publications == (linked,)


def test_one_recorded_without_its_link_gets_it() -> None:
    own = Publication("PUB-9", "x", PublicationKind.POST, date(2025, 10, 8), "feria de Servicios")
    placement = place_receipts([receipt(POST)], replace(OFFICE, publications=(own,)))
    assert placement.dossier.publications == (replace(own, link=POST.link),)
    assert [each.outcome for each in placement.placed] == [Outcome.CHANGED]


def test_references_go_on_after_the_highest() -> None:
    own = Publication("PUB-2025-0286", "x", PublicationKind.POST, date(2025, 10, 1), "Otra")
    placement = place_receipts([receipt(POST)], replace(OFFICE, publications=(own,)))
    assert [each.reference for each in placement.dossier.publications] == ["PUB-2025-0286", "PUB-2025-0287"]


def test_records_and_export_are_compared_by_name() -> None:
    """Two recorded, three in the export: one of each is only on its side."""
    both = Publication("PUB-1", "x", PublicationKind.POST, date(2025, 10, 8), "Feria", POST.link)
    gone = Publication(
        "PUB-2",
        "x",
        PublicationKind.POST,
        date(2025, 10, 8),
        "Borrada",
        "https://x.com/perso/status/1976000000000000007",
    )
    own = replace(OFFICE, publications=(both, gone))
    new = post("1976000000000000002", datetime(2025, 10, 8, 22, 0, tzinfo=UTC), "Nueva")
    newer = post("1976000000000000003", datetime(2025, 10, 9, 22, 0, tzinfo=UTC), "Otra nueva")
    placement = place_receipts([receipt(POST, new, newer)], own)
    (found,) = reconcile(own, placement.publications)
    assert (found.code, found.severity.value, found.stated, found.expected) == ("LED002", "contradiction", "2", "3")
    assert found.message == (
        "X, octubre: el registro tiene 2 publicaciones y el archivo 3: en el registro faltan «Nueva» (8 de octubre) y "
        "«Otra nueva» (9 de octubre) y en el archivo no está «Borrada» (8 de octubre)."
    )


def test_lists_that_agree_and_lists_that_nobody_made_are_no_finding() -> None:
    own = replace(
        OFFICE, publications=(Publication("PUB-1", "x", PublicationKind.POST, date(2025, 10, 8), "Feria", POST.link),)
    )
    assert reconcile(own, place_receipts([receipt(POST)], own).publications) == ()
    assert reconcile(OFFICE, place_receipts([receipt(POST)], OFFICE).publications) == ()


def test_a_receipt_goes_through_json_whole() -> None:
    lifetime = replace(POST, lifetime=(("views", Amount.exact(12)),), has_hour=False, is_proved=True)
    broken = replace(views(1), status=ObservationStatus.NO_DATA, amount=None, breakdown=(("texto", 3),))
    read = receipt(views(208_853), broken, lifetime)
    assert receipt_from_values(receipt_to_values(read)) == read
