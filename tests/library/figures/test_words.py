import pytest

from pregon.figures.spanish import fold, join_words, month_name, ordinal


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  ESPECTADORES  ", "espectadores"),
        ("Sede\u00a0Electrónica", "sede electronica"),
        ("difu\u00adsión\u202finterna", "difusion interna"),
        ("o\ufb01cina", "oficina"),  # the ligature that PDF files hold
        ("\u200eAÑO\ufeff", "ano"),
        ("Itagu\u0308i\u0301", "itagui"),
        ("a\r\n\tb", "a b"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["X"], "X"),
        (["Facebook", "Instagram"], "Facebook e Instagram"),
        (["Instagram", "Facebook", "X"], "Instagram, Facebook y X"),
        (["noticias", "historias"], "noticias e historias"),
        (["agua", "hielo"], "agua y hielo"),
        (["ética", "«Informarse es un derecho»"], "ética e «Informarse es un derecho»"),
        (["uno", "iones"], "uno y iones"),
    ],
)
def test_joining_words(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


@pytest.mark.parametrize(
    ("number", "masculine", "feminine", "before_noun"),
    [
        (1, "primero", "primera", "primer"),
        (2, "segundo", "segunda", "segundo"),
        (3, "tercero", "tercera", "tercer"),
        (4, "cuarto", "cuarta", "cuarto"),
        (10, "décimo", "décima", "décimo"),
        (11, "undécimo", "undécima", "undécimo"),
        (13, "decimotercero", "decimotercera", "decimotercer"),
        (21, "vigésimo primero", "vigésima primera", "vigésimo primer"),
        (100, "100.º", "100.ª", "100.º"),
    ],
)
def test_ordinals(number: int, masculine: str, feminine: str, before_noun: str) -> None:
    assert ordinal(number) == masculine
    assert ordinal(number, feminine=True) == feminine
    assert ordinal(number, before_noun=True) == before_noun


def test_there_is_no_ordinal_below_one() -> None:
    with pytest.raises(ValueError, match=r"^No hay ordinal de 0\."):
        ordinal(0)


def test_months() -> None:
    assert month_name(10) == "octubre"
    assert [month_name(month, short=True) for month in (1, 9, 12)] == ["ene", "sep", "dic"]
    with pytest.raises(ValueError, match=r"^No hay mes 13\. Escriba un mes de 1 a 12\.$"):
        month_name(13)
