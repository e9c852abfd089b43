"""Every mistake: where it is, what is wrong, what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pregon.registro import RegistroError, check_registro, read_registro

SaidOf = Callable[..., list[str]]


def test_a_clean_registro_has_nothing_said_of_it(said_of: SaidOf) -> None:
    assert said_of({}) == []


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        pytest.param(
            {"Publicaciones!D4": "31/11/2025"},
            "Publicaciones, celda D4: «31/11/2025» no existe: noviembre tiene 30 días. "
            "Escriba una fecha real, por ejemplo 30/11/2025.",
            id="impossible date",
        ),
        pytest.param(
            {"Publicaciones!D4": "ayer"},
            "Publicaciones, celda D4: «ayer» no es una fecha. Escríbala así: 6/10/2025 o 28 de noviembre de 2025.",
            id="not a date",
        ),
        pytest.param(
            {"Publicaciones!D4": 45950},
            "Publicaciones, celda D4: «45950» no es una fecha. Escriba día, mes y año, por ejemplo 6/10/2025.",
            id="a number where a date goes",
        ),
        pytest.param(
            {"Publicaciones!D4": date(2025, 7, 4)},
            "Publicaciones, celda D4: El 4/07/2025 está fuera del periodo (1 de octubre al 31 de diciembre de 2025). "
            "Revise la fecha, o llévela al registro de su trimestre.",
            id="date outside the quarter",
        ),
        pytest.param(
            {"Publicaciones!B4": "facebok"},
            "Publicaciones, celda B4: «facebok» no está en la hoja «Canales». "
            "¿Quiso decir «facebook»? Si es nuevo, agréguelo en esa hoja.",
            id="unknown channel",
        ),
        pytest.param(
            {"Publicaciones!F5": "navidad"},
            "Publicaciones, celda F5: «navidad» no está en la hoja «Campañas». "
            "Agréguelo en esa hoja o escriba uno que ya esté.",
            id="unknown campaign",
        ),
        pytest.param(
            {"Eventos!D4": "Derecho Humano"},
            "Eventos, celda D4: «Derecho Humano» no está en la hoja «Dependencias». "
            "¿Quiso decir «Derechos Humanos»? Si es nuevo, agréguelo en esa hoja.",
            id="unknown office",
        ),
        pytest.param(
            {"Publicaciones!C4": "Publicasión"},
            "Publicaciones, celda C4: «Publicasión» no está en la lista. ¿Quiso decir «Publicación»?",
            id="not in the list, with a near one",
        ),
        pytest.param(
            {"Solicitudes!B4": "ajkr"},
            "Solicitudes, celda B4: «ajkr» no está en la lista. Escriba una de estas: «Diseño», «Acompañamiento», "
            "«Noticia», «Video», «Publicación», «Fondo de pantalla», «Otra».",
            id="not in the list, with none near",
        ),
        pytest.param(
            {"Publicaciones!E4": None},
            "Publicaciones, celda E4: Falta «Título». Escriba de qué trata, en una línea.",
            id="required cell empty",
        ),
        pytest.param(
            {"Publicaciones!A5": "PUB-1"},
            "Publicaciones, celda A5: «PUB-1» ya está en la fila 4. Use otra, o borre la fila que sobra.",
            id="repeated reference",
        ),
        pytest.param(
            {"Publicaciones!A5": " pub-1"},
            "Publicaciones, celda A5: «pub-1» ya está en la fila 4. Use otra, o borre la fila que sobra.",
            id="repeated but for spaces and capitals",
        ),
        pytest.param(
            {"Publicaciones!H4": date(2025, 10, 1)},
            "Publicaciones, celda H4: Se corrigió el 1/10/2025 y se publicó el 6/10/2025. "
            "Revise cuál de las dos fechas está mal.",
            id="corrected before it was published",
        ),
        pytest.param(
            {"Mediciones!E4": "2.1oo"},
            "Mediciones, celda E4: «2.1oo» tiene letras. Escriba solo números, por ejemplo 2.100.",
            id="a number with letters",
        ),
        pytest.param(
            {"Mediciones!E4": "34,811"},
            "Mediciones, celda E4: ¿«34,811» es treinta y cuatro mil ochocientos once, o treinta y cuatro con "
            "decimales? Si son miles, escriba 34811. Si son decimales, escriba 0,001 en «Redondeada a».",
            id="ambiguous text",
        ),
        pytest.param(
            {"Mediciones!E4": 34.811},
            "Mediciones, celda E4: ¿«34,811» es treinta y cuatro mil ochocientos once, o treinta y cuatro con "
            "decimales? Si son miles, escriba 34811. Si son decimales, escriba 0,001 en «Redondeada a».",
            id="thousands typed in an English Excel",
        ),
        pytest.param(
            {"Mediciones!E4": 2.1},
            "Mediciones, celda E4: ¿«2,1» es dos mil cien, o dos con decimales? "
            "Si son miles, escriba 2100. Si son decimales, escriba 0,1 en «Redondeada a».",
            id="thousands that lost their zeros",
        ),
        pytest.param(
            {"Mediciones!E4": -5},
            "Mediciones, celda E4: Visitas no puede ser −5. Escriba 0 o más; si no la tiene, diga «sin dato».",
            id="negative figure",
        ),
        pytest.param(
            {"Mediciones!E4": None},
            "Mediciones, celda E4: Dice «valor» y no hay cifra. Escriba la cifra, o cambie el estado a «sin dato».",
            id="value without figure",
        ),
        pytest.param(
            {"Mediciones!D4": None, "Mediciones!E4": None},
            "Mediciones, celda E4: No hay cifra y no se dice por qué. "
            "Escriba la cifra, o en «Estado» diga «sin dato» o «no aplica».",
            id="neither status nor figure",
        ),
        pytest.param(
            {"Mediciones!E6": 5700},
            "Mediciones, celda D6: Dice «sin dato» y hay una cifra. Borre la cifra, o cambie el estado a «valor».",
            id="no data with figure",
        ),
        pytest.param(
            {"Mediciones!E4": "no aplica"},
            "Mediciones, celda E4: El estado y la cifra dicen cosas distintas. Deje solo uno de los dos.",
            id="two statuses",
        ),
        pytest.param(
            {"Mediciones!C4": "enero de 2026"},
            "Mediciones, celda C4: «enero de 2026» está fuera del periodo (1 de octubre al 31 de diciembre de 2025). "
            "Escriba un mes de este periodo.",
            id="measurement of another quarter",
        ),
        pytest.param(
            {"Mediciones!C4": "octubrre"},
            "Mediciones, celda C4: «octubrre» no es un mes ni un trimestre. "
            "Escríbalo así: «octubre de 2025» o «2025-T4».",
            id="not a month",
        ),
        pytest.param(
            {"Mediciones!A5": "Visitas", "Mediciones!B5": "sede"},
            "Mediciones, celda A5: «Visitas · sede · octubre de 2025» ya está en la fila 4. Déjela en una sola.",
            id="the same measurement twice",
        ),
        pytest.param(
            {"Eventos!F4": -3},
            "Eventos, celda F4: «-3» es menos que cero. Escriba cuántos fueron: 0 o más. Vacía si no se sabe.",
            id="negative count",
        ),
        pytest.param(
            {"Eventos!F4": 4.5},
            "Eventos, celda F4: «4,5» tiene decimales y aquí se cuenta. Escriba un número entero, por ejemplo 45.",
            id="half a person",
        ),
        pytest.param(
            {"Eventos!F4": "No aplica"},
            "Eventos, celda F4: Aquí no cabe «no aplica». Escriba el número, o deje la celda vacía si no lo sabe.",
            id="not applicable attendance",
        ),
        pytest.param(
            {"Eventos!F4": 75},
            "Eventos, celda F4: Asistieron 75 y se convocó a 60. Puede ser; revise que no estén cambiados.",
            id="more attended than called",
        ),
        pytest.param(
            {"Campañas!H4": None},
            "Campañas, celda H4: Tiene solo una de sus dos fechas. Escriba las dos, o ninguna si corre todo el año.",
            id="campaign with one date",
        ),
        pytest.param(
            {"Campañas!G4": date(2025, 7, 1), "Campañas!H4": date(2025, 7, 31)},
            "Campañas, celda G4: Corrió del 1/07/2025 al 31/07/2025, fuera del periodo "
            "(1 de octubre al 31 de diciembre de 2025). Revise las fechas, o regístrela en su trimestre.",
            id="campaign of another quarter",
        ),
        pytest.param(
            {"Solicitudes!F4": date(2025, 10, 1)},
            "Solicitudes, celda F4: Se acordó para el 1/10/2025 y se pidió el 2/10/2025. "
            "Revise cuál de las dos está mal.",
            id="due before it was asked",
        ),
        pytest.param(
            {"Solicitudes!H4": date(2025, 10, 1)},
            "Solicitudes, celda H4: Se aprobó el 1/10/2025 y se pidió el 2/10/2025. Revise cuál de las dos está mal.",
            id="approved before it was asked",
        ),
        pytest.param(
            {"Solicitudes!K5": date(2025, 11, 3)},
            "Solicitudes, celda K5: Se canceló el 3/11/2025 y se pidió el 4/11/2025. Revise cuál de las dos está mal.",
            id="cancelled before it was asked",
        ),
        pytest.param(
            {"Solicitudes!K4": date(2025, 10, 8)},
            "Solicitudes, celda K4: Tiene fecha de entrega y fecha de cancelación. "
            "Puede ser; si no, borre la que sobra.",
            id="delivered and cancelled",
        ),
        pytest.param(
            {"Solicitudes!I4": "PUB-7"},
            "Solicitudes, celda I4: «PUB-7» no está en la hoja «Publicaciones». "
            "Puede ser de otro trimestre; revise que esté bien escrita.",
            id="a publication of another quarter",
        ),
        pytest.param(
            {"Solicitudes!J4": "varias"},
            "Solicitudes, celda J4: «varias» tiene letras. Escriba solo números, por ejemplo 2.100.",
            id="times returned in words",
        ),
        pytest.param(
            {"Seguimiento de riesgos!I4": 4},
            "Seguimiento de riesgos, celda I4: No hay línea de defensa 4. Escriba 1, 2 o 3; vacía si no se sabe.",
            id="a fourth line of defence",
        ),
        pytest.param(
            {"Seguimiento de riesgos!C4": "Sí"},
            "Seguimiento de riesgos, celda J4: Dice por qué no se materializó y también que sí se materializó. "
            "Borre uno de los dos.",
            id="explains what it does not say",
        ),
        pytest.param(
            {"Cierres locales!A4": None},
            "Cierres locales, celda A4: Falta «Motivo». Escriba por qué: día cívico, jornada compensada.",
            id="a closure without its reason",
        ),
        pytest.param(
            {"Cierres locales!A5": "Otra", "Cierres locales!B5": date(2025, 12, 26)},
            "Cierres locales, celda B5: «26/12/2025» ya está en la fila 4. Use otra, o borre la fila que sobra.",
            id="the same closure twice",
        ),
        pytest.param(
            {"Seguimiento de riesgos!B4": date(2025, 7, 4)},
            "Seguimiento de riesgos, celda B4: El 4/07/2025 está fuera del periodo "
            "(1 de octubre de 2025 al 7 de enero de 2026). Revise la fecha, o llévela al registro de su trimestre.",
            id="stale risk follow-up",
        ),
        pytest.param(
            {"Seguimiento de riesgos!C4": None},
            "Seguimiento de riesgos, celda C4: Falta «Se materializó». Escriba sí o no.",
            id="a follow-up that does not say",
        ),
        pytest.param(
            {"Evidencias!G4": "\\\\10.0.0.5\\comunicaciones\\panel.png"},
            "Evidencias, celda G4: Es la dirección de un servidor interno. "
            "Ponga el nombre del archivo, o un enlace que cualquiera pueda abrir.",
            id="address of an internal server",
        ),
        pytest.param(
            {"Plan!H4": "=1/0"},
            "Plan, celda H4: Tiene una fórmula sin resultado. "
            "Abra el libro en Excel y guárdelo, o escriba aquí el valor.",
            id="formula never computed",
        ),
        pytest.param(
            {"Plan!H4": "#N/A"},
            "Plan, celda H4: Tiene el error «#N/A» de una fórmula. Escriba aquí el valor.",
            id="formula that failed",
        ),
        pytest.param(
            {"Publicaciones!D3": "Fechas"},
            "Publicaciones, celda D3: El título dice «Fechas» y se esperaba «Fecha». Escriba «Fecha».",
            id="renamed header",
        ),
        pytest.param(
            {"Publicaciones!J3": None},
            "Hoja Publicaciones: Falta la columna «Enlace». Escríbala en la fila 3, al final.",
            id="missing header",
        ),
        pytest.param(
            {"Publicaciones!J3": "Título"},
            "Publicaciones, celda J3: La columna «Título» está dos veces. Borre la que sobra.",
            id="the same header twice",
        ),
        pytest.param(
            {"Institución!B4": None},
            "Institución, celda B4: Falta «Nombre de la entidad». Escriba el nombre completo de la entidad.",
            id="no institution",
        ),
        pytest.param(
            {"Institución!B10": "7/01/2026"},
            "Institución, celda B10: «7/01/2026» no dice la hora. Escríbala después de la fecha: 7/01/2026 17:00.",
            id="cut-off without its hour",
        ),
        pytest.param(
            {"Institución!A5": "Algo"},
            "Hoja Institución: Falta la línea «Proceso». Escríbala en la columna A, con su respuesta al lado.",
            id="missing line of the form",
        ),
    ],
)
def test_each_mistake_says_where_what_and_how(said_of: SaidOf, cells: dict[str, object], sentence: str) -> None:
    assert sentence in said_of(cells)


def test_mistakes_come_in_the_order_of_the_book(spoil: Callable[..., Path]) -> None:
    def change(book: Workbook) -> None:
        book["Eventos"]["F4"] = "muchos"
        book["Publicaciones"]["E5"] = None
        book["Publicaciones"]["B5"] = "radio"
        book["Publicaciones"]["D4"] = "31/11/2025"

    places = [(mistake.sheet, mistake.cell) for mistake in check_registro(spoil(change))]
    assert places == [("Publicaciones", "D4"), ("Publicaciones", "B5"), ("Publicaciones", "E5"), ("Eventos", "F4")]


def test_one_mistake_does_not_bring_others(said_of: SaidOf) -> None:
    """A publication that cannot be read is still there for the commemoration that names it."""
    assert len(said_of({"Publicaciones!D4": "31/11/2025"})) == 1


def test_a_mistake_stops_the_reading_and_tells_all(spoil: Callable[..., Path]) -> None:
    def change(book: Workbook) -> None:
        book["Publicaciones"]["E5"] = None
        book["Eventos"]["F4"] = "muchos"

    path = spoil(change)
    with pytest.raises(RegistroError) as caught:
        read_registro(path)
    assert [mistake.cell for mistake in caught.value.mistakes] == ["E5", "F4"]
    assert str(caught.value) == (
        "«registro.xlsx» tiene 2 errores. El primero: "
        "Publicaciones, celda E5: Falta «Título». Escriba de qué trata, en una línea."
    )


def test_a_remark_does_not_stop_the_reading(spoil: Callable[..., Path]) -> None:
    def change(book: Workbook) -> None:
        book["Eventos"]["F4"] = 75

    path = spoil(change)
    assert [mistake.is_remark for mistake in check_registro(path)] == [True]
    assert read_registro(path).events[0].attended == 75


def test_a_missing_sheet_is_told_with_the_one_renamed(spoil: Callable[..., Path]) -> None:
    def change(book: Workbook) -> None:
        book["Efemérides"].title = "Efemeride"
        del book["Incidentes"]

    assert [str(mistake) for mistake in check_registro(spoil(change))] == [
        "Hoja Efemérides: No está en el libro. Cambie el nombre de la hoja «Efemeride» por «Efemérides».",
        (
            "Hoja Incidentes: No está en el libro. "
            "Cópiela de un registro nuevo; si no hay nada que anotar en «Incidentes», déjela vacía."
        ),
    ]


def test_a_date_that_its_own_link_denies_is_remarked(said_of: SaidOf) -> None:
    """1976000000000000000 of X is 8 October 2025, 14:01 in Colombia."""
    link = {"Publicaciones!J4": "https://x.com/perso/status/1976000000000000000"}
    (said,) = said_of(link)
    assert said == (
        "Publicaciones, celda D4: Dice el 6/10/2025 y el enlace prueba que salió el 8/10/2025 a las 14:01. "
        "Escriba la fecha del enlace, o corrija el enlace."
    )
    assert said_of({**link, "Publicaciones!D4": date(2025, 10, 8)}) == []
