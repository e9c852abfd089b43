"""Document → HTML: one accessible file that needs nothing else, or a fragment for a page of the office.

The file has no script; its style stands in it and is allowed by its hash, its faces and pictures are set in as data,
and its content policy forbids all else. A figure with an account is a link to that account at the end of the file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from pregon.document.model import Document, Heading
from pregon.writers.charts import ChartShelf
from pregon.writers.html_accounts import Accounts, Link
from pregon.writers.html_blocks import BlockWriter, set_anchors
from pregon.writers.html_text import clean

SUFFIXES: Final = (".html", ".htm")

_WEB: Final = Path(__file__).with_name("web")
_FACE: Final = re.compile(r'url\("([a-z0-9-]+\.woff2)"\)')
_PROPERTIES: Final = ("title", "institution", "code", "version", "period")


def write(document: Document, path: Path, *, charts: ChartShelf, template: Path | None = None) -> None:  # noqa: ARG001 -- every writer has it; only Word has a template
    """Write the document as one self-contained file."""
    path.write_text(render_page(document, charts=charts), encoding="utf-8", newline="\n")


def render_page(document: Document, *, charts: ChartShelf | None = None) -> str:
    """The whole file as text."""
    anchors = set_anchors(document)
    accounts = Accounts()
    paper = _render_paper(document, charts or ChartShelf(), anchors, accounts, top=1)
    contents = _render_contents(document, anchors)
    frame = "body has-toc" if contents else "body"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(document.properties.language or "es-CO")}">',
            *_render_head(document),
            "<body>",
            '<a class="skip" href="#contenido">Saltar al contenido</a>',
            '<div class="page">',
            *_render_running("header", document.header),
            f'<div class="{frame}">',
            *contents,
            '<main id="contenido" tabindex="-1">',
            paper,
            *accounts.render(),
            "</main>",
            "</div>",
            *_render_running("footer", document.footer),
            "</div>",
            "</body>",
            "</html>",
            "",
        )
    )


def render_fragment(
    document: Document, *, charts: ChartShelf | None = None, top: int = 2, link: Link | None = None
) -> str:
    """The report as `<article class="paper">`, without page frame, style or script, for a page that has its own.

    `top` is the level of HTML heading that the report's title takes (2: the page has its own h1). The accounts of the
    figures stand at the end of the article, so that the links of its figures lead somewhere; `link` tells where the
    page can open the records that an account names.
    """
    accounts = Accounts(link)
    return _render_paper(document, charts or ChartShelf(), set_anchors(document), accounts, top=top, closing=accounts)


def _render_paper(
    document: Document,
    charts: ChartShelf,
    anchors: dict[int, str],
    accounts: Accounts,
    *,
    top: int,
    closing: Accounts | None = None,
) -> str:
    writer = BlockWriter(charts, anchors, accounts, top)
    name = escape(clean(document.properties.title or "Informe"))
    lines = [f'<article class="paper" aria-label="{name}">', *writer.render(document.blocks)]
    if closing is not None:
        lines += closing.render()
    return "\n".join((*lines, "</article>"))


def _render_head(document: Document) -> list[str]:
    style = load_style("report.css")
    properties = document.properties
    said = [
        f'<meta name="pregon:{name}" content="{escape(clean(value))}">'
        for name in _PROPERTIES
        if (value := getattr(properties, name))
    ]
    return [
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{seal_style(style)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="Pregón">',
        *said,
        f"<title>{escape(clean(_page_title(document)))}</title>",
        f"<style>{style}</style>",
        "</head>",
    ]


def _page_title(document: Document) -> str:
    properties = document.properties
    parts = (properties.title or "Informe", properties.institution)
    return " · ".join(part for part in parts if part)


def _render_running(tag: str, lines: tuple[str, ...]) -> list[str]:
    """The words that Word and PDF repeat on each page; on a screen they stand once."""
    if not lines:
        return []
    return [f'<{tag} class="running">', *(f"<p>{escape(clean(line))}</p>" for line in lines), f"</{tag}>"]


def _render_contents(document: Document, anchors: dict[int, str]) -> list[str]:
    sections = [
        (anchors[place], block.text)
        for place, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    if len(sections) < 2:
        return []
    links = [f'<li><a href="#{escape(anchor)}">{escape(clean(text))}</a></li>' for anchor, text in sections]
    return [
        '<nav class="toc" aria-labelledby="indice">',
        '<h2 id="indice">Contenido</h2>',
        "<ol>",
        *links,
        "</ol>",
        "</nav>",
    ]


def seal_style(style: str) -> str:
    """The content policy of a file whose only style is this one: it is allowed by its hash, and all else refused."""
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{seal}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def load_style(*names: str) -> str:
    """Style sheets of the `web` folder as one, with their faces set in as data, ready to stand in a file."""
    sheet = "".join((_WEB / name).read_text(encoding="utf-8") for name in names)
    return _FACE.sub(lambda found: f'url("data:font/woff2;base64,{_encode(found[1])}")', sheet)


def _encode(name: str) -> str:
    return base64.b64encode((_WEB / name).read_bytes()).decode()
