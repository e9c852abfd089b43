import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_people"),
        ("ledger", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=80, verbose_name="nombre")),
                (
                    "counts_as",
                    models.CharField(
                        choices=[
                            ("design", "design"),
                            ("coverage", "coverage"),
                            ("news", "news"),
                            ("video", "video"),
                            ("publication", "publication"),
                            ("wallpaper", "wallpaper"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="se cuenta como",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="lugar")),
                ("is_active", models.BooleanField(default=True, verbose_name="se ofrece")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "tipo de solicitud",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "priority",
                    models.CharField(
                        choices=[("normal", "Normal"), ("high", "Alta"), ("urgent", "Urgente")],
                        max_length=10,
                        verbose_name="prioridad",
                    ),
                ),
                ("business_days", models.PositiveSmallIntegerField(verbose_name="días hábiles")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflow.kind"
                    ),
                ),
            ],
            options={
                "verbose_name": "plazo",
                "ordering": ["kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wants_reminders", models.BooleanField(default=True, verbose_name="recordatorios de lo que vence")),
                ("wants_digest", models.BooleanField(default=True, verbose_name="resumen de la semana")),
                ("wants_approvals", models.BooleanField(default=True, verbose_name="piezas por aprobar")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="último recordatorio")),
                ("digest_on", models.DateField(blank=True, null=True, verbose_name="último resumen")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "avisos por correo",
                "verbose_name_plural": "avisos por correo",
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("title", models.CharField(max_length=200, verbose_name="pieza")),
                ("goes_out_at", models.DateTimeField(blank=True, null=True, verbose_name="sale el")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirada")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "pieza",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PieceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="versión")),
                ("sha256", models.CharField(max_length=64, verbose_name="huella")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="archivo")),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="huella del archivo")),
                ("content_type", models.CharField(blank=True, max_length=100, verbose_name="tipo")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="tamaño en bytes")),
                ("text", models.TextField(blank=True, verbose_name="texto que la acompaña")),
                ("alternative_text", models.TextField(blank=True, verbose_name="texto alternativo")),
                ("captions", models.TextField(blank=True, verbose_name="subtítulos o guion")),
                ("channels", models.JSONField(default=list, verbose_name="canales en que sale")),
                ("shows_people", models.BooleanField(blank=True, null=True, verbose_name="muestra personas")),
                ("shows_minors", models.BooleanField(blank=True, null=True, verbose_name="muestra menores de edad")),
                ("change", models.CharField(blank=True, max_length=300, verbose_name="qué cambió")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="subida")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.piece"
                    ),
                ),
            ],
            options={
                "verbose_name": "versión de la pieza",
                "ordering": ["piece", "number"],
            },
        ),
        migrations.CreateModel(
            name="PiecePublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.channel"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.publication"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.pieceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "publicación de una pieza",
                "verbose_name_plural": "publicaciones de piezas",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PieceComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="comentario")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.pieceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "comentario",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_code", models.CharField(max_length=40, verbose_name="comprobación")),
                ("found", models.CharField(blank=True, max_length=300, verbose_name="qué se encontró")),
                ("answer", models.CharField(max_length=400, verbose_name="respuesta")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.evidence",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.pieceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "respuesta a una comprobación",
                "verbose_name_plural": "respuestas a comprobaciones",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "signer",
                    models.CharField(
                        choices=[("owner", "Líder de la dependencia"), ("approver", "Quien aprueba por la entidad")],
                        max_length=20,
                        verbose_name="decide como",
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="vence")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="usado")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ya no se espera")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.pieceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "enlace para aprobar",
                "verbose_name_plural": "enlaces para aprobar",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="huella de lo decidido")),
                (
                    "signer",
                    models.CharField(
                        choices=[("owner", "Líder de la dependencia"), ("approver", "Quien aprueba por la entidad")],
                        max_length=20,
                        verbose_name="decide como",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("approved", "Aprobada"), ("returned", "Devuelta con cambios")],
                        max_length=20,
                        verbose_name="decisión",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="nota")),
                ("with_second_factor", models.BooleanField(default=False, verbose_name="con segundo factor")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.pieceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "aprobación",
                "verbose_name_plural": "aprobaciones",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("order", models.JSONField(default=list, verbose_name="orden de las aprobaciones")),
                (
                    "link_demand",
                    models.CharField(
                        choices=[
                            ("sign_in", "Entrar con su usuario"),
                            ("second_factor", "Entrar con su usuario y el código de su teléfono"),
                        ],
                        default="sign_in",
                        max_length=20,
                        verbose_name="qué pide el enlace",
                    ),
                ),
                ("link_hours", models.PositiveSmallIntegerField(default=72, verbose_name="horas que sirve el enlace")),
                (
                    "remind_days",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="días hábiles antes de vencer en que se avisa"
                    ),
                ),
                ("names", models.JSONField(default=list, verbose_name="nombres de la entidad")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "reglas de aprobación",
            },
        ),
        migrations.CreateModel(
            name="RequestLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("token", models.CharField(max_length=64, unique=True, verbose_name="enlace")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="cerrado")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                        verbose_name="dependencia",
                    ),
                ),
            ],
            options={
                "verbose_name": "enlace del formulario público",
                "verbose_name_plural": "enlaces del formulario público",
                "ordering": ["office", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ServiceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "period",
                    models.CharField(
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^\\d{4}-T[1-4]$")],
                        verbose_name="trimestre",
                    ),
                ),
                ("reference", models.CharField(max_length=40, verbose_name="referencia")),
                ("title", models.CharField(max_length=200, verbose_name="qué se pide")),
                ("requester_name", models.CharField(blank=True, max_length=150, verbose_name="quién pide")),
                ("requester_email", models.EmailField(blank=True, max_length=254, verbose_name="correo de quien pide")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("office", "En Pregón"),
                            ("form", "Formulario público"),
                            ("phone", "Por teléfono"),
                            ("whatsapp", "Por WhatsApp"),
                            ("email", "Por correo"),
                            ("in_person", "En persona"),
                            ("workbook", "Registro de Excel"),
                        ],
                        default="office",
                        max_length=20,
                        verbose_name="cómo llegó",
                    ),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="para qué")),
                ("brief", models.TextField(blank=True, verbose_name="qué debe llevar")),
                ("asked_on", models.DateField(verbose_name="pedida el")),
                ("wished_on", models.DateField(blank=True, null=True, verbose_name="la quieren para el")),
                (
                    "priority",
                    models.CharField(
                        choices=[("normal", "Normal"), ("high", "Alta"), ("urgent", "Urgente")],
                        default="normal",
                        max_length=10,
                        verbose_name="prioridad",
                    ),
                ),
                ("priority_reason", models.CharField(blank=True, max_length=300, verbose_name="por qué es urgente")),
                ("due", models.DateField(blank=True, null=True, verbose_name="vence el")),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="fecha acordada")),
                (
                    "agreed_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="por qué se acordó otra fecha"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Recibida"),
                            ("in_progress", "En proceso"),
                            ("in_review", "En revisión"),
                            ("approved", "Aprobada"),
                            ("published", "Publicada"),
                            ("delivered", "Entregada"),
                            ("returned", "Devuelta"),
                            ("cancelled", "Cancelada"),
                        ],
                        default="received",
                        max_length=20,
                        verbose_name="estado",
                    ),
                ),
                ("state_on", models.DateField(blank=True, null=True, verbose_name="en ese estado desde")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="aprobada el")),
                ("delivered_on", models.DateField(blank=True, null=True, verbose_name="entregada el")),
                ("campaign", models.CharField(blank=True, max_length=60, verbose_name="campaña")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién la hace",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.kind",
                        verbose_name="tipo",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                        verbose_name="dependencia",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="solicitante",
                    ),
                ),
            ],
            options={
                "verbose_name": "solicitud",
                "verbose_name_plural": "solicitudes",
                "ordering": ["asked_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RequestFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="archivo")),
                ("sha256", models.CharField(max_length=64, verbose_name="huella")),
                ("size", models.PositiveBigIntegerField(verbose_name="tamaño en bytes")),
                ("content_type", models.CharField(blank=True, max_length=100, verbose_name="tipo")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflow.servicerequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "archivo de la solicitud",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="piece",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.servicerequest",
                verbose_name="solicitud",
            ),
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "Recibida"),
                            ("in_progress", "En proceso"),
                            ("in_review", "En revisión"),
                            ("approved", "Aprobada"),
                            ("published", "Publicada"),
                            ("delivered", "Entregada"),
                            ("returned", "Devuelta"),
                            ("cancelled", "Cancelada"),
                        ],
                        max_length=20,
                        verbose_name="de",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("received", "Recibida"),
                            ("in_progress", "En proceso"),
                            ("in_review", "En revisión"),
                            ("approved", "Aprobada"),
                            ("published", "Publicada"),
                            ("delivered", "Entregada"),
                            ("returned", "Devuelta"),
                            ("cancelled", "Cancelada"),
                        ],
                        max_length=20,
                        verbose_name="a",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="fecha")),
                ("note", models.TextField(blank=True, verbose_name="nota")),
                (
                    "period",
                    models.CharField(
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^\\d{4}-T[1-4]$")],
                        verbose_name="trimestre",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="anotado")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflow.servicerequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de la solicitud",
                "verbose_name_plural": "pasos de la solicitud",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="UnconfirmedRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=150, verbose_name="nombre")),
                ("email", models.EmailField(max_length=254, verbose_name="correo")),
                ("title", models.CharField(max_length=200, verbose_name="qué se pide")),
                ("purpose", models.TextField(blank=True, verbose_name="para qué")),
                ("brief", models.TextField(blank=True, verbose_name="qué debe llevar")),
                ("wished_on", models.DateField(blank=True, null=True, verbose_name="la quieren para el")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="vence")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmada")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.kind"
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.requestlink"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.servicerequest",
                        verbose_name="solicitud",
                    ),
                ),
            ],
            options={
                "verbose_name": "solicitud sin confirmar",
                "verbose_name_plural": "solicitudes sin confirmar",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("day", models.DateField(verbose_name="día")),
                ("reason", models.CharField(max_length=150, verbose_name="motivo")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "cierre local",
                "verbose_name_plural": "cierres locales",
                "ordering": ["day"],
                "constraints": [models.UniqueConstraint(fields=("institution", "day"), name="closure_one_per_day")],
            },
        ),
        migrations.AddConstraint(
            model_name="kind",
            constraint=models.UniqueConstraint(fields=("institution", "name"), name="kind_one_per_name"),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(fields=("kind", "priority"), name="deadline_one_per_kind_and_priority"),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.UniqueConstraint(fields=("institution", "person"), name="mail_choice_one_per_person"),
        ),
        migrations.AddConstraint(
            model_name="pieceversion",
            constraint=models.UniqueConstraint(fields=("piece", "number"), name="version_one_per_number"),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.UniqueConstraint(fields=("institution",), name="policy_one_per_institution"),
        ),
        migrations.AddConstraint(
            model_name="requestlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("office",), name="request_link_one_open_per_office"
            ),
        ),
        migrations.AddIndex(
            model_name="approvallink",
            index=models.Index(fields=["institution", "person", "closed_at"], name="links_that_wait"),
        ),
        migrations.AddIndex(
            model_name="servicerequest",
            index=models.Index(fields=["institution", "state", "due"], name="requests_by_state"),
        ),
        migrations.AddIndex(
            model_name="servicerequest",
            index=models.Index(fields=["institution", "asked_on"], name="requests_by_day"),
        ),
        migrations.AddConstraint(
            model_name="servicerequest",
            constraint=models.UniqueConstraint(
                fields=("institution", "period", "reference"), name="request_one_per_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "in_progress",
                            "in_review",
                            "approved",
                            "published",
                            "delivered",
                            "returned",
                            "cancelled",
                        ],
                    )
                ),
                name="request_state_known",
            ),
        ),
    ]
