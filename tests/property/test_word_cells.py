"""A cell is read alike by the question asked for a whole table and by the walk from element to element.

The walk is the one that `pregon audit --annotate` takes, to know which element each letter came from. It takes no
shortcut, and is the independent path here.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pregon.readers import word
from pregon.readers.word_trace import Trace

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="{default}"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lado"><w:name w:val="{side}"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TDC1"><w:name w:val="toc 1"/></w:style>'
)
_WORDS = st.sampled_from(["Facebook", "94", " 34.811 ", "año\u00a02025", "", "\n"])


def _run(words: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


_PLAIN_RUNS = st.builds(
    _run, _WORDS, st.sampled_from(["", "<w:rPr/>", "<w:rPr><w:b/></w:rPr>", "<w:lastRenderedPageBreak/>"])
)
_ODD_RUNS = (
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>oculto</w:t></w:r>",
    '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>visible</w:t></w:r>',
    "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>",
    "<w:r><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>",
    "<w:r><w:t>no</w:t><w:noBreakHyphen/><w:t>ficción</w:t></w:r>",
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "<w:r><w:instrText>PAGE</w:instrText></w:r>",
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>',
    "<w:del><w:r><w:delText>borrado</w:delText></w:r></w:del>",
    "<w:moveFrom><w:r><w:t>llevado</w:t></w:r></w:moveFrom>",
    "<w:ins><w:r><w:t>puesto</w:t></w:r></w:ins>",
    "<w:hyperlink><w:r><w:t>enlace</w:t></w:r></w:hyperlink>",
    "<w:sdt><w:sdtContent><w:r><w:t>control</w:t></w:r></w:sdtContent></w:sdt>",
    "<w:desconocido><w:r><w:t>ajeno</w:t></w:r></w:desconocido>",
    "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>",
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="1" w:name="a"/>',
)
_RUNS = st.lists(
    st.one_of(_PLAIN_RUNS, _PLAIN_RUNS, _PLAIN_RUNS, st.sampled_from(_ODD_RUNS)), min_size=1, max_size=2
).map("".join)
_ODD_PROPERTIES = (
    '<w:pPr><w:jc w:val="right"/></w:pPr>',
    '<w:pPr><w:pStyle w:val="Lado"/></w:pPr>',
    '<w:pPr><w:pStyle w:val="TDC1"/></w:pPr>',
    '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>',
    '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>',
)
_PARAGRAPHS = st.builds("<w:p>{}{}</w:p>".format, st.sampled_from(["", "", "", "", "", *_ODD_PROPERTIES]), _RUNS)
_CELL_INSIDE = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>"
_AROUND_CONTENTS = (
    "{}{}",
    "<w:p/>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    f"<w:tbl><w:tr>{_CELL_INSIDE}</w:tr></w:tbl>{{}}",
    "",
)
_CONTENTS = st.one_of(
    *[_PARAGRAPHS] * 4,
    st.builds(
        lambda around, one, other: around.format(one, other),
        st.sampled_from(_AROUND_CONTENTS),
        _PARAGRAPHS,
        _PARAGRAPHS,
    ),
)
_ODD_CELLS = (
    "<w:tcPr/>",
    '<w:tcPr><w:gridSpan w:val="1"/></w:tcPr>',
    '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>',
    '<w:tcPr><w:gridSpan w:val="0"/></w:tcPr>',
    '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>',
    "<w:tcPr><w:vMerge/></w:tcPr>",
    '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>',
    '<w:tcPr><w:hMerge w:val="restart"/></w:tcPr>',
    "<w:tcPr><w:hMerge/></w:tcPr>",
    '<w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange></w:tcPr>',
)
_CELLS = st.builds("<w:tc>{}{}</w:tc>".format, st.sampled_from(["", "", "", "", "", *_ODD_CELLS]), _CONTENTS)
_WRAPPERS = ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:ins>{}</w:ins>", "<w:customXml>{}</w:customXml>")
_WRAPPED = st.sampled_from([*["{}"] * 20, *_WRAPPERS])
_ROWS = st.builds(
    lambda around, properties, cells: around.format(f"<w:tr>{properties}{''.join(cells)}</w:tr>"),
    _WRAPPED,
    st.sampled_from(["", "", '<w:trPr><w:gridBefore w:val="1"/></w:trPr>', "<w:trPr><w:tblHeader/></w:trPr>"]),
    st.lists(st.builds(lambda around, cell: around.format(cell), _WRAPPED, _CELLS), min_size=1, max_size=4),
)
_TABLES = st.lists(_ROWS, min_size=1, max_size=4).map(lambda rows: f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>")


def _make(body: str, default: str, side: str) -> bytes:
    stream = io.BytesIO()
    root = f'xmlns:w="{_MAIN}" xmlns:m="{_MATH}"'
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {root}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {root}>{_STYLES.format(default=default, side=side)}</w:styles>")
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
            "</Relationships>",
        )
    return stream.getvalue()


def _agree(content: bytes) -> None:
    quick, walked = word.read(content, "t.docx"), word.read_traced(content, "t.docx", Trace())
    assert quick == walked
    assert quick.remarks == walked.remarks
    for one, other in zip(quick.tables, walked.tables, strict=True):
        assert one.spread == other.spread


def _beside(cell: str, around: str = "{}") -> str:
    """A table of two by two in which one cell is not like the others."""
    plain = f"<w:tc><w:p>{_run('94')}</w:p></w:tc>"
    rows = f"<w:tr>{plain}{plain}</w:tr>", f"<w:tr>{plain}{around.format(cell)}</w:tr>"
    return f"<w:tbl><w:tblPr/>{''.join(rows)}{rows[1]}</w:tbl>"


_ALONE = (
    *(_beside(f"<w:tc><w:p>{_run('a')}{odd}{_run('b')}</w:p></w:tc>") for odd in _ODD_RUNS),
    *(_beside(f"<w:tc><w:p>{odd}{_run('a')}</w:p></w:tc>") for odd in _ODD_PROPERTIES),
    *(
        _beside(f"<w:tc>{odd.format(*[f'<w:p>{_run(word)}</w:p>' for word in 'ab'])}</w:tc>")
        for odd in _AROUND_CONTENTS
    ),
    *(_beside(f"<w:tc>{odd}<w:p>{_run('a')}</w:p></w:tc>") for odd in _ODD_CELLS),
    *(_beside(f"<w:tc><w:p>{_run('a')}</w:p></w:tc>", around) for around in _WRAPPERS),
)


@pytest.mark.parametrize("body", _ALONE)
def test_each_odd_thing_alone(body: str) -> None:
    _agree(_make(body, "Normal", "Otro"))


@pytest.mark.parametrize(("default", "side"), [("toc 2", "Otro"), ("Pregón fila", "Otro"), ("Normal", "Pregón fila")])
def test_where_styles_say_more(default: str, side: str) -> None:
    _agree(_make("".join(_ALONE), default, side))


@settings(max_examples=300)
@given(st.lists(st.one_of(_TABLES, _TABLES, _PARAGRAPHS), min_size=1, max_size=3).map("".join))
def test_many_odd_things_together(body: str) -> None:
    _agree(_make(body, "Normal", "Otro"))
