"""What the numbers of a sentence are about."""

import pytest

from pregon.claims.claim import Scope, move_claim
from pregon.claims.sentences import claims_of_text
from pregon.claims.timeline import Timeline
from pregon.document.location import Location, LocationKind
from pregon.figures.period import Period

TIMELINE = Timeline((), Period.quarter(2025, 4), 2025)


def _claims(text: str, around: str = "") -> list[str]:
    """Each claim as «figure entity measure period scope», with «-» for what is not said."""
    place = Location(LocationKind.PARAGRAPH, text=text)
    found = claims_of_text(text, place, TIMELINE, around=around)
    return [
        f"{claim.text} {about.entity or '-'} {about.measure or '-'} {about.period} {claim.scope.value}"
        for claim, about in ((claim, claim.subject) for claim in found)
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("X(Twitter): 179 publicaciones", ["179 x posts 2025-T4 whole"]),
        ("Sede Electrónica: 6 noticias", ["6 website news 2025-T4 whole"]),
        (
            "X: octubre 46 publicaciones; Canal Joven: octubre 3 publicaciones; Total: octubre 49 publicaciones.",
            [
                "46 x posts 2025-10 whole",
                "3 ~canal joven posts 2025-10 whole",
                "49 x posts 2025-10 whole",
            ],
        ),
        (
            "En el tercer trimestre del año 2025 hubo 273 publicaciones en redes sociales y 3 de sede electrónica:",
            ["273 networks posts 2025-T3 whole", "3 website news 2025-T3 whole"],
        ),
        (
            "Hizo 273 publicaciones en redes sociales: 94 en Facebook, 89 en Instagram y 90 en X. Octubre reunió 134.",
            [
                "273 networks posts 2025-T4 whole",
                "94 facebook posts 2025-T4 whole",
                "89 instagram posts 2025-T4 whole",
                "90 x posts 2025-T4 whole",
                "134 networks posts 2025-10 whole",
            ],
        ),
        (
            "Facebook: octubre 44, noviembre 24 publicaciones; X: octubre 46, noviembre 19 publicaciones.",
            [
                "44 facebook posts 2025-10 whole",
                "24 facebook posts 2025-11 whole",
                "46 x posts 2025-10 whole",
                "19 x posts 2025-11 whole",
            ],
        ),
        (
            "La sede electrónica recibió 94.196 visitas y publicó 6 noticias. El mes mayor fue octubre, con 34.811.",
            [
                "94.196 website visits 2025-T4 whole",
                "6 website news 2025-T4 whole",
                "34.811 website visits 2025-10 whole",
            ],
        ),
        ("Campañas realizadas en el trimestre: 6", ["6 - campaigns 2025-T4 whole"]),
        (
            "Se hicieron doscientas setenta y tres publicaciones en Facebook",
            ["doscientas setenta y tres facebook posts 2025-T4 whole"],
        ),
        ("279 publicaciones externas", ["279 ~externa posts 2025-T4 whole"]),
        (
            "Productos: 5 Post informativos, 5 fondos de pantalla",
            ["5 ~informativo posts 2025-T4 part", "5 - wallpapers 2025-T4 part"],
        ),
        ("La participación promedio fue de 65 personas por evento", ["65 - attendees 2025-T4 mean"]),
        ("El evento con mayor asistencia fue la Final, con 232 participantes", ["232 - attendees 2025-T4 extreme"]),
        (
            "Tres eventos sin acta y 12 más que en julio",
            ["Tres - events 2025-T4 other", "12 - events 2025-07 other"],
        ),
        ("Más de 80 publicaciones en Facebook", ["80 facebook posts 2025-T4 bound"]),
        ("Con 61 asistentes de 80 convocados", ["61 - attendees 2025-T4 other", "80 - called 2025-T4 whole"]),
    ],
)
def test_what_a_number_is_about(text: str, claims: list[str]) -> None:
    assert _claims(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "La Ley 2460 de 2025, el Decreto 1122 de 2024 y la Sentencia T-095 de 2025",
        "6.1 Elaboración del plan / Actividad 7 Realizar seguimiento",
        r"\\192.168.2.6\comunicaciones\2025\2. PLANEACIÓN\4 INFORMES",
        "GC-INF-02, versión 3; evidencia EV-2025-041; huella 9f86d081884c7d65; corte a las 17:00",
        "El 6/10/2025 y del 9 al 15 de diciembre de 2025, en el cuarto trimestre de 2025",
        "Comunicaciones 2025",
        "1. CANTIDAD DE PUBLICACIONES",
        "https://example.org/2025/10/44",
        "Riesgo 2",
        "Llámenos al 604 385 5555, extensión 102, o al 300 123 45 67",
        "La comuna 4 y el grupo 3, en la semana 12",
        "Boletín n.º 45",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert _claims(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("En el canal 120 videos se vieron", ["120"]),
        ("La comuna 4 tuvo 3 eventos", ["3"]),
        ("Semana 2: 14", ["14"]),
        ("El objetivo 3,5 %", ["3,5 %"]),
        ("Nivel 50 %", ["50 %"]),
        ("El grupo 1.250", ["1.250"]),
    ],
)
def test_a_number_that_names_a_thing_is_told_from_one_that_counts(text: str, figures: list[str]) -> None:
    assert [claim.split(" -")[0] for claim in _claims(text)] == figures


def test_what_heads_a_text_names_its_entity() -> None:
    text = "Visualizaciones: octubre 208.800, noviembre 66.800, diciembre sin dato visualizaciones."
    assert _claims(text, "Visualizaciones en Facebook por mes") == [
        "208.800 facebook views 2025-10 whole",
        "66.800 facebook views 2025-11 whole",
    ]


def test_an_imposed_scope() -> None:
    place = Location(LocationKind.CELL)
    (claim,) = claims_of_text("3 fondos de pantalla", place, TIMELINE, scope=Scope.OTHER)
    assert (claim.scope, claim.text) == (Scope.OTHER, "3")


def test_the_claim_of_a_text_moved_to_where_it_stands_again() -> None:
    (claim,) = claims_of_text("hubo 3 fondos de pantalla", Location(LocationKind.CELL, table=1, row=2), TIMELINE)
    place = Location(LocationKind.CELL, table=4, row=5, row_label="Total", text="hubo 3 fondos de pantalla")
    moved = move_claim(claim, place, 7, 2)
    assert (moved.number, moved.passage, moved.text) == (7, 2, "3")
    assert moved.location == place._replace(start=5, end=6)
    assert moved == claim._replace(number=7, passage=2, location=moved.location)
