"""Reads about people and institutions. Access is worked out here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allauth.mfa.models import Authenticator
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from pregon_web.accounts.invitation_links import read_link
from pregon_web.accounts.models import Institution, Invitation, Membership, Office, Person, Role, Supervision
from pregon_web.wall import own_rows


@dataclass(frozen=True, slots=True)
class Access:
    """A person at work in one institution. Selectors and services take it: whose rows they are is never forgotten."""

    person: Person
    institution: Institution
    roles: frozenset[Role]
    has_choice: bool = False
    """Whether the person may also work in another institution."""
    body: Institution | None = None
    """The supervising body they look from; then they may read and not change."""

    def has_any(self, *roles: Role) -> bool:
        """Whether the person is any of these here."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the institution, with all that they are in it."""

    person: Person
    roles: tuple[Role, ...]
    office: Office | None
    is_suspended: bool

    @property
    def role_names(self) -> list[str]:
        """Their roles in words, in the order of the house."""
        return [role.label for role in self.roles]


# --- access ---------------------------------------------------------------------------------------------------------


def _memberships_anywhere(person: Person) -> QuerySet[Membership]:
    # Past the wall on purpose, through the door: whose rows they are is the very question.
    return Membership._base_manager.filter(person=person, suspended_at=None)  # noqa: SLF001 - see above


def own_institutions(person: Person) -> list[Institution]:
    """The institutions a person belongs to, by name."""
    if not person.is_active:
        return []
    with own_rows(person.pk):
        return list(Institution.objects.filter(pk__in=_memberships_anywhere(person).values("institution_id")))


def institutions_for(person: Person) -> list[Institution]:
    """The institutions a person may work in, by name: their own, and those that a body of theirs supervises."""
    with own_rows(person.pk):
        return list(_reachable(person))


def has_institution(person: Person) -> bool:
    """Whether there is any that the person may work in."""
    with own_rows(person.pk):
        return _reachable(person).exists()


def _reachable(person: Person) -> QuerySet[Institution]:
    """Asked inside the person's own rows."""
    if not person.is_active:
        return Institution.objects.none()
    own = _memberships_anywhere(person)
    bodies = own.filter(role=Role.REVIEWER).values("institution_id")
    supervised = Supervision._base_manager.filter(body__in=bodies)  # noqa: SLF001 - as in _memberships_anywhere
    either = Q(pk__in=own.values("institution_id")) | Q(pk__in=supervised.values("institution_id"))
    return Institution.objects.filter(either)


def access_for(person: Person, institution: Institution) -> Access | None:
    """What this person may do in this institution; None where they have no part in it or may no longer enter."""
    if not person.is_active:
        return None
    current = Membership.objects.of(institution).filter(person=person, suspended_at=None)
    held = frozenset(Role(role) for role in current.values_list("role", flat=True))
    if held:
        return Access(person, institution, held)
    with own_rows(person.pk):
        bodies = _memberships_anywhere(person).filter(role=Role.REVIEWER).values("institution_id")
        granted = Supervision.objects.of(institution).filter(body__in=bodies)
        supervision = granted.select_related("body").order_by("-pk").first()  # the last one given
    return Access(person, institution, frozenset({Role.REVIEWER}), body=supervision.body) if supervision else None


def current_access(person: Person) -> Access | None:
    """The access of the institution the person chose, or of the only one they have; None where there is none."""
    # A body may look into thousands of them: two are enough to know, the chosen one first.
    is_chosen = Q(pk=person.chosen_institution_id or 0)
    with own_rows(person.pk):
        first = list(_reachable(person).order_by(Case(When(is_chosen, then=0), default=1))[:2])
    has_choice = len(first) > 1
    if not first or (has_choice and first[0].pk != person.chosen_institution_id):
        return None
    access = access_for(person, first[0])
    return replace(access, has_choice=has_choice) if access else None


def belongs_elsewhere(access: Access, person: Person) -> bool:
    """Whether somebody of this institution also belongs to another one. Which one is not told."""
    with own_rows(person.pk):
        return _memberships_anywhere(person).exclude(institution=access.institution).exists()


def has_second_factor(person: Person) -> bool:
    """Whether the person signs in with a code of their phone as well."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


# --- people ---------------------------------------------------------------------------------------------------------


def administrators_of(access: Access) -> list[Person]:
    """Who gives permissions in this institution, by name."""
    administrators = Membership.objects.of(access.institution).filter(role=Role.ADMINISTRATOR, suspended_at=None)
    holders = administrators.values_list("person_id", flat=True)
    return list(Person.objects.filter(pk__in=list(holders), is_active=True).order_by("name"))


def members_of(access: Access) -> list[Member]:
    """Everybody of the institution, by name; those disabled last."""
    rows = Membership.objects.of(access.institution).select_related("person", "office")
    members = _gather(rows)
    return sorted(members, key=lambda member: (member.is_suspended, member.person.name.casefold()))


def member_of(access: Access, pk: int) -> Member:
    """Somebody of the institution; Http404 where it has nobody with that number."""
    rows = Membership.objects.of(access.institution).filter(person_id=pk).select_related("person", "office")
    found = _gather(rows)
    if not found:
        raise Http404
    return found[0]


def _gather(rows: QuerySet[Membership]) -> list[Member]:
    by_person: dict[int, list[Membership]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    order = list(Role)
    return [
        Member(
            person=held[0].person,
            roles=tuple(sorted((Role(row.role) for row in held), key=order.index)),
            office=next((row.office for row in held if row.office), None),
            is_suspended=all(row.suspended_at for row in held),
        )
        for held in by_person.values()
    ]


# --- offices --------------------------------------------------------------------------------------------------------


def offices_of(access: Access) -> list[Office]:
    """The offices of the institution, by name; the closed ones too."""
    return list(Office.objects.of(access.institution).select_related("leader").order_by("name"))


def choosable_leaders_of(access: Access, own: Person | None = None) -> QuerySet[Person]:
    """The people of the institution who may enter, and who was chosen already, by name."""
    members = Membership.objects.of(access.institution).filter(suspended_at=None, person__is_active=True)
    keys = set(members.values_list("person_id", flat=True)) | ({own.pk} if own else set())
    return Person.objects.filter(pk__in=keys).order_by("name")


def choosable_offices_of(access: Access, own: Office | None = None) -> QuerySet[Office]:
    """The offices that take something new, and the one that was chosen already, by name."""
    current = Q(closed_at=None) | Q(pk=own.pk if own else None)
    return Office.objects.of(access.institution).filter(current).order_by("name")


def office_of(access: Access, pk: int) -> Office:
    """An office of the institution; Http404 where it has none with that number."""
    return get_object_or_404(Office.objects.of(access.institution), pk=pk)


def has_office_named(access: Access, name: str, *, besides: Office | None = None) -> bool:
    """Whether the institution has another office with this name, whatever its capitals."""
    others = (office for office in offices_of(access) if office != besides)
    return any(is_same_name(office.name, name) for office in others)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ by capitals and spaces at most. SQLite alone would not know «Í» for «í»."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


# --- invitations and supervision ------------------------------------------------------------------------------------


def open_invitations_of(access: Access) -> list[Invitation]:
    """Who was asked in and has not come yet, the last one asked first."""
    rows = Invitation.objects.of(access.institution).filter(accepted_at=None, withdrawn_at=None)
    return list(rows.select_related("person", "office", "invited_by"))


def open_invitation_of(access: Access, pk: int) -> Invitation:
    """An invitation that nobody has used; Http404 where the institution has none with that number."""
    rows = Invitation.objects.of(access.institution).filter(accepted_at=None, withdrawn_at=None)
    return get_object_or_404(rows.select_related("person"), pk=pk)


def invitation_by_link(token: str) -> Invitation | None:
    """The invitation of a link that still serves. The link, which is signed, says whose it is."""
    linked = read_link(token)
    if linked is None:
        return None
    rows = Invitation.objects.of(linked.institution).filter(accepted_at=None, withdrawn_at=None)
    found = rows.filter(pk=linked.invitation, sending=linked.sending)
    return found.select_related("person", "institution", "invited_by", "office").first()


def supervisions_of(access: Access) -> list[Supervision]:
    """The bodies that may read what the institution has, by name."""
    return list(Supervision.objects.of(access.institution).select_related("body").order_by("body__name"))


def supervision_of(access: Access, pk: int) -> Supervision:
    """One of them; Http404 where the institution let none in with that number."""
    return get_object_or_404(Supervision.objects.of(access.institution).select_related("body"), pk=pk)
