"""What the demo's office has in hand today: late, returned, waiting, approved, published. Done twice, done once.

Dates are counted in business days from today, so that the board always looks like a morning's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from pregon.records.calendar import add_business_days
from pregon.records.service import RequestKind
from pregon_web.accounts.models import Institution, Office, Person
from pregon_web.accounts.selectors import Access, access_for
from pregon_web.accounts.services import appoint_leader
from pregon_web.ledger.evidence import Upload
from pregon_web.ledger.models import Channel
from pregon_web.workflow.approving import Choice, decide, send_version
from pregon_web.workflow.models import (
    Approval,
    ApprovalLink,
    Kind,
    Origin,
    PieceVersion,
    Priority,
    ServiceRequest,
    State,
)
from pregon_web.workflow.piece_rows import gate_of, latest_of
from pregon_web.workflow.pieces import Given, add_piece, add_version, answer_gate
from pregon_web.workflow.publishing import publish_version
from pregon_web.workflow.services import agree_date, assign_request, ensure_defaults, move_request, receive_request

PICTURE: Final = Path(__file__).with_name("demo_piece.png")
NO_NEED: Final = "No aplica: solo lleva el nombre y los colores de la entidad."
ALTERNATIVE: Final = (
    "Sobre fondo azul petróleo, el texto «Pregunte por sus derechos. Atención gratuita, sin cita y sin "
    "intermediarios.» y el nombre de la Personería Municipal de Peñaclara."
)


def load_requests(institution: Institution) -> None:
    """Fill the board of the demo's office, where it is empty of today's work."""
    was_filled = ServiceRequest.objects.of(institution).exclude(origin=Origin.WORKBOOK).exists()
    if was_filled or not Channel.objects.of(institution).exists():  # without its registros there is no office yet
        return
    ensure_defaults(institution)
    desk = Desk(institution)
    desk.appoint()
    desk.wait_for_the_approver()
    desk.run_late()
    desk.come_back()
    desk.be_approved()
    desk.be_published()
    desk.arrive()


class Desk:
    """The office at work: its people and what each of them does."""

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self.editor = self._access("marcela.rios@penaclara.example")
        self.leader = self._access("natalia.ochoa@penaclara.example")
        self.approver = self._access("beatriz.upegui@penaclara.example")
        self.administrator = self._access("luzdary.cano@penaclara.example")
        self.rights = Office.objects.of(institution).get(name="Derechos Humanos")
        self.today = timezone.localdate()

    def _access(self, email: str) -> Access:
        access = access_for(Person.objects.get(email=email), self.institution)
        if access is None:
            raise LookupError(email)
        return access

    def appoint(self) -> None:
        """Natalia leads the office that asks."""
        appoint_leader(access=self.administrator, office=self.rights, leader=self.leader.person)

    def ago(self, days: int) -> date:
        """So many business days before today."""
        return add_business_days(self.today, -days)

    def ask(self, counts_as: RequestKind, title: str, days_ago: int, **fields: Any) -> ServiceRequest:
        """A request of the office of Human Rights."""
        kind = Kind.objects.of(self.institution).filter(counts_as=counts_as.value).order_by("position")[0]
        known: Mapping[str, Any] = {"requester": self.leader.person, "requester_name": self.leader.person.name}
        return receive_request(
            access=fields.pop("access", self.leader),
            institution=self.institution,
            kind=kind,
            title=title,
            office=self.rights,
            fields={**known, **fields},
            on=self.ago(days_ago),
        )

    def take(self, request: ServiceRequest, days_ago: int) -> None:
        """The editor begins."""
        assign_request(access=self.editor, request=request, to=self.editor.person)
        move_request(access=self.editor, request=request, to=State.IN_PROGRESS, on=self.ago(days_ago))

    def make(self, request: ServiceRequest, title: str, *, has_picture: bool, text: str) -> PieceVersion:
        """The first version of a piece, with nothing left open by the gate."""
        piece = add_piece(
            access=self.editor,
            request=request,
            title=title,
            goes_out_at=None,
            content={
                "text": text,
                "alternative_text": ALTERNATIVE if has_picture else "",
                "channels": ["facebook"],
                "shows_people": False if has_picture else None,
                "shows_minors": False if has_picture else None,
            },
            upload=Upload(PICTURE, "pregunte-por-sus-derechos.png") if has_picture else None,
        )
        version = latest_of(piece)
        if version is None:
            raise LookupError(title)
        self.answer(version)
        return version

    def answer(self, version: PieceVersion) -> None:
        """Answer what the gate asks of a version."""
        waiting = gate_of(version).waiting
        given = [Given(each.check_code, each.remark.found, NO_NEED) for each in waiting]
        answer_gate(access=self.editor, version=version, given=given)

    def send(self, version: PieceVersion) -> None:
        """Ask for its approval."""
        send_version(access=self.editor, version=version, link_to=_nowhere)

    def say(self, access: Access, version: PieceVersion, comment: str = "", *, returned: bool = False) -> None:
        """Decide on it as this person."""
        link = ApprovalLink.objects.of(self.institution).get(version=version, person=access.person, closed_at=None)
        decision = Approval.Decision.RETURNED if returned else Approval.Decision.APPROVED
        decide(access=access, link=link, choice=Choice(decision, version.sha256, comment), link_to=_nowhere)

    def wait_for_the_approver(self) -> None:
        """A picture that came back once, was mended, and waits for the institution's own approval."""
        request = self.ask(
            RequestKind.DESIGN,
            "Pieza «Pregunte por sus derechos»",
            3,
            purpose="Que la gente sepa que la atención es gratuita.",
            brief="Sin fotos. Con el horario de atención en el texto que la acompaña.",
            wished_on=add_business_days(self.today, 2),
        )
        self.take(request, 2)
        text = "Pregunte por sus derechos. La atención de la Personería es gratuita, sin cita y sin intermediarios."
        first = self.make(request, "Pregunte por sus derechos", has_picture=True, text=text)
        self.send(first)
        self.say(self.leader, first, "Falta el horario en el texto que la acompaña.", returned=True)
        content = {name: getattr(first, name) for name in ("alternative_text", "channels")}
        second = add_version(
            access=self.editor,
            piece=first.piece,
            content={
                **content,
                "text": f"{text} De lunes a viernes, de 8:00 a 12:00 y de 2:00 a 5:00.",
                "shows_people": False,
                "shows_minors": False,
                "change": "Se agregó el horario",
            },
            upload=None,
        )
        self.answer(second)
        self.send(second)
        self.say(self.leader, second, "Ahora sí.")

    def run_late(self) -> None:
        """A video that should have been delivered days ago."""
        request = self.ask(
            RequestKind.VIDEO, "Video: cómo presentar una petición", 12, purpose="Para la sede electrónica."
        )
        self.take(request, 10)

    def come_back(self) -> None:
        """A wallpaper whose data did not come whole."""
        request = self.ask(RequestKind.WALLPAPER, "Fondo de pantalla: cierre de vigencia", 4)
        self.take(request, 3)
        note = "Faltan las fechas de cierre de cada dependencia. Envíelas y seguimos."
        move_request(access=self.editor, request=request, to=State.RETURNED, note=note, on=self.ago(1))

    def be_approved(self) -> None:
        """A notice that everybody approved and has not come out."""
        request = self.ask(RequestKind.PUBLICATION, "Horario de fin de año", 2)
        self.take(request, 1)
        version = self.make(
            request,
            "Horario de fin de año",
            has_picture=False,
            text="Del 22 de diciembre al 9 de enero atendemos de 8:00 a. m. a 1:00 p. m., en jornada continua.",
        )
        self.send(version)
        self.say(self.leader, version)
        self.say(self.approver, version, "De acuerdo.")

    def be_published(self) -> None:
        """News that came out, on time."""
        request = self.ask(RequestKind.NEWS, "Jornada de atención en La Palma", 2, priority=Priority.NORMAL)
        self.take(request, 2)
        version = self.make(
            request,
            "La Personería atendió en la vereda La Palma",
            has_picture=False,
            text="La Personería Municipal de Peñaclara llevó su jornada de atención a la vereda La Palma.",
        )
        self.send(version)
        self.say(self.leader, version)
        self.say(self.approver, version)
        website = Channel.objects.of(self.institution).filter(platform="website").order_by("position")[0]
        link = "https://www.penaclara.example/noticias/jornada-la-palma"
        publish_version(access=self.editor, version=version, channel=website, link=link, day=self.today)

    def arrive(self) -> None:
        """What came in by other ways and nobody has begun, and one whose date was agreed."""
        self.ask(
            RequestKind.COVERAGE,
            "Acompañar la feria de servicios",
            1,
            access=self.editor,
            origin=Origin.WHATSAPP,
            purpose="Fotos y nota para la sede electrónica.",
        )
        urgent = self.ask(
            RequestKind.DESIGN,
            "Aviso: cambia la ventanilla de atención",
            0,
            priority=Priority.URGENT,
            priority_reason="La ventanilla cambia mañana.",
        )
        assign_request(access=self.editor, request=urgent, to=self.editor.person)
        report = self.ask(RequestKind.DESIGN, "Cartilla de derechos de las mujeres", 5)
        agreed = add_business_days(self.today, 8)
        agree_date(access=self.editor, request=report, on=agreed, reason="Son 24 páginas: se acordó con Natalia.")


def _nowhere(token: str) -> str:
    """Where the link of an approval leads: the demo sends it to nobody."""
    return f"/aprobar/{token}/"
