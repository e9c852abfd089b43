"""The gate: each check where it is silent, first, and where it speaks; and how the checks are found."""

from __future__ import annotations

import pytest

from pregon_web.workflow.gate.check import Draft, Reply, examine
from pregon_web.workflow.gate.registry import load_checks
from pregon_web.workflow.gate.spelling import edit_distance, find_near_misses

NAMES = (
    "Personería Municipal de Peñaclara",
    "Derechos Humanos",
    "Vigilancia Administrativa",
    "Hacienda",
    "Delegatura 1",
    "Delegatura 2",
)
SLIPS = (("Red de Beedurias", "Red de Veedurías"), ("Peña Clara", "Peñaclara"))


def draft(**fields: object) -> Draft:
    return Draft(**{"names": NAMES, "slips": SLIPS, **fields})  # type: ignore[arg-type]  # of the test's own words


def found(code: str, **fields: object) -> list[str]:
    check = next(each for each in load_checks() if each.code == code)
    return [remark.found for remark in check.check(draft(**fields))]


def image(**fields: object) -> dict[str, object]:
    return {"content_type": "image/png", "file_name": "pieza-24-enero.png", **fields}


# --- silent -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("alternative_text", image(alternative_text="Sobre fondo azul, «Estudiar es un derecho»")),
        ("alternative_text", image(alternative_text="Horarios en penaclara.gov.co")),  # ends as an address, not a file
        ("alternative_text", image(alternative_text="Foto de la alcaldesa en la plaza")),
        ("alternative_text", {"text": "Un boletín sin imagen"}),
        ("alternative_text", {"content_type": "video/mp4", "file_name": "v.mp4"}),
        ("captions", {"content_type": "video/mp4", "captions": "[música] Radique su petición."}),
        ("captions", image()),
        ("personal_data", {"text": "Llame a la línea de atención 604 372 3600"}),
        ("personal_data", {"text": "Escriba a personeria@penaclara.gov.co"}),
        ("personal_data", {"text": "Línea de atención: 318 555 01 01"}),
        ("personal_data", {"text": "El NIT es 811009017-8 y llegaron 1.234.567 personas"}),
        ("consent", image(shows_people=False, shows_minors=False)),
        ("consent", {"text": "Un boletín", "shows_people": None}),
        ("internal_addresses", {"text": "Vea https://www.penaclara.gov.co/informe"}),
        ("internal_addresses", {"text": "Según el numeral 10.1.2.3 del plan"}),
        ("names", {"text": "La Personería Municipal de Peñaclara y Derechos Humanos"}),
        ("names", {"text": "LA PERSONERÍA MUNICIPAL DE PEÑACLARA"}),
        ("names", {"text": "El derecho humano al agua; la vigilancia administrativa"}),
        ("names", {"text": "Personería Municipal de Itagüí"}),  # another town's
        ("names", {"text": "Personería de Peñaclara"}),  # a shorter form
        ("names", {"text": "Haciendo historia en la Delegatura 2"}),
        ("visual_identity", {}),
    ],
)
def test_a_check_says_nothing(code: str, fields: dict[str, object]) -> None:
    assert found(code, **fields) == []


# --- speaking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fields", "expected"),
    [
        ("alternative_text", image(), ["sin texto alternativo"]),
        ("alternative_text", image(alternative_text="  "), ["sin texto alternativo"]),
        ("alternative_text", image(alternative_text="Pieza 24 Enero"), ["nombre del archivo"]),
        ("alternative_text", image(alternative_text="IMG_2041.JPG"), ["nombre del archivo"]),
        ("alternative_text", image(alternative_text="Pieza gráfica"), ["sin descripción"]),
        ("captions", {"content_type": "video/mp4"}, ["sin subtítulos ni guion"]),
        ("personal_data", {"text": "Ana Ruiz, c. c. 43.123.456"}, ["el texto: ••.•••.•••"]),
        ("personal_data", {"alternative_text": "cel. 3185550101"}, ["el texto alternativo: ••••••••••"]),
        (
            "personal_data",
            {"captions": "a ana.ruiz@gmail.com o a ana.rico@gmail.com"},
            ["los subtítulos: a•••••••@gmail.com", "los subtítulos: a•••••••@gmail.com (2)"],
        ),
        ("consent", image(shows_people=True, shows_minors=False), ["personas"]),
        ("consent", image(shows_people=True, shows_minors=True), ["menores de edad"]),
        ("consent", {"text": "Nombra a un niño", "shows_minors": True}, ["menores de edad"]),
        ("consent", image(shows_people=None), ["no se dijo"]),
        ("internal_addresses", {"text": r"Está en \\192.168.2.6\prensa"}, [r"el texto: \\•••.•••.•.•\••••••"]),
        ("internal_addresses", {"captions": "file://srv/video.mp4"}, ["los subtítulos: ••••://•••/•••••.•••"]),
        ("names", {"text": "La Personeria Municipal de Peñaclara"}, ["el texto: Personeria Municipal de Peñaclara"]),
        ("names", {"text": "Vigilancia Adminstrativa"}, ["el texto: Vigilancia Adminstrativa"]),
        ("names", {"text": "la red de beedurias"}, ["el texto: red de beedurias"]),
        ("names", {"alternative_text": "Peña Clara"}, ["el texto alternativo: Peña Clara"]),
        ("visual_identity", {"text": "Un boletín"}, ["identidad", "lemas", "servidores"]),
    ],
)
def test_a_check_says_what_it_found(code: str, fields: dict[str, object], expected: list[str]) -> None:
    assert found(code, **fields) == expected


def test_what_is_exposed_is_never_repeated() -> None:
    told = examine(
        draft(text="c. c. 43.123.456, cel. 3185550101, ana.ruiz@gmail.com, \\\\192.168.2.6\\prensa"), load_checks()
    )
    words = " ".join(f"{remark.found} {remark.message}" for outcome in told for remark in outcome.remarks)
    assert [secret for secret in ("43.123", "318555", "ana.ruiz", "192.168", "prensa") if secret in words] == []


def test_what_settles_each_remark() -> None:
    told = examine(draft(**image(shows_people=True, shows_minors=True)), load_checks())
    assert {remark.found: remark.reply for outcome in told for remark in outcome.remarks} == {
        "sin texto alternativo": Reply.WORDS,
        "menores de edad": Reply.EVIDENCE,
        "identidad": Reply.YES,
        "lemas": Reply.YES,
        "servidores": Reply.YES,
    }


def test_what_holds_is_said_and_what_there_was_not_to_look_at_is_left_out() -> None:
    told = examine(draft(**image(alternative_text="Un niño lee", shows_people=False), text="Hoy leemos"), load_checks())
    assert [outcome.holds for outcome in told] == [
        "Tiene texto alternativo",
        "Su texto no muestra datos personales",
        "No muestra personas: no necesita autorización de imagen",
        "Su texto no muestra direcciones internas",
        "Los nombres de la entidad están bien escritos",
        "",  # of the visual identity it is always asked
    ]


def test_the_checks_are_found_by_themselves_in_their_order() -> None:
    assert [check.code for check in load_checks()] == [
        "alternative_text",
        "captions",
        "personal_data",
        "consent",
        "internal_addresses",
        "names",
        "visual_identity",
    ]


@pytest.mark.parametrize(
    ("one", "other", "most", "apart"),
    [("", "", 2, 0), ("casa", "casa", 2, 0), ("casa", "caza", 2, 1), ("casa", "casas", 2, 1), ("gato", "perro", 9, 4),
     ("gato", "perro", 2, 3), ("ab", "ba", 2, 2)],
)  # fmt: skip
def test_the_distance_between_two_spellings(one: str, other: str, most: int, apart: int) -> None:
    assert edit_distance(one, other, most) == apart
    assert edit_distance(other, one, most) == apart


def test_a_miss_is_told_once_with_the_name_it_comes_near_to() -> None:
    text = "Vigilancia Adminstrativa cita; Vigilancia Adminstrativa responde; Vigilancia  Administrativo"
    assert [(miss.written, miss.name) for miss in find_near_misses(text, NAMES)] == [
        ("Vigilancia Adminstrativa", "Vigilancia Administrativa"),
        ("Vigilancia Administrativo", "Vigilancia Administrativa"),
    ]
