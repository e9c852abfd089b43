"""Several values in one cell, and text that Excel would take for something else."""

from __future__ import annotations

import pytest

from pregon.registro.cells import escape_text, join_words, needs_apostrophe, split_words, unescape_text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((), ""),
        (("facebook",), "facebook"),
        (("facebook", "x"), "facebook; x"),
        (("a; b", "c"), '"a; b"; c'),
        (('dice "hola"',), '"dice ""hola"""'),
        ((" con espacios ", ""), '" con espacios "; ""'),
        (("dos\nlíneas",), '"dos\nlíneas"'),
    ],
)
def test_words_are_parted_as_they_were_joined(words: tuple[str, ...], text: str) -> None:
    assert join_words(words) == text
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("facebook;x", ("facebook", "x")),
        ("facebook\nx", ("facebook", "x")),
        (" facebook ; ; x ; ", ("facebook", "x")),
        ("facebook;\nsede electrónica", ("facebook", "sede electrónica")),
    ],
)
def test_words_as_people_part_them(typed: str, words: tuple[str, ...]) -> None:
    assert split_words(typed) == words


def test_an_open_quote_is_an_error() -> None:
    with pytest.raises(ValueError, match="abre comillas y no las cierra"):
        split_words('"facebook; x')


@pytest.mark.parametrize(
    ("text", "escaped"), [("a\rb", "a_x000D_b"), ("_x0041_", "_x005F_x0041_"), ("_x41_", "_x41_"), ("x005F_", "x005F_")]
)
def test_what_excel_takes_for_an_escape(text: str, escaped: str) -> None:
    assert escape_text(text) == escaped
    assert unescape_text(escaped) == text


@pytest.mark.parametrize("text", ["=a", "+57", "-", "@x", "34.811", "1/2", "6-10-2025", "12:30", " a", "'a"])
def test_text_that_excel_would_change_is_kept_exact(text: str) -> None:
    assert needs_apostrophe(text) is True


@pytest.mark.parametrize("text", ["Charla", "PUB-001", "2 eventos", "a=b", "ñ", "6.1/7 bis"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert needs_apostrophe(text) is False
