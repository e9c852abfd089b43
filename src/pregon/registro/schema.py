"""The registro, declared once: every sheet, header, list and sample. Reading and writing both follow from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Office, Pending, ProcedureStep, Signature, SignatureRole
from pregon.records.programme import Campaign, Commemoration, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import Evidence, Method, ObservationStatus, Publication, PublicationKind
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest
from pregon.registro import vocabulary as words
from pregon.registro.composite import build_observation, build_product, observation_rows, product_rows
from pregon.registro.kinds import Choice, Count, Day, Figure, Link, Links, Moment, Number, Span, Text, Words, YesNo
from pregon.registro.shape import Column, Form, Sheet, Values


def _day(offset: int) -> Callable[[Period], date]:
    """A sample date, so many days into the period (its last day at most)."""
    return lambda period: min(period.start + timedelta(days=offset), period.end)


def _month(period: Period) -> Period:
    """A sample month: the first one of the period."""
    return period.months[0] if period.months else period


def _records(of: Callable[[Dossier], Iterable[Any]]) -> Callable[[Dossier], Iterable[Values]]:
    """The rows of records whose fields are the columns, one to one."""

    def rows(dossier: Dossier) -> Iterable[Values]:
        for record in of(dossier):
            yield {field.name: getattr(record, field.name) for field in fields(record)}

    return rows


def _building(record_type: Callable[..., object]) -> Callable[[Values], object]:
    return lambda values: record_type(**values)


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
    ),
)

STEPS = Sheet(
    "Pasos",
    "Las actividades del procedimiento a las que responde el informe.",
    (
        Column(
            "code", "Paso", Text(), "Escriba el numeral y la actividad: 6.1/7.", 14,
            is_required=True, is_key=True, example="6.1/7",
        ),
        Column(
            "title", "Qué pide", Text(is_long=True), "Escriba lo que pide esa actividad.", 70,
            is_required=True, example="Hacer seguimiento al plan de comunicaciones",
        ),
    ),
    _records(lambda dossier: dossier.control.steps),
    _building(ProcedureStep),
)  # fmt: skip

SIGNATURES = Sheet(
    "Firmas",
    "Quién elabora, revisa y aprueba el informe. Sin fecha de firma, la firma está pendiente.",
    (
        Column(
            "role", "Firma", Choice(words.ROLES), "Elija quién es: elaboró, revisó o aprobó.", 14,
            is_required=True, example=SignatureRole.PREPARED,
        ),
        Column(
            "person", "Persona", Text(), "Escriba el nombre y el apellido.", 28, is_required=True,
            example="Marcela Ríos",
        ),
        Column("post", "Cargo", Text(), "El cargo de la persona.", 36, example="Profesional de comunicaciones"),
        Column("signed_on", "Firmó el", Day(), "El día en que firmó. Vacía mientras no firme.", example=_day(89)),
        Column("due", "Debe firmar el", Day(), "El día en que debe firmar.", example=_day(89)),
    ),
    _records(lambda dossier: dossier.control.signatures),
    _building(Signature),
)  # fmt: skip

OFFICES = Sheet(
    "Dependencias",
    "Las dependencias de la entidad, con los otros nombres que reciben.",
    (
        Column(
            "name", "Dependencia", Text(), "Escriba el nombre de la dependencia.", 44,
            is_required=True, is_key=True, example="Derechos Humanos",
        ),
        Column(
            "aliases", "Otros nombres", Words(), "Otros nombres que recibe, separados con punto y coma.", 60,
            example=("Delegatura para los Derechos Humanos", "DDHH"),
        ),
    ),
    _records(lambda dossier: dossier.institution.offices),
    _building(Office),
)  # fmt: skip

CHANNELS = Sheet(
    "Canales",
    "Por dónde publica la entidad. Los internos llegan solo a su propia gente.",
    (
        Column(
            "code", "Canal", Text(), "Escriba un nombre corto que no cambie: facebook.", 18,
            is_required=True, is_key=True, example="facebook",
        ),
        Column("name", "Nombre", Text(), "El nombre con que sale en el informe.", 28, is_required=True, example="Facebook"),
        Column(
            "platform", "Plataforma", Choice(words.PLATFORMS), "Elija la plataforma.", 22, is_required=True,
            example=words.Platform.FACEBOOK,
        ),
        Column("is_internal", "Interno", YesNo(), "Escriba sí cuando llega solo a la gente de la entidad.", 12, example=False),
    ),
    _records(lambda dossier: dossier.channels),
    _building(Channel),
)  # fmt: skip

PUBLICATIONS = Sheet(
    "Publicaciones",
    "Una fila por cada cosa publicada en cada canal. La misma pieza en dos redes son dos filas.",
    (
        Column(
            "reference", "Referencia", Text(), "Escriba un número que no se repita, como PUB-001, y arrástrelo.", 16,
            is_required=True, is_key=True, example="PUB-001",
        ),
        Column("channel", "Canal", Link("Canales"), "Elija el canal.", 16, is_required=True, example="facebook"),
        Column(
            "kind", "Tipo", Choice(words.KINDS), "Elija qué se publicó.", 18, is_required=True,
            example=PublicationKind.POST,
        ),
        Column("published_on", "Fecha", Day(), "Escriba el día en que salió.", 13, is_required=True, example=_day(5)),
        Column(
            "title", "Título", Text(is_long=True), "Escriba de qué trata, en una línea.", 58, is_required=True,
            example="Charla de orientación vocacional con personeros estudiantiles",
        ),
        Column("link", "Enlace", Text(), "La dirección de la publicación.", 40, example="facebook.com/personeriapenaclara/posts/1"),
        Column("campaign", "Campaña", Link("Campañas"), "La campaña a la que pertenece, si tiene.", 24),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 16),
        Column("corrected_on", "Corregida el", Day(), "El día en que se corrigió después de publicarla.", 13),
        Column("withdrawn_on", "Retirada el", Day(), "El día en que se retiró después de publicarla.", 13),
    ),
    _records(lambda dossier: dossier.publications),
    _building(Publication),
)  # fmt: skip

OBSERVATIONS = Sheet(
    "Mediciones",
    "Las cifras de cada canal, como las da la plataforma. Si falta una, diga «sin dato»; si no puede haberla, «no aplica».",
    (
        Column(
            "metric", "Métrica", Choice(words.METRICS), "Elija qué se midió.", 22, is_required=True, is_key=True,
            example="views",
        ),
        Column(
            "channel", "Canal", Link("Canales"), "Elija el canal.", 16, is_required=True, is_key=True,
            example="facebook",
        ),
        Column(
            "period", "Periodo", Span(), "Elija el mes, o el trimestre si la plataforma dio esa cifra.", 24,
            is_required=True, is_key=True, example=_month,
        ),
        Column(
            "status", "Estado", Choice(words.STATUSES), "Valor, sin dato o no aplica. Vacío, manda la cifra.", 12,
            example=ObservationStatus.VALUE,
        ),
        Column("figure", "Cifra", Figure(), "Escriba la cifra sin puntos: 34811. Cero es cero; vacía no es cero.", 16, example=Amount(Decimal(208800), ulp=Decimal(100))),
        Column(
            "ulp", "Redondeada a", Number(), "100 si la plataforma dio «208,8 mil». Vacía si la cifra es exacta.", 15,
            example=Decimal(100),
        ),
        Column("unit", "Unidad", Text(), "Vacía cuando se cuenta; % o COP cuando no.", 10),
        Column("method", "Método", Choice(words.METHODS, Method.EXPORT), "Elija de dónde sale.", 26, example=Method.PANEL),
        Column("source", "Fuente", Text(is_long=True), "El archivo o la pantalla de donde se tomó.", 34, example="Panel de Meta"),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 16),
        Column("owed_by", "Quién la debe", Text(), "Quién entrega la cifra que falta.", 22),
        Column("due", "Llega el", Day(), "Cuándo la entrega.", 13),
        Column("note", "Nota", Text(is_long=True), "Lo que haga falta explicar.", 46),
    ),
    observation_rows,
    build_observation,
)  # fmt: skip

CAMPAIGNS = Sheet(
    "Campañas",
    "Las campañas del periodo. Sin fechas, corre todo el año en sus días.",
    (
        Column(
            "reference", "Campaña", Text(), "Escriba un nombre corto que no cambie: salud-mental.", 24,
            is_required=True, is_key=True, example="salud-mental",
        ),
        Column("title", "Título", Text(is_long=True), "Escriba el nombre completo.", 40, is_required=True, example="La salud mental es de todos"),
        Column("aim", "Objetivo", Text(is_long=True), "Para qué se hace.", 56, example="Dar a conocer cómo se pide atención en salud mental."),
        Column("target_audience", "Público", Text(is_long=True), "A quién se dirige.", 30, example="Comunidad en general"),
        Column("channels", "Canales", Links("Canales"), "Los canales, separados con punto y coma.", 28, example=("facebook", "instagram")),
        Column("office", "Dependencia", Link("Dependencias"), "Elija la dependencia con que se coordina.", 28, example="Derechos Humanos"),
        Column("start", "Desde", Day(), "El primer día.", 13, example=_day(0)),
        Column("end", "Hasta", Day(), "El último día.", 13, example=_day(30)),
        Column("is_internal", "Interna", YesNo(), "Escriba sí cuando va solo a la gente de la entidad.", 11, example=False),
        Column("owed_by", "Quién debe lo que falta", Text(), "Quién entrega los productos que faltan.", 24),
        Column("due", "Llega el", Day(), "Cuándo los entrega.", 13),
    ),
    _records(lambda dossier: dossier.campaigns),
    _building(Campaign),
)  # fmt: skip

PRODUCTS = Sheet(
    "Productos",
    "Lo que cada campaña prometió y lo que entregó. Vacía quiere decir que no se sabe; 0, que no hubo.",
    (
        Column("campaign", "Campaña", Link("Campañas"), "Elija la campaña.", 24, is_required=True, example="salud-mental"),
        Column("product", "Producto", Text(), "Escriba qué producto es, en plural.", 34, is_required=True, example="publicaciones"),
        Column("promised", "Prometidos", Count(), "Cuántos se prometieron.", 14, example=8),
        Column("delivered", "Entregados", Count(), "Cuántos se entregaron.", 14, example=8),
    ),
    product_rows,
    build_product,
)  # fmt: skip

COMMEMORATIONS = Sheet(
    "Efemérides",
    "Los días que se conmemoraron.",
    (
        Column("name", "Efeméride", Text(is_long=True), "Escriba el nombre del día.", 56, is_required=True, example="Día Mundial de la Salud Mental"),
        Column("day", "Fecha", Day(), "Escriba qué día es.", 13, is_required=True, example=_day(9)),
        Column("campaign", "Campaña", Link("Campañas"), "La campaña a la que pertenece, si tiene.", 24, example="salud-mental"),
        Column("publication", "Publicación", Link("Publicaciones"), "La referencia de la publicación con que se conmemoró.", 18),
    ),
    _records(lambda dossier: dossier.commemorations),
    _building(Commemoration),
)  # fmt: skip

EVENTS = Sheet(
    "Eventos",
    "Los eventos que la oficina convocó o acompañó. Asistencia vacía no es cero: es que no se sabe.",
    (
        Column("reference", "Referencia", Text(), "Escriba un número que no se repita: EVE-01.", 16, is_required=True, is_key=True, example="EVE-01"),
        Column("day", "Fecha", Day(), "Escriba qué día fue.", 13, is_required=True, example=_day(5)),
        Column("title", "Evento", Text(is_long=True), "Escriba el nombre del evento.", 50, is_required=True, example="Charla de orientación vocacional"),
        Column("office", "Dependencia", Link("Dependencias"), "Elija la dependencia que lo hizo.", 28, example="Derechos Humanos"),
        Column("called", "Convocados", Count(), "A cuántas personas se invitó.", 13, example=60),
        Column("attended", "Asistentes", Count(), "Cuántas personas fueron.", 13, example=45),
        Column("method", "Cómo se contó", Text(), "Lista de asistencia, conteo, registro.", 24, example="Lista de asistencia"),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 16),
        Column("has_minors", "Con menores", YesNo(), "Escriba sí cuando asisten menores de edad.", 13, example=True),
        Column("owed_by", "Quién debe la asistencia", Text(), "Quién entrega el número que falta.", 24),
        Column("due", "Llega el", Day(), "Cuándo lo entrega.", 13),
    ),
    _records(lambda dossier: dossier.events),
    _building(Event),
)  # fmt: skip

REQUESTS = Sheet(
    "Solicitudes",
    "Los diseños y acompañamientos que pidieron las dependencias.",
    (
        Column("reference", "Referencia", Text(), "Escriba un número que no se repita: SOL-001.", 18, is_required=True, is_key=True, example="SOL-001"),
        Column("kind", "Tipo", Choice(words.REQUEST_KINDS), "Elija si es diseño o acompañamiento.", 18, is_required=True, example=RequestKind.DESIGN),
        Column("office", "Dependencia", Link("Dependencias"), "Elija la dependencia que lo pidió.", 28, example="Derechos Humanos"),
        Column("title", "Asunto", Text(is_long=True), "Escriba qué se pidió.", 50, is_required=True, example="Pieza del Día Mundial de la Salud Mental"),
        Column("asked_on", "Pedida el", Day(), "Escriba el día en que se pidió.", 13, is_required=True, example=_day(2)),
        Column("due", "Para el", Day(), "El día acordado para entregarla.", 13, example=_day(7)),
        Column("delivered_on", "Entregada el", Day(), "El día en que se entregó. Vacía si no se ha entregado.", 13, example=_day(6)),
    ),
    _records(lambda dossier: dossier.requests),
    _building(ServiceRequest),
)  # fmt: skip

RISKS = Sheet(
    "Riesgos",
    "Los riesgos del proceso, como están en el mapa vigente.",
    (
        Column("reference", "Riesgo", Text(), "Escriba un número que no se repita: R1.", 12, is_required=True, is_key=True, example="R1"),
        Column("description", "Descripción", Text(is_long=True), "Escriba el riesgo como está en el mapa.", 64, is_required=True, example="Publicar información errada"),
        Column("owner", "Quién responde", Text(), "Quién responde por el riesgo.", 26, example="Marcela Ríos"),
        Column("signal", "Señal", Choice(words.SIGNALS, RiskSignal.NONE), "Qué registros lo dejan ver.", 34, example=RiskSignal.CORRECTIONS),
    ),
    _records(lambda dossier: dossier.risks),
    _building(Risk),
)  # fmt: skip

FOLLOW_UPS = Sheet(
    "Seguimiento de riesgos",
    "Qué se encontró al revisar cada riesgo, con una fecha de este periodo.",
    (
        Column("risk", "Riesgo", Link("Riesgos"), "Elija el riesgo.", 12, is_required=True, example="R1"),
        Column("checked_on", "Revisado el", Day(), "Escriba el día en que se revisó.", 14, is_required=True, example=_day(70)),
        Column("materialised", "Se materializó", YesNo(empty=None), "Escriba sí o no.", 16, is_required=True, example=False),
        Column("controls_run", "Controles hechos", Count(), "Cuántas veces se hizo el control.", 17, example=12),
        Column("controls_planned", "Controles previstos", Count(), "Cuántas veces debía hacerse.", 19, example=12),
        Column("finding", "Qué se encontró", Text(is_long=True), "Escriba qué se revisó y qué se vio.", 54, example="Cada pieza pasó por la aprobación antes de salir."),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia, del mismo periodo.", 16),
        Column("next_action", "Qué sigue", Text(is_long=True), "Lo que se hará.", 40),
    ),
    _records(lambda dossier: dossier.follow_ups),
    _building(RiskFollowUp),
)  # fmt: skip

INCIDENTS = Sheet(
    "Incidentes",
    "Los usos indebidos de lo publicado: suplantación, alteración. Vacía quiere decir que no se registró ninguno.",
    (
        Column("reference", "Referencia", Text(), "Escriba un número que no se repita: INC-01.", 16, is_required=True, is_key=True, example="INC-01"),
        Column("happened_on", "Fecha", Day(), "Escriba el día en que pasó.", 13, is_required=True, example=_day(20)),
        Column("description", "Qué pasó", Text(is_long=True), "Escriba qué pasó y qué se hizo.", 64, is_required=True, example="Un perfil falso usó el nombre de la entidad; se denunció."),
        Column("risk", "Riesgo", Link("Riesgos"), "El riesgo al que corresponde.", 12, example="R1"),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 16),
    ),
    _records(lambda dossier: dossier.incidents),
    _building(Incident),
)  # fmt: skip

ACTIVITIES = Sheet(
    "Plan",
    "Las actividades del plan: lo planeado, lo hecho y con qué se mide.",
    (
        Column("reference", "Referencia", Text(), "Escriba un número que no se repita: PA-01.", 14, is_required=True, is_key=True, example="PA-01"),
        Column("step", "Paso", Link("Pasos"), "El paso del procedimiento al que responde.", 12, example="6.1/7"),
        Column("title", "Actividad", Text(is_long=True), "Escriba la actividad.", 54, is_required=True, example="Publicar los mensajes internos aprobados"),
        Column("unit", "Se cuenta en", Text(), "En qué se cuenta: publicaciones, mensajes, informes.", 20, example="mensajes"),
        Column("planned", "Planeado", Count(), "Cuánto se planeó para el periodo.", 12, example=36),
        Column("done", "Hecho", Count(), "Cuánto se hizo.", 12, example=37),
        Column("indicator", "Indicador", Choice(words.INDICATORS, IndicatorKind.NONE), "Elija con qué se mide.", 40, example=IndicatorKind.COMPLETION),
        Column("target", "Meta (%)", Number(), "La meta, en porcentaje: 90.", 12, example=Decimal(90)),
        Column("note", "Nota", Text(is_long=True), "Por qué no se midió, o lo que haga falta explicar.", 46),
    ),
    _records(lambda dossier: dossier.activities),
    _building(PlanActivity),
)  # fmt: skip

EVIDENCE = Sheet(
    "Evidencias",
    "Los archivos y enlaces que prueban lo registrado. No escriba rutas de un servidor interno.",
    (
        Column("reference", "Referencia", Text(), "Escriba un número que no se repita: EV-001.", 16, is_required=True, is_key=True, example="EV-001"),
        Column("title", "Qué prueba", Text(is_long=True), "Escriba qué es y qué prueba.", 52, is_required=True, example="Captura del panel de Facebook"),
        Column("file", "Archivo", Text(), "El nombre del archivo guardado.", 34, example="facebook-panel.png"),
        Column("link", "Enlace", Text(), "La dirección pública, si la tiene.", 34),
        Column("sha256", "Huella", Text(), "La huella SHA-256 del archivo; la calcula Pregón.", 30),
        Column("dated", "Fecha", Day(), "El día del archivo, o el último en que se vio el enlace.", 13, example=_day(35)),
        Column("section", "Sección", Choice(words.SECTIONS, ""), "La sección del informe en que se muestra.", 28, example="platform_statistics"),
        Column("channel", "Canal", Link("Canales"), "El canal que muestra.", 16, example="facebook"),
        Column("month", "Mes", Span(), "El mes que muestra.", 22, example=_month),
    ),
    _records(lambda dossier: dossier.evidence),
    _building(Evidence),
)  # fmt: skip

PENDING = Sheet(
    "Pendientes",
    "Lo que le falta al informe: qué es, en qué archivo llega, quién lo tiene y cuándo lo entrega.",
    (
        Column("section", "Sección", Choice(words.SECTIONS, ""), "Elija la sección a la que le falta.", 28, is_required=True, example="audience"),
        Column("what", "Qué falta", Text(is_long=True), "Escriba qué falta.", 56, is_required=True, example="Las cifras del último mes"),
        Column("file", "Archivo", Text(), "El archivo en que llega.", 34, example="meta-panel.csv"),
        Column("person", "Quién lo tiene", Text(), "El nombre de la persona.", 26, example="Marcela Ríos"),
        Column("due", "Llega el", Day(), "Cuándo lo entrega.", 13, example=_day(89)),
    ),
    _records(lambda dossier: dossier.pending),
    _building(Pending),
)  # fmt: skip

SHEETS: tuple[Sheet, ...] = (
    STEPS, SIGNATURES, OFFICES, CHANNELS, PUBLICATIONS, OBSERVATIONS, CAMPAIGNS, PRODUCTS, COMMEMORATIONS, EVENTS,
    REQUESTS, RISKS, FOLLOW_UPS, INCIDENTS, ACTIVITIES, EVIDENCE, PENDING,
)  # fmt: skip
"""Every sheet of records, in the order of the book; the form comes before them."""
