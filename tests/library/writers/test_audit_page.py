"""The audit as one self-contained page."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import pregon
from pregon.audit.presentation import present, tell_headline
from pregon.audit.runner import audit_document
from pregon.document.model import Document
from pregon.writers.audit_page import render_audit_page, render_findings
from tests.rules.sketch import read_sketch

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "informe-2025-T4.docx"
SKETCH = """
# Publicaciones en redes
Se hicieron <b>68</b> publicaciones en Facebook.
- Primera
- Segunda
| Red | Octubre | Noviembre | Total |
|---|---|---|---|
| Facebook | 44 | 24 | 68 |
| X | 46 | 19 | 66 |
"""
VOID = {"meta", "br"}


def draw(document: Document, name: str = "informe.docx") -> str:
    page = present(document, audit_document(document))
    return render_audit_page(page, name=name, headline=tell_headline(page))


class Outline(HTMLParser):
    """What a page is made of; fails where a tag is closed out of turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.targets.add(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert {target.removeprefix("#") for target in outline.targets} <= set(outline.ids)
    assert all(target.startswith("#") for target in outline.targets)
    assert outline.tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert {name for name in outline.attributes if name.startswith("on") or name in {"style", "src"}} == set()


def test_one_sound_file_that_needs_nothing_else() -> None:
    check(draw(read_sketch(SKETCH)))


def test_its_only_style_is_the_one_its_policy_allows() -> None:
    page = draw(read_sketch(SKETCH))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    seal = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{seal}'" in page.replace("&#x27;", "'")
    assert "url(" not in re.sub(r'url\("data:font/woff2;base64,[^"]*"\)', "", style[1])


def test_the_finding_shows_its_account_and_leads_to_its_place() -> None:
    page = draw(read_sketch(SKETCH))
    assert "<h1>El documento se contradice en 1 punto</h1>" in page
    assert (
        '<p class="sum"><span><b>46<small>octubre</small></b></span> '
        '<span><span class="op">+</span><b>19<small>noviembre</small></b></span> '
        '<span><span class="op">=</span><b class="result">65<small>la cuenta</small></b></span> '
        '<span><span class="op" aria-hidden="true">≠</span><span class="hidden-text">no es igual a</span>'
        '<b class="stated">66<small>el documento</small></b></span></p>'
    ) in page
    assert '<a href="#c-1-3-4">Tabla 1, fila «X», columna «Total»</a>' in page
    assert (
        '<td id="c-1-3-4" class="cell-lines num"><mark class="said is-bad">66</mark>'
        '<a class="ref" href="#h1" aria-label="Hallazgo 1">1</a></td>'
    ) in page


def test_what_holds_and_what_could_not_be_verified_are_told() -> None:
    page = draw(read_sketch(SKETCH + "\nHubo 12 reuniones.\n"))
    assert "Lo que sí cuadra: 1 cuenta<" in page
    assert "44 + 24 = 68" in page
    assert "Lo que no se pudo comprobar: 2 cifras<" in page


def test_points_that_follow_one_another_are_one_list() -> None:
    page = draw(read_sketch(SKETCH))
    assert re.search(r'<ul class="items"><li id="p-\d+">Primera</li><li id="p-\d+">Segunda</li></ul>', page)


def test_the_words_of_the_document_and_its_name_are_never_markup() -> None:
    page = draw(read_sketch(SKETCH), name="<i>x</i>.docx")
    assert "&lt;b&gt;" in page
    assert "<i>" not in page
    assert "<title>&lt;i&gt;x&lt;/i&gt;.docx · Auditoría de Pregón</title>" in page


def test_terms_that_make_no_account_have_no_sign_between_them() -> None:
    terms = [{"label": "Facebook", "text": "4.800"}, {"label": "X", "text": "65"}]
    finding = dict.fromkeys(("css", "sign", "severity", "title", "stated", "expected", "cause", "remedy", "code"), "")
    told = finding | {"number": 1, "contradicts": False, "operator": ";", "operands": terms}
    page = {"findings": [told | {"consequences": [], "where": [], "open": True}], "holding": [], "unverified": []}
    shown = '<p class="sum"><span><b>4.800<small>Facebook</small></b></span> <span><b>65<small>X</small></b></span></p>'
    assert shown in render_findings(page)


def test_a_document_of_everything(sample_document: Document) -> None:
    check(draw(sample_document))


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference report is not beside the repository")
def test_the_reference_report() -> None:
    page = draw(pregon.read(REFERENCE), REFERENCE.name)
    check(page)
    for said in ("el total dice 36 y los tres meses suman 37", "tres trimestres distintos"):
        assert said in page
