"""Whether a follow-up's words were carried over from an earlier quarter."""

from __future__ import annotations

import pytest

from pregon_web.risks.copying import find_copied

BEFORE = "Durante el segundo trimestre se revisaron las 36 piezas publicadas y ninguna tuvo que corregirse."


@pytest.mark.parametrize(
    "text",
    [
        BEFORE,
        "  durante el SEGUNDO trimestre se revisaron las 36 piezas publicadas,\ny ninguna tuvo que corregirse ",
        "Durante el tercer trimestre se revisaron las 41 piezas publicadas y ninguna tuvo que corregirse.",
        "Durante el cuarto trimestre se revisaron las 36 piezas publicadas y ninguna hubo que corregirse.",
    ],
)
def test_the_same_words_are_a_copy_whatever_their_signs_quarter_or_figures(text: str) -> None:
    assert find_copied(text, ["Otra cosa que se dijo antes de aquello", BEFORE]) == BEFORE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sin novedad.",
        "Se revisaron las 41 piezas del tercer trimestre. Dos se corrigieron: la del 4 y la del 19 de agosto.",
        "Se miraron las aprobaciones de cada pieza en Pregón y lo que respondió la ciudadanía en Facebook.",
    ],
)
def test_words_of_its_own_are_no_copy(text: str) -> None:
    assert find_copied(text, [BEFORE, "Sin novedad.", ""]) is None
