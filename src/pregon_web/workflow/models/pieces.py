"""A piece, its versions, what was said of each, the checks before approval, and who approved which exact version."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import Channel, Evidence, Publication, Record
from pregon_web.workflow.models.requests import ServiceRequest


class Signer(models.TextChoices):
    """Who approves: whoever owns the content, and whoever answers for the institution."""

    OWNER = "owner", "Líder de la dependencia"
    APPROVER = "approver", "Quien aprueba por la entidad"


class FinalRow(RuntimeError):  # noqa: N818 - what happened, not a suffix
    """A version or an approval was about to be written over. Our own fault: nothing offers it."""


class Piece(Record):
    """What is made for a request: an image, a video, a text. What it is made of is in its versions."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="+", verbose_name="solicitud")
    title = models.CharField("pieza", max_length=200)
    goes_out_at = models.DateTimeField("sale el", null=True, blank=True)
    # Nobody needs to go on with it; what was approved stays as it was.
    withdrawn_at = models.DateTimeField("retirada", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "pieza"

    def __str__(self) -> str:
        return self.title


class PieceVersion(TenantModel):
    """One exact content of a piece, never altered: a file, a text, or both, with what describes it to who cannot see.

    `sha256` is of all of it, in the order in which `workflow.pieces.hash_version` says; `file_sha256` finds the file.
    """

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("versión")
    sha256 = models.CharField("huella", max_length=64)
    file_name = models.CharField("archivo", max_length=200, blank=True)
    file_sha256 = models.CharField("huella del archivo", max_length=64, blank=True)
    content_type = models.CharField("tipo", max_length=100, blank=True)
    size = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    text = models.TextField("texto que la acompaña", blank=True)
    alternative_text = models.TextField("texto alternativo", blank=True)
    captions = models.TextField("subtítulos o guion", blank=True)
    channels = models.JSONField("canales en que sale", default=list)
    shows_people = models.BooleanField("muestra personas", null=True, blank=True)
    shows_minors = models.BooleanField("muestra menores de edad", null=True, blank=True)
    change = models.CharField("qué cambió", max_length=300, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("subida", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["piece", "number"]
        verbose_name = "versión de la pieza"
        constraints: ClassVar = [models.UniqueConstraint(fields=["piece", "number"], name="version_one_per_number")]

    def __str__(self) -> str:
        return f"{self.piece_id}, versión {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; never write over one."""
        if not self._state.adding:
            raise FinalRow(f"{self._meta.label} {self.pk} cannot be altered")
        super().save(*args, **kwargs)


class PieceComment(TenantModel):
    """Something said of a version."""

    version = models.ForeignKey(PieceVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("comentario")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "comentario"

    def __str__(self) -> str:
        return self.text[:60]


class CheckAnswer(TenantModel):
    """What a person answered to something that the publication gate found in a version."""

    version = models.ForeignKey(PieceVersion, on_delete=models.PROTECT, related_name="+")
    check_code = models.CharField("comprobación", max_length=40)
    # What exactly was found: the same check may find several things in a version.
    found = models.CharField("qué se encontró", max_length=300, blank=True)
    answer = models.CharField("respuesta", max_length=400)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "respuesta a una comprobación"
        verbose_name_plural = "respuestas a comprobaciones"

    def __str__(self) -> str:
        return self.answer


class Approval(TenantModel):
    """A decision on one exact version: who, as what, when, and with what comment. Never altered."""

    class Decision(models.TextChoices):
        """What was decided."""

        APPROVED = "approved", "Aprobada"
        RETURNED = "returned", "Devuelta con cambios"

    version = models.ForeignKey(PieceVersion, on_delete=models.PROTECT, related_name="+")
    # Of the version as it was read: what was approved can be told from anything else, also outside this database.
    sha256 = models.CharField("huella de lo decidido", max_length=64)
    signer = models.CharField("decide como", max_length=20, choices=Signer.choices)
    decision = models.CharField("decisión", max_length=20, choices=Decision.choices)
    comment = models.TextField("nota", blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    with_second_factor = models.BooleanField("con segundo factor", default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "aprobación"
        verbose_name_plural = "aprobaciones"

    def __str__(self) -> str:
        return f"{self.version_id}: {self.decision}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; never write over one."""
        if not self._state.adding:
            raise FinalRow(f"{self._meta.label} {self.pk} cannot be altered")
        super().save(*args, **kwargs)


class ApprovalLink(TenantModel):
    """A link that was sent to one person to decide on one version. It serves until it expires or they decide."""

    version = models.ForeignKey(PieceVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signer = models.CharField("decide como", max_length=20, choices=Signer.choices)
    # Of the token alone: who reads the database cannot open the link.
    token_sha256 = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("vence")
    used_at = models.DateTimeField("usado", null=True, blank=True)
    # Nobody waits for it any more: somebody else decided, another version came, another link was sent.
    closed_at = models.DateTimeField("ya no se espera", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "enlace para aprobar"
        verbose_name_plural = "enlaces para aprobar"
        indexes: ClassVar = [models.Index(fields=["institution", "person", "closed_at"], name="links_that_wait")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.person_id}"


class PiecePublication(TenantModel):
    """This version of a piece came out as this publication: a correction of it leads back to who approved."""

    version = models.ForeignKey(PieceVersion, on_delete=models.PROTECT, related_name="+")
    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "publicación de una pieza"
        verbose_name_plural = "publicaciones de piezas"

    def __str__(self) -> str:
        return f"publicación {self.publication_id}"
