"""Reads of the pieces: their versions, what the gate says of each, who decided. Each says whose rows they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from pregon_web import vault
from pregon_web.accounts.models import Institution, Membership, Office, Person, Role
from pregon_web.accounts.selectors import Access
from pregon_web.workflow.approval_steps import Standing, find_standing, read_order
from pregon_web.workflow.gate.check import Draft, Outcome, Remark, examine
from pregon_web.workflow.gate.registry import load_checks
from pregon_web.workflow.models import (
    Approval,
    ApprovalLink,
    CheckAnswer,
    Piece,
    PieceComment,
    PiecePublication,
    PieceVersion,
    Policy,
    ServiceRequest,
    Signer,
)
from pregon_web.workflow.selectors import request_for

# --- requests and pieces ----------------------------------------------------------------------------------------------


def piece_for(access: Access, parent: int, pk: int) -> Piece:
    """A piece of a request that the person may see. Raises Http404."""
    request = request_for(access, parent)
    piece = get_object_or_404(Piece.objects.of(access.institution).filter(request=request), pk=pk)
    piece.request = request
    return piece


def version_for(access: Access, parent: int, pk: int, number: int) -> PieceVersion:
    """A version of such a piece, by its number. Raises Http404."""
    piece = piece_for(access, parent, pk)
    version = get_object_or_404(versions_of(piece), number=number)
    version.piece = piece
    return version


def file_of(version: PieceVersion) -> Path:
    """Where the file of a version is kept. Raises Http404 where it has none."""
    path = vault.path_of(version.institution_id, version.file_sha256)
    if not version.file_sha256 or not path.is_file():
        raise Http404
    return path


def versions_of(piece: Piece) -> QuerySet[PieceVersion]:
    """Every version of a piece, the last first."""
    rows = PieceVersion.objects.of(piece.institution_id).filter(piece=piece)
    return rows.select_related("made_by").order_by("-number")


def latest_of(piece: Piece) -> PieceVersion | None:
    """The last version of a piece."""
    version = versions_of(piece).first()
    if version is not None:
        version.piece = piece
    return version


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece in the list of its request: its last version and where that one stands."""

    piece: Piece
    version: PieceVersion | None
    standing: Standing
    is_published: bool


def pieces_of(access: Access, request: ServiceRequest) -> list[PieceLine]:
    """The pieces of a request in the order in which they were begun, with the same queries however many there are."""
    institution = access.institution
    pieces = list(Piece.objects.of(institution).filter(request=request).order_by("pk"))
    versions = PieceVersion.objects.of(institution).filter(piece__in=pieces).select_related("made_by")
    latest = {version.piece_id: version for version in versions.order_by("number")}
    out = PiecePublication.objects.of(institution).filter(version__piece__in=pieces)
    published = set(out.values_list("version__piece_id", flat=True))
    standings = standings_of(institution, [version.pk for version in latest.values()])
    return [
        PieceLine(piece, version, standings.get(version.pk if version else 0, Standing()), piece.pk in published)
        for piece in pieces
        for version in [latest.get(piece.pk)]
    ]


# --- the gate ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """A remark of the gate with what a person answered to it; `earlier` is what was answered of the version before."""

    check_code: str
    remark: Remark
    answer: CheckAnswer | None = None
    earlier: CheckAnswer | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate says of a version: every outcome, and its remarks with their answers."""

    outcomes: tuple[Outcome, ...]
    judged: tuple[Judged, ...]

    @property
    def waiting(self) -> list[Judged]:
        """What is neither answered nor mended."""
        return [each for each in self.judged if each.answer is None]

    @property
    def held(self) -> list[tuple[str, str]]:
        """What holds: the check's title and its sentence."""
        return [(outcome.check.title, outcome.holds) for outcome in self.outcomes if outcome.holds]

    @property
    def answered(self) -> list[Judged]:
        """What was found and answered."""
        return [each for each in self.judged if each.answer is not None]


def spellings_of(institution: Institution) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """How the institution and its offices are called; the wrong spellings that it wrote down, with the right ones."""
    written = [each for each in policy_of(institution).names if isinstance(each, dict) and each.get("name")]
    offices = Office.objects.of(institution).values_list("name", flat=True)
    names = (institution.name, *offices, *(str(each["name"]) for each in written))
    slips = tuple((str(wrong), str(each["name"])) for each in written for wrong in each.get("wrong", ()) if wrong)
    return tuple(dict.fromkeys(name for name in names if name)), slips


def draft_of(version: PieceVersion) -> Draft:
    """A version as the gate sees it."""
    names, slips = spellings_of(version.institution)
    return Draft(
        file_name=version.file_name,
        content_type=version.content_type,
        text=version.text,
        alternative_text=version.alternative_text,
        captions=version.captions,
        shows_people=version.shows_people,
        shows_minors=version.shows_minors,
        names=names,
        slips=slips,
    )


def gate_of(version: PieceVersion) -> Gate:
    """What the gate says of a version, with what people answered: the last answer to each remark counts."""
    outcomes = examine(draft_of(version), load_checks())
    rows = CheckAnswer.objects.of(version.institution_id).filter(version__piece_id=version.piece_id)
    rows = rows.select_related("person", "evidence", "version").order_by("version__number", "pk")
    own, before = {}, {}
    for row in rows:
        if row.version_id == version.pk:
            own[row.check_code, row.found] = row
        elif row.version.number < version.number:
            before[row.check_code, row.found] = row
    judged = tuple(
        Judged(outcome.check.code, remark, own.get(key), before.get(key))
        for outcome in outcomes
        for remark in outcome.remarks
        for key in [(outcome.check.code, remark.found)]
    )
    return Gate(outcomes, judged)


# --- approvals --------------------------------------------------------------------------------------------------------


def policy_of(institution: Institution) -> Policy:
    """The institution's rules of approval; those of the house, in no row, where it has written none."""
    return Policy.objects.of(institution).first() or Policy(institution=institution)


def standings_of(institution: Institution, versions: Sequence[int]) -> dict[int, Standing]:
    """Where each of these versions stands: three queries, however many there are."""
    order = read_order(policy_of(institution).order)
    decided: dict[int, list[tuple[str, bool]]] = {}
    rows = Approval.objects.of(institution).filter(version__in=versions).order_by("pk")
    for version, signer, decision in rows.values_list("version_id", "signer", "decision"):
        decided.setdefault(version, []).append((signer, decision == Approval.Decision.APPROVED))
    links = ApprovalLink.objects.of(institution).filter(version__in=versions).order_by()
    sent = set(links.values_list("version_id", flat=True).distinct())
    return {pk: find_standing(order, decided.get(pk, ()), is_sent=pk in sent) for pk in versions}


def standing_of(version: PieceVersion) -> Standing:
    """Where one version stands."""
    return standings_of(version.institution, [version.pk])[version.pk]


def approvals_of(piece: Piece) -> list[Approval]:
    """What was decided on each version of a piece, the first first."""
    rows = Approval.objects.of(piece.institution_id).filter(version__piece=piece)
    return list(rows.select_related("person", "version").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that happened to a piece: another version, or a decision on one."""

    at: datetime
    what: str
    who: Person | None
    note: str
    is_return: bool = False
    sha256: str = ""
    with_second_factor: bool = False


def road_of(piece: Piece) -> list[Stop]:
    """What happened to a piece until now, the first first."""
    stops = [
        Stop(version.at, f"Versión {version.number}", version.made_by, version.change) for version in versions_of(piece)
    ]
    for row in approvals_of(piece):
        is_return = row.decision == Approval.Decision.RETURNED
        approved = "visto bueno" if row.signer == Signer.OWNER else "aprobada"
        what = f"Versión {row.version.number}, {'devuelta con cambios' if is_return else approved}"
        stops.append(Stop(row.at, what, row.person, row.comment, is_return, row.sha256, row.with_second_factor))
    return sorted(stops, key=lambda stop: stop.at)


def comments_of(piece: Piece) -> list[PieceComment]:
    """What was said of a piece, the first first."""
    rows = PieceComment.objects.of(piece.institution_id).filter(version__piece=piece)
    return list(rows.select_related("person", "version").order_by("pk"))


def links_of(version: PieceVersion) -> list[ApprovalLink]:
    """The links by which somebody may still decide on a version, expired ones too."""
    rows = ApprovalLink.objects.of(version.institution_id).filter(version=version, used_at=None, closed_at=None)
    return list(rows.select_related("person").order_by("pk"))


def came_out_as(piece: Piece) -> list[PiecePublication]:
    """The publications of a piece, the first first."""
    rows = PiecePublication.objects.of(piece.institution_id).filter(version__piece=piece)
    return list(rows.select_related("publication", "channel", "version").order_by("publication__published_on", "pk"))


# --- what waits for a person ------------------------------------------------------------------------------------------


def waiting_for(access: Access) -> list[ApprovalLink]:
    """What waits for the person to decide, what was sent first first. A version once, however many links it has."""
    rows = ApprovalLink.objects.of(access.institution).filter(person=access.person, used_at=None, closed_at=None)
    rows = rows.select_related(
        "version__made_by", "version__piece__request__office__leader", "version__piece__request__kind"
    )
    last = {link.version_id: link for link in rows.order_by("pk")}
    return sorted(last.values(), key=lambda link: link.pk)


def count_waiting(access: Access) -> int:
    """How many things wait for the person to decide."""
    rows = ApprovalLink.objects.of(access.institution).filter(person=access.person, used_at=None, closed_at=None)
    return rows.values("version").distinct().count()


def seat_of(access: Access, version: int) -> ApprovalLink:
    """What asks the person to decide on a version; the last one, also where it is over. Raises Http404 without one."""
    rows = ApprovalLink.objects.of(access.institution).filter(person=access.person, version_id=version)
    row = rows.select_related("version__made_by", "version__piece__request__office__leader").order_by("-pk").first()
    if row is None:
        raise Http404
    return row


def link_by_token(access: Access, token_sha256: str) -> ApprovalLink | None:
    """The link of a token in the institution the person works in, whoever it was sent to."""
    rows = ApprovalLink.objects.of(access.institution).filter(token_sha256=token_sha256)
    return rows.select_related("person", "version__made_by", "version__piece__request__office__leader").first()


def signers_of(version: PieceVersion, signer: Signer) -> list[int]:
    """The keys of the people who may decide on a version as this: the office's leader, or those who approve for the
    institution, save who made it. Nobody who may not enter.
    """
    members = Membership.objects.of(version.institution_id).filter(suspended_at=None, person__is_active=True)
    if signer is Signer.OWNER:
        offices = Office.objects.of(version.institution_id).filter(pk=version.piece.request.office_id or 0)
        members = members.filter(person__in=offices.exclude(leader=None).values_list("leader", flat=True))
    else:
        members = members.filter(role=Role.APPROVER)
        if version.made_by is not None:
            members = members.exclude(person=version.made_by)
    return sorted(set(members.values_list("person_id", flat=True)))
