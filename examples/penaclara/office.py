"""What does not change from quarter to quarter: the institution, its offices, people, channels, risks and evidence."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Final

from pregon.records.organisation import Channel, Institution, Office, Platform, ProcedureStep
from pregon.records.risk import Risk, RiskSignal

COLOMBIA: Final = timezone(timedelta(hours=-5))
_WORKING_SECONDS: Final = 9 * 3600
_INSTAGRAM_EPOCH: Final = 1_314_220_021_721
_X_EPOCH: Final = 1_288_834_974_657
"""Milliseconds of Unix from which each network counts the instant inside its identifiers."""
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

MARCELA, ANDRES, LUZ_DARY, BEATRIZ = "Marcela Ríos", "Andrés Tobón", "Luz Dary Cano", "Beatriz Upegui"
NATALIA, CARLOS, SANDRA = "Natalia Ochoa", "Carlos Gil", "Sandra Yepes"

HUMAN_RIGHTS, ENVIRONMENT, OVERSIGHT = "Derechos Humanos", "Colectivos y Ambiente", "Vigilancia Administrativa"
CRIMINAL, SECRETARY, HEAD, CONTROL = (
    "Penal y Familia",
    "Secretaría General",
    "Despacho de la Personera",
    "Control Interno",
)

INSTITUTION = Institution(
    "Personería Municipal de Peñaclara",
    "Gestión de las Comunicaciones",
    "Peñaclara",
    (
        Office(HEAD, ("Despacho",)),
        Office(SECRETARY),
        Office(HUMAN_RIGHTS, ("Delegatura para los Derechos Humanos", "DDHH")),
        Office(ENVIRONMENT, ("Delegatura para los Derechos Colectivos y del Ambiente",)),
        Office(OVERSIGHT, ("Delegatura para la Vigilancia Administrativa",)),
        Office(CRIMINAL, ("Delegatura Penal y Familia",)),
        Office(CONTROL, ("Oficina de Control Interno",)),
    ),
)
CHANNELS = (
    Channel("sede", "Sede electrónica", Platform.WEBSITE),
    Channel("whatsapp", "WhatsApp", Platform.WHATSAPP, is_internal=True),
    Channel("fondos", "Fondos de pantalla", Platform.WALLPAPER, is_internal=True),
    Channel("facebook", "Facebook", Platform.FACEBOOK),
    Channel("instagram", "Instagram", Platform.INSTAGRAM),
    Channel("x", "X", Platform.X),
)
NETWORKS = ("facebook", "instagram", "x")

PROCEDURE = "Procedimiento para la Gestión de las Comunicaciones"
STEPS = (
    ProcedureStep("6.1/7", "Hacer seguimiento al plan estratégico de comunicaciones"),
    ProcedureStep("6.2/6", "Evaluar la eficacia y la oportunidad de las comunicaciones internas"),
    ProcedureStep("6.3/9", "Evaluar la eficacia de las comunicaciones externas"),
)
RISKS = (
    Risk(
        "R1",
        "Posibilidad de publicar información errada en los canales internos o externos de la entidad.",
        MARCELA,
        RiskSignal.CORRECTIONS,
        "Alto",
        "Moderado",
    ),
    Risk(
        "R2",
        "Posibilidad de retrasos en la publicación de la información interna y externa.",
        ANDRES,
        RiskSignal.LATE_DELIVERIES,
        "Alto",
        "Moderado",
    ),
    Risk(
        "R3",
        "Posibilidad de uso indebido, por terceros, de la información publicada en redes.",
        CARLOS,
        RiskSignal.MISUSE,
        "Moderado",
        "Moderado",
    ),
)


def fingerprint(file: str) -> str:
    """The SHA-256 of the invented content of a file: the same on every machine."""
    return sha256(f"Personería Municipal de Peñaclara\n{file}\n".encode()).hexdigest()


def published_at(channel: str, key: str, day: date) -> datetime:
    """The invented instant at which a piece went out: within office hours of its day, in Colombia."""
    digest = sha256(f"{channel}/{key}".encode()).digest()
    seconds = int.from_bytes(digest[-8:], "big") % _WORKING_SECONDS
    return datetime(day.year, day.month, day.day, 8, tzinfo=COLOMBIA) + timedelta(seconds=seconds)


def permalink(channel: str, key: str, title: str, day: date) -> str:
    """An invented address of the shape that each platform gives its own, with the instant where it writes it."""
    number = int(sha256(f"{channel}/{key}".encode()).hexdigest()[:16], 16)
    milliseconds = round(published_at(channel, key, day).timestamp() * 1000)
    match channel:
        case "facebook":
            return f"https://www.facebook.com/personeriapenaclara/posts/{10**14 + number % (9 * 10**14)}"
        case "instagram":
            identifier = (milliseconds - _INSTAGRAM_EPOCH) << 23 | number % 2**23
            return f"https://www.instagram.com/p/{_in_base_64(identifier)}/"
        case "x":
            return f"https://x.com/persopenaclara/status/{(milliseconds - _X_EPOCH) << 22 | number % 2**22}"
        case "sede":
            plain = title.casefold().translate(str.maketrans("áéíóúñü", "aeiounu", "«»¿?:,.;"))
            return "https://www.personeriapenaclara.gov.co/noticias/" + "-".join(plain.split()[:8])
        case _:
            return ""


def _in_base_64(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number, 64)
        letters = _ALPHABET[place] + letters
    return letters
