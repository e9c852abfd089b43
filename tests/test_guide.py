"""What the guide of the office says is on the screen is there: its pictures, its pages, the names of its buttons."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guia"
PICTURES = GUIDE / "imagenes"
MOST_BYTES = 150_000
MOST_WORDS = 26  # of a sentence that is read once
MADE_BY = ("test_walk.py", "test_request_walk.py", "test_guide_pictures.py")
SHOWN = re.compile(r"!\[([^\]]*)\]\(imagenes/([^)]+)\)|<img src=\"imagenes/([^\"]+)\" alt=\"([^\"]*)\"")
ON_SCREEN = re.compile(r"\*\*«([^»]+)»\*\*")
MARKUP = re.compile(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def pages() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(GUIDE.glob("*.md"))}


def shown_in(text: str) -> list[tuple[str, str]]:
    """Each picture of a page: its file and what it says to who cannot see it."""
    return [(plain or framed, alt or told) for alt, plain, framed, told in SHOWN.findall(text)]


@cache
def words_on_screen() -> frozenset[str]:
    """Every whole piece of text that a page of the office can show: of its templates, and of what views hand them."""
    office = ROOT / "src" / "pregon_web"
    pieces = {
        " ".join(piece.split())
        for path in office.glob("**/templates/**/*.html")
        for piece in MARKUP.split(path.read_text(encoding="utf-8"))
    }
    for path in office.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces |= {
            each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)
        }
    return frozenset(pieces - {""})


def test_every_picture_of_the_guide_is_there_and_every_one_kept_is_shown() -> None:
    shown = {name for text in pages().values() for name, _ in shown_in(text)}
    assert shown, "no page shows a picture: the search is broken"
    assert shown == {path.name for path in PICTURES.iterdir()}


def test_every_picture_says_what_it_shows() -> None:
    mute = [(page, name) for page, text in pages().items() for name, told in shown_in(text) if len(told.split()) < 3]
    assert mute == []


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_is_small_and_as_wide_as_its_name_says(path: Path) -> None:
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as picture:
        assert picture.width == int(path.stem.rpartition("-")[2])


def test_every_picture_is_made_by_a_browser_test() -> None:
    tests = "".join((ROOT / "tests" / "web" / name).read_text(encoding="utf-8") for name in MADE_BY)
    looked = set(re.findall(r"\.(?:look|see)\(\"([a-z-]+)\"", tests))
    made = {path.name: re.sub(r"^guia-|-\d+\.png$", "", path.name) in looked for path in PICTURES.iterdir()}
    assert [name for name, is_made in made.items() if not is_made] == []


def test_make_pictures_runs_the_tests_that_make_them() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^pictures:", makefile, re.MULTILINE)
    assert [name for name in MADE_BY if f"tests/web/{name}" not in makefile] == []


def test_the_index_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\(([a-z-]+\.md)\)", pages()["README.md"]))
    assert set(pages()) - linked == {"README.md"}


def test_what_the_guide_tells_people_to_choose_is_on_the_screen() -> None:
    named = [(page, name) for page, text in pages().items() for name in ON_SCREEN.findall(text)]
    assert len(named) > len(pages()), "the pages name no buttons: the search is broken"
    assert [(page, name) for page, name in named if name not in words_on_screen()] == []


@pytest.mark.parametrize("name", ["Aceptar", "Cerrar el trimestre ya", "Guardar todo"])
def test_what_is_not_on_the_screen_is_noticed(name: str) -> None:
    assert name not in words_on_screen()


def test_a_sentence_of_the_guide_is_short_enough_to_be_read_once() -> None:
    long = []
    for page, text in pages().items():
        if page == "importar.md":  # it names the menus of the platforms, word for word
            continue
        prose = " ".join(line for line in text.splitlines() if not line.startswith(("|", "```", "<img", "![", "#")))
        prose = re.sub(r"\]\([^)]*\)", "]", prose)
        long += [
            (page, sentence) for sentence in re.split(r"(?<=[.:;])\s+", prose) if len(sentence.split()) > MOST_WORDS
        ]
    assert long == []
