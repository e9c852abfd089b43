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

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = "persona"
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """For the libraries that ask it."""
        return self.name


class Office(TenantModel):
    """A part of the institution that asks for pieces and answers for events: a delegatura, a dependencia."""

    name = models.CharField("nombre", max_length=200)

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

    class Meta:
        verbose_name = "membresía"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "institution", "role"], name="one_membership_per_role"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"
