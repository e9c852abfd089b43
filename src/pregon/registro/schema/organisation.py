"""Whose report it is, under what control, its offices, channels, and what it still lacks."""

from __future__ import annotations

from pregon.records.organisation import (
    Channel,
    Closure,
    Declaration,
    Office,
    Pending,
    Platform,
    ProcedureStep,
    Signature,
    SignatureRole,
)
from pregon.registro import vocabulary as words
from pregon.registro.kinds import Choice, Day, Moment, Span, Text, Words, yes_no
from pregon.registro.shape import Column, Form, Sheet, building, rows_of, sample_day

INSTITUTION = Form(
    "Institución",
    "De quién es el informe, de qué periodo y con qué control sale. Una respuesta por línea.",
    (
        Column("name", "Nombre de la entidad", Text(), "Escriba el nombre completo de la entidad.", is_required=True),
        Column("process", "Proceso", Text(), "El proceso que hace el informe: Gestión de las Comunicaciones."),
        Column("city", "Municipio", Text(), "El municipio o la ciudad de la entidad."),
        Column("period", "Periodo", Span(), "Escriba el trimestre, por ejemplo 2026-T1.", is_required=True),
        Column("code", "Código del documento", Text(), "El código del informe en el sistema de calidad: GC-INF-02."),
        Column("version", "Versión", Text(), "La versión del informe: 1."),
        Column("cutoff", "Corte de las cifras", Moment(), "Hasta cuándo se contó, con la hora: 7/01/2026 17:00."),
        Column("prepared_on", "Fecha de elaboración", Day(), "El día en que se hizo el informe."),
        Column("procedure", "Procedimiento", Text(), "El procedimiento que el informe atiende, con su nombre."),
        Column("seal", "Cierre", Text(), "La pone Pregón al cerrar el trimestre: déjela vacía.", is_optional=True),
    ),
)

STEPS = Sheet(
    "Pasos",
    "Las actividades del procedimiento a las que responde el informe.",
    (
        Column(
            "code",
            "Paso",
            Text(),
            "Escriba el numeral y la actividad: 6.1/7.",
            14,
            is_required=True,
            is_key=True,
            example="6.1/7",
        ),
        Column(
            "title",
            "Qué pide",
            Text(),
            "Escriba lo que pide esa actividad.",
            70,
            is_required=True,
            example="Hacer seguimiento al plan de comunicaciones",
        ),
    ),
    rows_of(lambda dossier: dossier.control.steps),
    building(ProcedureStep),
)

SIGNATURES = Sheet(
    "Firmas",
    "Quién elabora, revisa y aprueba el informe. Sin fecha de firma, la firma está pendiente.",
    (
        Column(
            "role",
            "Firma",
            Choice(words.ROLES),
            "Elija quién es: elaboró, revisó o aprobó.",
            14,
            is_required=True,
            example=SignatureRole.PREPARED,
        ),
        Column(
            "person",
            "Persona",
            Text(),
            "Escriba el nombre y el apellido.",
            28,
            is_required=True,
            example="Marcela Ríos",
        ),
        Column("post", "Cargo", Text(), "El cargo de la persona.", 36, example="Profesional de comunicaciones"),
        Column("signed_on", "Firmó el", Day(), "El día en que firmó. Vacía mientras no firme.", example=sample_day(89)),
        Column("due", "Debe firmar el", Day(), "El día en que debe firmar.", example=sample_day(89)),
    ),
    rows_of(lambda dossier: dossier.control.signatures),
    building(Signature),
)

OFFICES = Sheet(
    "Dependencias",
    "Las dependencias de la entidad, con los otros nombres que reciben.",
    (
        Column(
            "name",
            "Dependencia",
            Text(),
            "Escriba el nombre de la dependencia.",
            44,
            is_required=True,
            is_key=True,
            example="Derechos Humanos",
        ),
        Column(
            "aliases",
            "Otros nombres",
            Words(),
            "Otros nombres que recibe, separados con punto y coma.",
            60,
            example=("Delegatura para los Derechos Humanos", "DDHH"),
        ),
    ),
    rows_of(lambda dossier: dossier.institution.offices),
    building(Office),
)

CHANNELS = Sheet(
    "Canales",
    "Por dónde publica la entidad. Los internos llegan solo a su propia gente.",
    (
        Column(
            "code",
            "Canal",
            Text(),
            "Escriba un nombre corto que no cambie: facebook.",
            18,
            is_required=True,
            is_key=True,
            example="facebook",
        ),
        Column(
            "name", "Nombre", Text(), "El nombre con que sale en el informe.", 28, is_required=True, example="Facebook"
        ),
        Column(
            "platform",
            "Plataforma",
            Choice(words.PLATFORMS),
            "Elija la plataforma.",
            22,
            is_required=True,
            example=Platform.FACEBOOK,
        ),
        Column(
            "is_internal",
            "Interno",
            yes_no(),
            "Escriba sí cuando llega solo a la gente de la entidad.",
            12,
            example=False,
        ),
    ),
    rows_of(lambda dossier: dossier.channels),
    building(Channel),
)

PENDING = Sheet(
    "Pendientes",
    "Lo que le falta al informe: qué es, en qué archivo llega, quién lo tiene y cuándo lo entrega.",
    (
        Column(
            "section",
            "Sección",
            Choice(words.SECTIONS, ""),
            "Elija la sección a la que le falta.",
            28,
            is_required=True,
            example="audience",
        ),
        Column(
            "what", "Qué falta", Text(), "Escriba qué falta.", 56, is_required=True, example="Las cifras del último mes"
        ),
        Column("file", "Archivo", Text(wraps=False), "El archivo en que llega.", 34, example="meta-panel.csv"),
        Column("person", "Quién lo tiene", Text(), "El nombre de la persona.", 26, example="Marcela Ríos"),
        Column("due", "Llega el", Day(), "Cuándo lo entrega.", 13, example=sample_day(89)),
    ),
    rows_of(lambda dossier: dossier.pending),
    building(Pending),
)

DECLARATIONS = Sheet(
    "Faltantes declarados",
    "Lo que no va a llegar y por qué. Con su motivo, el trimestre se puede cerrar y el informe lo imprime.",
    (
        Column(
            "section",
            "Sección",
            Choice(words.SECTIONS, ""),
            "Elija la sección a la que le falta.",
            28,
            is_required=True,
            is_key=True,
            example="audience",
        ),
        Column(
            "what",
            "Qué falta",
            Text(),
            "Copie lo que falta como lo dice el informe.",
            56,
            is_required=True,
            is_key=True,
            example="Facebook, diciembre: 4 cifras",
        ),
        Column(
            "reason",
            "Por qué no llega",
            Text(),
            "Escriba el motivo.",
            56,
            is_required=True,
            example="La plataforma no entregó el archivo del mes.",
        ),
    ),
    rows_of(lambda dossier: dossier.declarations),
    building(Declaration),
    is_optional=True,
)

CLOSURES = Sheet(
    "Cierres locales",
    "Los días hábiles en que la entidad no trabajó: no cuentan en los plazos. Los festivos nacionales ya se saben.",
    (
        Column(
            "reason",
            "Motivo",
            Text(),
            "Escriba por qué: día cívico, jornada compensada.",
            56,
            is_required=True,
            example="Jornada compensada de fin de año",
        ),
        Column(
            "day",
            "Fecha",
            Day(),
            "Escriba el día en que no se trabajó.",
            13,
            is_required=True,
            is_key=True,
            example=sample_day(80),
        ),
    ),
    rows_of(lambda dossier: dossier.closures),
    building(Closure),
    is_optional=True,
)
