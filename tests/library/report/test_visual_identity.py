"""The section of what the offices asked for: counts, on-time shares, medians and the late ones, all by hand."""

from dataclasses import replace
from datetime import date

from pregon.audit.runner import audit_document
from pregon.document.model import Paragraph, Table
from pregon.records.dossier import Dossier
from pregon.records.organisation import Closure
from pregon.records.service import RequestKind, ServiceRequest
from pregon.report.compose import compose_report, compose_sections
from pregon.report.section import SectionReport


def section_of(dossier: Dossier) -> SectionReport:
    return {report.slug: report for report in compose_sections(dossier)}["visual_identity"]


def sentences(dossier: Dossier) -> list[str]:
    return [block.text for block in section_of(dossier).blocks if isinstance(block, Paragraph)]


def rows(dossier: Dossier, caption: str) -> list[list[str]]:
    tables = [block for block in section_of(dossier).blocks if isinstance(block, Table) and block.caption == caption]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def asked(
    reference: str,
    kind: RequestKind,
    on: date,
    delivered: date | None = None,
    *,
    approved: date | None = None,
    returned: int = 0,
) -> ServiceRequest:
    return ServiceRequest(
        reference, kind, "DH", "Pieza", on, delivered_on=delivered, approved_on=approved, returned=returned
    )


def test_coverages_and_designs_are_counted_timed_and_their_median_told(dossier: Dossier) -> None:
    assert sentences(dossier) == [
        "En el cuarto trimestre de 2025 las dependencias pidieron 1 acompañamiento y 2 diseños.",
        (
            "Oportunidad de los acompañamientos: no medible, porque ningún acompañamiento entregado en el periodo "
            "tiene fecha pactada."
        ),
        "Oportunidad de los diseños: 50,0\N{NO-BREAK SPACE}%, con 1 entregado a tiempo de 2 que tenían fecha pactada.",
        # 1 to 31 October: 22 weekdays after the 1st, less the holiday of the 13th = 21. 4 to 30 November (a Sunday):
        # 18 weekdays after the 4th, less the holiday of the 17th = 17. Half-way: 19.
        "Entre pedir y entregar los diseños pasaron 19 días hábiles de mediana, en 2 entregados.",
    ]


def test_the_ones_that_missed_their_date_are_named_by_the_order_of_their_dates(dossier: Dossier) -> None:
    # From Thursday 6 to Sunday 30 November: 16 weekdays, less the holiday of the 17th = 15.
    assert rows(dossier, "Solicitudes que pasaron de su fecha")[1:] == [
        ["S-2", "Volante", "DH", "6 nov 2025", "30 nov 2025", "15"],
        ["S-3", "Foro", "DH", "3 dic 2025", "sin entregar", "sin entregar"],
    ]


def test_nothing_late_has_no_table(dossier: Dossier) -> None:
    assert rows(replace(dossier, requests=dossier.requests[:1]), "Solicitudes que pasaron de su fecha") == []


def test_other_kinds_are_told_where_they_were_asked_for_and_only_there(dossier: Dossier) -> None:
    requests = (
        *dossier.requests[:1],
        asked("V-1", RequestKind.VIDEO, date(2025, 10, 10), date(2025, 10, 14)),
        asked("N-1", RequestKind.NEWS, date(2025, 9, 1), date(2025, 9, 2)),
        asked("N-2", RequestKind.NEWS, date(2026, 1, 5)),
    )
    told = replace(dossier, requests=requests)
    assert sentences(told)[0] == (
        "En el cuarto trimestre de 2025 las dependencias pidieron acompañamientos (sin dato), 1 diseño y "
        "1 solicitud de video."
    )
    assert rows(told, "Solicitudes por mes en que se pidieron")[1:] == [
        ["Acompañamientos", "sin dato", "sin dato", "sin dato", "sin dato"],
        ["Diseños", "1", "0", "0", "1"],
        ["Solicitudes de video", "1", "0", "0", "1"],
    ]
    assert "Entre pedir y entregar las solicitudes de video pasaron 1 día hábil de mediana, en 1 entregada." in (
        sentences(told)
    )
    assert (
        "Oportunidad de las solicitudes de video: no medible, porque ninguna solicitud de video entregada en el "
        "periodo tiene fecha pactada." in sentences(told)
    )


def test_a_median_between_two_days_is_half(dossier: Dossier) -> None:
    two = (
        asked("D-1", RequestKind.DESIGN, date(2025, 11, 4), date(2025, 11, 5)),
        asked("D-2", RequestKind.DESIGN, date(2025, 11, 4), date(2025, 11, 6)),
    )
    assert sentences(replace(dossier, requests=two))[3] == (
        "Entre pedir y entregar los diseños pasaron 1,5 días hábiles de mediana, en 2 entregados."
    )


def test_what_came_back_after_its_approval_is_told_where_approvals_are_kept(dossier: Dossier) -> None:
    day = date(2025, 11, 5)
    assert not [line for line in sentences(dossier) if "devolv" in line]
    kept = (
        asked("D-1", RequestKind.DESIGN, day, day, approved=day),
        asked("D-2", RequestKind.DESIGN, day, day, approved=day, returned=2),
        asked("D-3", RequestKind.DESIGN, day, day),
        asked("D-4", RequestKind.DESIGN, day, date(2026, 1, 5), approved=day, returned=1),
    )
    assert "1 solicitud se devolvió después de aprobada, de 2 entregadas con aprobación." in (
        sentences(replace(dossier, requests=kept))
    )


def test_local_closures_shorten_the_count_and_are_told_in_the_method(dossier: Dossier) -> None:
    closed = replace(dossier, closures=(Closure(date(2025, 11, 7), "Día cívico"), Closure(date(2026, 1, 2), "Puente")))
    assert rows(closed, "Solicitudes que pasaron de su fecha")[1][-1] == "14"
    assert [(each.name, each.meaning.text) for each in section_of(closed).definitions] == [
        (
            "Días hábiles",
            (
                "De lunes a viernes, sin los festivos de Colombia ni 1 cierre local de la entidad. "
                "El día en que se pide no se cuenta."
            ),
        )
    ]


def test_the_section_with_every_kind_of_request_audits_clean(dossier: Dossier) -> None:
    day = date(2025, 11, 5)
    every = tuple(
        asked(f"{kind.value}-{nth}", kind, day, date(2025, 11, 6 + nth), approved=day, returned=nth)
        for kind in RequestKind
        for nth in (0, 1)
    )
    # A follow-up that the records contradict would be told, and rightly: this one says why.
    told = tuple(replace(each, despite="El error era de la fuente.") for each in dossier.follow_ups)
    whole = replace(dossier, requests=(*dossier.requests, *every), follow_ups=told)
    found = audit_document(compose_report(whole), against=whole).findings
    assert [finding.message for finding in found if finding.severity.value == "contradiction"] == []
