"""An audit as HTML: one self-contained file, or its two halves for a page of the office. No script.

Left, what was found, each finding with its account; right, the document's own text with every place marked and
numbered. Everything shown is in the values of `audit.presentation`; this module only draws them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from pregon.figures.spanish import count_of
from pregon.writers.html import load_style, seal_style
from pregon.writers.html_text import clean

_SHEETS: Final = ("report.css", "audit.css")
Values = Mapping[str, Any]


def render_audit_page(page: Values, *, name: str, headline: tuple[str, str]) -> str:
    """The whole file as text; `headline` is what the page says first and the sentence under it."""
    style = load_style(*_SHEETS)
    shown = _text(name)
    title, lead = headline
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="es-CO">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{seal_style(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="Pregón">',
            f"<title>{shown} · Auditoría de Pregón</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            '<a class="skip" href="#contenido">Saltar al contenido</a>',
            '<main class="audit" id="contenido" tabindex="-1">',
            f'<div class="page-head"><p class="over">Auditoría · {shown}</p>',
            f'<h1>{_text(title)}</h1><p class="lead">{_text(lead)}</p></div>',
            *(f'<div class="notice is-gap"><p>{_text(remark)}</p></div>' for remark in page["remarks"]),
            render_tally(page["tally"]),
            '<div class="columns">',
            render_findings(page),
            render_paper(page, name=name),
            "</div>",
            '<p class="foot">Pregón comprobó lo que aquí se nombra. De lo demás no dice que esté bien ni mal.</p>',
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def render_tally(tally: Iterable[Values]) -> str:
    """How many of each voice, each with its sign and its word."""
    lines = (
        f"<li>{_verdict(line['css'], line['sign'], line['name'])}"
        f"<span><b>{line['count']}</b> {_text(line['word'])}</span></li>"
        for line in tally
    )
    return f'<ul class="tally" aria-label="Resultado">{"".join(lines)}</ul>'


def render_findings(page: Values, closings: Mapping[int, str] | None = None) -> str:
    """The left half: the findings, what holds, what could not be verified.

    `closings` are what the office sets at the end of a finding, as HTML, by the finding's number.
    """
    closings = closings or {}
    findings = [_render_finding(finding, closings.get(finding["number"], "")) for finding in page["findings"]]
    nothing = '<div class="empty"><h3>No hay hallazgos</h3><p>Todo lo que se pudo comprobar cuadra.</p></div>'
    return "\n".join(
        (
            '<section aria-labelledby="hallazgos"><div class="part-head"><h2 id="hallazgos">Hallazgos</h2></div>',
            *(findings or [nothing]),
            _render_holding(page["holding"]),
            *_render_unverified(page["unverified"]),
            "</section>",
        )
    )


def render_paper(page: Values, *, name: str) -> str:
    """The right half: the document's own text, each place that something was said of marked and numbered."""
    tables = count_of(page["tables"], "tabla", "tablas")
    return "\n".join(
        (
            '<article class="paper sheet-bounded" aria-label="Texto del documento" tabindex="0">',
            f'<p class="small muted">{_text(name)} · {tables}</p>',
            *_render_blocks(page["paper"]),
            "</article>",
        )
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _verdict(css: str, sign: str, word: str) -> str:
    hidden = f'<span class="hidden-text">{_text(word[:1].upper() + word[1:])}</span>'
    return f'<span class="{_classes("verdict", css)}"><span aria-hidden="true">{_text(sign)}</span>{hidden}</span>'


def _classes(*names: str) -> str:
    return " ".join(name for name in names if name)


def _fold(css: str, anchor: str, head: tuple[str, str, str], code: str, body: str, *, is_open: bool = False) -> str:
    """A finding, closed or open: its head is the voice's sign and word and the sentence that says it all."""
    sign, word, title = head
    return (
        f'<details class="{_classes("finding", css)}" id="{anchor}"{" open" if is_open else ""}><summary>'
        f'{_verdict(css, sign, word)}<span class="finding-title">{_text(title)}</span>'
        f'<span class="finding-code">{_text(code)}</span></summary><div class="finding-body">{body}</div></details>'
    )


def _render_finding(finding: Values, closing: str) -> str:
    body = [_render_versus(finding), _render_sum(finding)]
    for label, key in (("Causa probable:", "cause"), ("Qué hacer:", "remedy")):
        if finding[key]:
            body.append(f'<p><span class="strong">{label}</span> {_text(finding[key])}</p>')
    body += [f'<p class="small">{_text(line)}</p>' for line in finding["consequences"]]
    if finding["where"]:
        body.append(f'<p class="where">{" · ".join(map(_render_place, finding["where"]))}</p>')
    body.append(closing)
    head = (finding["sign"], finding["severity"], finding["title"])
    return _fold(finding["css"], f"h{finding['number']}", head, finding["code"], "".join(body), is_open=finding["open"])


def _render_place(place: Values) -> str:
    text = _text(place["text"])
    return f'<a href="#{_text(place["anchor"])}">{text}</a>' if place["anchor"] else text


def _render_versus(finding: Values) -> str:
    lines = ""
    if finding["stated"]:
        lines += f'<dt>El documento dice</dt><dd class="quote">{_text(finding["stated"])}</dd>'
    if finding["expected"]:
        told = "La cuenta da" if finding["operands"] else "Debería decir"
        lines += f"<dt>{told}</dt><dd>{_text(finding['expected'])}</dd>"
    return f'<dl class="versus">{lines}</dl>' if lines else ""


def _render_sum(finding: Values) -> str:
    """The account: its terms with their names beneath, the result, and what the document says instead."""
    if not finding["operands"]:
        return ""
    joined = finding["operator"] != ";"  # terms that stand side by side, and make no account together
    operator = f'<span class="op">{_text(finding["operator"])}</span>' if joined else ""
    terms = [
        f"<span>{operator if place else ''}<b>{_text(term['text'])}<small>{_text(term['label'])}</small></b></span>"
        for place, term in enumerate(finding["operands"])
    ]
    if finding["expected"]:
        result = f'<b class="result">{_text(finding["expected"])}<small>la cuenta</small></b>'
        terms.append(f'<span><span class="op">=</span>{result}</span>')
    if finding["contradicts"] and finding["stated"]:
        differs = '<span class="op" aria-hidden="true">≠</span><span class="hidden-text">no es igual a</span>'
        stated = f'<b class="stated">{_text(finding["stated"])}<small>el documento</small></b>'
        terms.append(f"<span>{differs}{stated}</span>")
    return f'<p class="sum">{" ".join(terms)}</p>'


def _render_holding(holding: Sequence[Values]) -> str:
    lines = []
    for each in holding:
        account = f': <span class="num">{_text(each["account"])}</span>' if each["account"] else ""
        sign = f'<span class="muted" aria-hidden="true">{_text(each["sign"])}</span>'
        lines.append(f"<li><p>{sign} {_text(each['what'])}{account}</p></li>")
    body = f'<ul class="holdings">{"".join(lines)}</ul>' if lines else ""
    title = f"Lo que sí cuadra: {count_of(len(holding), 'cuenta', 'cuentas')}"
    nothing = "<p>El documento no trae cuentas que se puedan rehacer.</p>"
    return _fold("is-ok", "cuadra", ("=", "cuadra", title), "=", body or nothing)


def _render_unverified(unverified: Sequence[Values]) -> list[str]:
    if not unverified:
        return []
    lines = (
        f'<li><p><span class="quote">{_text(each["text"])}</span> '
        f'<span class="where">{_text(each["where"])}</span></p></li>'
        for each in unverified
    )
    body = (
        '<p class="small">Nada más en el documento dice lo mismo: no están ni bien ni mal.</p>'
        f'<ul class="holdings">{"".join(lines)}</ul>'
    )
    title = f"Lo que no se pudo comprobar: {count_of(len(unverified), 'cifra', 'cifras')}"
    return [_fold("is-open", "sin-comprobar", ("?", "no concluyente", title), "?", body)]


def _render_blocks(blocks: Iterable[Values]) -> Iterable[str]:
    """The blocks in order; points that follow one another make one list."""
    points: list[str] = []
    for block in blocks:
        if block["kind"] == "item":
            points.append(f'<li id="{block["anchor"]}">{_render_pieces(block["pieces"])}</li>')
            continue
        if points:
            yield f'<ul class="items">{"".join(points)}</ul>'
            points = []
        yield _render_block(block)
    if points:
        yield f'<ul class="items">{"".join(points)}</ul>'


def _render_block(block: Values) -> str:
    if block["kind"] == "table":
        return _render_table(block)
    pieces, anchor = _render_pieces(block["pieces"]), block["anchor"]
    if block["kind"] == "heading":
        return f'<h{block["level"]} id="{anchor}">{pieces}</h{block["level"]}>'
    if block["kind"] == "picture":
        known = f' id="{anchor}"' if anchor else ""
        return f'<p class="picture"{known}>Imagen{": " if pieces else ""}{pieces}</p>'
    small = " small muted" if block["role"] in {"source", "footnote"} else ""
    return f'<p id="{anchor}" class="cell-lines{small}">{pieces}</p>'


def _render_table(block: Values) -> str:
    rows = [f"<tr>{''.join(_render_cell(cell) for cell in row)}</tr>" for row in block["rows"]]
    first = block.get("header_rows", 0) if _is_cut_clean(block) else 0
    parts = (("thead", rows[:first]), ("tbody", rows[first:]))
    body = "".join(f"<{tag}>{''.join(part)}</{tag}>" for tag, part in parts if part)
    table = (
        f'<div class="scroll" role="region" aria-label="{_text(block["caption"])}" tabindex="0" id="{block["anchor"]}">'
        f"<table><caption>{_render_pieces(block['pieces'])}</caption>{body}</table></div>"
    )
    return "\n".join((table, *(_render_table(inner) for inner in block["inner"])))


def _is_cut_clean(block: Values) -> bool:
    """Whether no merged cell crosses from the table's head into its body: HTML would cut it in two."""
    first = block.get("header_rows", 0)
    return all(
        row + (cell["row_span"] or 1) <= first for row, line in enumerate(block["rows"][:first]) for cell in line
    )


def _render_cell(cell: Values) -> str:
    tag = "th" if cell["scope"] else "td"
    attributes = f' scope="{cell["scope"]}"' if cell["scope"] else ""
    attributes += f' id="{cell["anchor"]}"' if cell["anchor"] else ""
    attributes += f' class="cell-lines{" num" if cell["numeric"] else ""}"'
    attributes += f' rowspan="{cell["row_span"]}"' if cell["row_span"] else ""
    attributes += f' colspan="{cell["column_span"]}"' if cell["column_span"] else ""
    return f"<{tag}{attributes}>{_render_pieces(cell['pieces'])}</{tag}>"


def _render_pieces(pieces: Iterable[Values]) -> str:
    """Text with its marks, each followed by the numbers of the findings that speak of it."""
    parts = []
    for piece in pieces:
        shown = _text(piece["text"])
        if piece["css"] is not None:
            shown = f'<mark class="{_classes("said", piece["css"])}">{shown}</mark>'
        refs = (f'<a class="ref" href="#h{ref}" aria-label="Hallazgo {ref}">{ref}</a>' for ref in piece["refs"])
        parts.append(shown + "".join(refs))
    return "".join(parts)
