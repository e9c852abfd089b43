"""Institutions, their offices, people, and who is what in which institution."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from pregon_web.accounts.tenancy import TenantModel


class Role(models.TextChoices):
    """What a person may do in an institution. A person may be several things in it."""

    EDITOR = "editor", "Redacta"
    APPROVER = "approver", "Aprueba"
    REVIEWER = "reviewer", "Revisa (Control Interno)"
    REQUESTER = "requester", "Solicita"
    ADMINISTRATOR = "administrator", "Administra"


class Institution(models.Model):
    """A public body with its own ledger. Everything else belongs to one of these."""

    name = models.CharField("nombre", max_length=200, unique=True)
    unit = models.CharField("proceso o dependencia que comunica", max_length=200, blank=True)
    requires_second_factor = models.BooleanField("exige segundo factor", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "entidad"
        verbose_name_plural = "entidades"

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes people; finds them by e-mail whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A new person who can sign in once the password is not None."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in, by e-mail. What they may do is in their memberships, never here."""

    email = models.EmailField("correo", unique=True)
    name = models.CharField("nombre", max_length=150)
    is_active = models.BooleanField("puede entrar", default=True)
    # The one they worked in last, kept between visits. A convenience: membership is checked on every request.
    chosen_institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="entidad elegida"
    )

    # Counted up to end every session of the person at once: what a session was signed with no longer holds.
    session_generation = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = "persona"
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is signed with: the password, as in Django, and the generation."""
        signed: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # private in Django
        return f"{signed}.{self.session_generation}" if self.session_generation else signed

    def get_full_name(self) -> str:
        """For the libraries that ask it."""
        return self.name


class Office(TenantModel):
    """A part of the institution that asks for pieces and answers for events: a delegatura, a dependencia."""

    name = models.CharField("nombre", max_length=200)
    # Who answers for what is published in its name.
    leader = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="líder"
    )
    # A closed one takes nothing new and keeps what it had.
    closed_at = models.DateTimeField("cerrada", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "dependencia"
        constraints: ClassVar = [models.UniqueConstraint("institution", Lower("name"), name="one_office_per_name")]

    def __str__(self) -> str:
        return self.name


class Membership(TenantModel):
    """This person is this in this institution."""

    own_rows = "person_id = {person}"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("papel", max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    # Somebody disabled keeps their roles for the day they come back; until then they give nothing.
    suspended_at = models.DateTimeField("desactivada", null=True, blank=True)

    class Meta:
        verbose_name = "membresía"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "institution", "role"], name="one_membership_per_role"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class Supervision(TenantModel):
    """The institution lets a body that supervises it read what it has. The body's reviewers may look, never change."""

    own_rows = "body_id IN (SELECT own.institution_id FROM accounts_membership own WHERE own.person_id = {person})"

    body = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+", verbose_name="ente")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "supervisión"
        verbose_name_plural = "supervisiones"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "body"], name="one_supervision_per_body"),
            models.CheckConstraint(condition=~models.Q(institution=models.F("body")), name="nobody_supervises_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} → {self.institution_id}"


class Invitation(TenantModel):
    """A person was asked in, with these roles. Its link serves once, until it expires or is withdrawn."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    roles = models.JSONField("papeles", default=list)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # How many times it was sent: only the link of the last one serves.
    sending = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField("enviada")
    accepted_at = models.DateTimeField("aceptada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirada", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "person"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.roles}"
