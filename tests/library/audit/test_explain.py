"""The cheapest explanation of a wrong figure."""

from decimal import Decimal

import pytest

from pregon.audit.explain import explain_figure

MONTHS = [("octubre", Decimal(10)), ("noviembre", Decimal(13)), ("diciembre", Decimal(14))]


@pytest.mark.parametrize(
    ("stated", "right", "told"),
    [
        (10, 37, "10 es solo octubre."),
        (24, 37, "Falta sumar noviembre (13)."),
        (51, 37, "La cifra de diciembre (14) parece sumada dos veces."),
        (370, 37, "Parece que sobra un cero."),
        (36, 37, ""),
        (35, 37, ""),
    ],
)
def test_one_slip(stated: int, right: int, told: str) -> None:
    assert explain_figure(Decimal(stated), Decimal(right), parts=MONTHS) == told


@pytest.mark.parametrize(
    ("stated", "right", "told"),
    [
        (179, 90, "179 = 90 de X + 89 de Instagram."),
        (89, 90, "89 es la cifra de Instagram."),
        (94196, 94916, "Dos cifras vecinas están cambiadas de orden."),
        (9, 90, "Parece que falta un cero."),
        (34, 34811, ""),
        (34811000, 34811, "Parece que se perdió el punto de miles, o que sobra."),
        (34311, 34811, "Solo cambia un dígito: puede ser un error al digitar."),
    ],
)
def test_slips_with_a_neighbour(stated: int, right: int, told: str) -> None:
    neighbours = [("Instagram", Decimal(89))]
    assert explain_figure(Decimal(stated), Decimal(right), own="X", neighbours=neighbours) == told
