import pytest

from pregon.figures.spanish import print_words


@pytest.mark.parametrize(
    ("number", "masculine", "feminine"),
    [
        (0, "cero", "cero"),
        (1, "uno", "una"),
        (16, "dieciséis", "dieciséis"),
        (21, "veintiuno", "veintiuna"),
        (31, "treinta y uno", "treinta y una"),
        (100, "cien", "cien"),
        (101, "ciento uno", "ciento una"),
        (273, "doscientos setenta y tres", "doscientas setenta y tres"),
        (500, "quinientos", "quinientas"),
        (1000, "mil", "mil"),
        (1001, "mil uno", "mil una"),
        (21_000, "veintiún mil", "veintiún mil"),
        (31_021, "treinta y un mil veintiuno", "treinta y un mil veintiuna"),
        (34_811, "treinta y cuatro mil ochocientos once", "treinta y cuatro mil ochocientas once"),
        (200_200, "doscientos mil doscientos", "doscientas mil doscientas"),
        (1_000_000, "un millón", "un millón"),
        (1_200_000, "un millón doscientos mil", "un millón doscientas mil"),
        (700_000_001, "setecientos millones uno", "setecientos millones una"),
    ],
)
def test_writing_in_words(number: int, masculine: str, feminine: str) -> None:
    assert print_words(number) == masculine
    assert print_words(number, feminine=True) == feminine


def test_one_is_shortened_before_a_masculine_noun() -> None:
    assert print_words(21, before_noun=True) == "veintiún"
    assert print_words(101, before_noun=True) == "ciento un"
    assert print_words(21, feminine=True, before_noun=True) == "veintiuna"


@pytest.mark.parametrize("number", [-1, 1_000_000_000])
def test_numbers_out_of_range_stay_in_figures(number: int) -> None:
    with pytest.raises(ValueError, match=r"no se escribe en palabras\. Escríbalo en cifras\.$"):
        print_words(number)
