"""Word comments in somebody's own file: on the very figures, and nothing else is touched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

import pregon
from pregon.audit.annotations import annotate_findings
from pregon.audit.runner import audit_document
from pregon.document.annotation import Annotation
from pregon.document.location import Location, LocationKind
from pregon.document.model import Document
from pregon.document.unreadable import UnreadableFile
from pregon.readers.word_anchors import read_anchored
from pregon.writers.annotated import annotate as write_remarks
from pregon.writers.annotated_word import annotate_word
from tests.library.readers.test_word import OFFICE, PACKAGE, SPACES, field, make_docx, p, r, tbl, tc, tr

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "informe-2025-T4.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOLD = "<w:b/>"


def place_of(document: Document, figure: str, passage: str) -> Location:
    """The stretch `figure` of the first passage that holds those words."""
    found = next(each.location for each in document.passages if passage in each.prose.text)
    start = found.text.index(figure)
    return Location(
        found.kind,
        section=found.section,
        paragraph=found.paragraph,
        table=found.table,
        row=found.row,
        column=found.column,
        text=found.text,
        start=start,
        end=start + len(figure),
    )


def annotate(content: bytes, *remarks: tuple[str, str, str]) -> bytes:
    """Comment each figure of each passage with a line."""
    document, anchors = read_anchored(content, "informe.docx")
    annotations = [Annotation(place_of(document, figure, passage), (line,)) for figure, passage, line in remarks]
    return annotate_word(content, document, anchors, annotations)


def main_part(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def held(content: bytes) -> dict[str, str]:
    """By its number, the text between the start and the end of each comment, as Word would shade it."""
    opened: set[str] = set()
    texts: dict[str, str] = {}
    for node in main_part(content).iter():
        if node.tag == W + "commentRangeStart":
            opened.add(node.get(W + "id", ""))
            texts[node.get(W + "id", "")] = ""
        elif node.tag == W + "commentRangeEnd":
            opened.remove(node.get(W + "id", ""))
        elif node.tag == W + "t":
            for number in opened:
                texts[number] += node.text or ""
    assert not opened
    return texts


def called(content: bytes) -> list[str]:
    return [node.get(W + "id", "") for node in main_part(content).iter(W + "commentReference")]


def said(content: bytes) -> list[str]:
    """The text of each comment, a line a paragraph."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/comments.xml"))
    return ["\n".join("".join(map(str, each.itertext(W + "t"))) for each in node.iter(W + "p")) for node in root]


class TestTheFigure:
    def test_one_number_of_a_run_is_held_alone(self) -> None:
        content = make_docx(p(r("Hubo 36 publicaciones y 3 noticias.", BOLD)))
        answer = annotate(content, ("36", "Hubo", "Son 37."))
        assert held(answer) == {"0": "36"}
        runs = [
            ("".join(map(str, run.itertext(W + "t"))), run.find(f"{W}rPr/{W}b") is not None)
            for run in main_part(answer).iter(W + "r")
        ]
        assert runs == [("Hubo ", True), ("36", True), ("", False), (" publicaciones y 3 noticias.", True)]

    def test_blanks_at_the_cut_are_kept(self) -> None:
        answer = annotate(make_docx(p(r("Hubo 36 piezas"))), ("36", "Hubo", "Son 37."))
        kept = [node.get("{http://www.w3.org/XML/1998/namespace}space") for node in main_part(answer).iter(W + "t")]
        assert kept == ["preserve"] * 3

    def test_several_comments_on_one_run(self) -> None:
        content = make_docx(p(r("Hubo 36 publicaciones y 3 noticias.")))
        answer = annotate(content, ("3 noticias", "Hubo", "Son 6."), ("36", "Hubo", "Son 37."), ("36", "Hubo", "Otra."))
        assert held(answer) == {"0": "3 noticias", "1": "36", "2": "36"}
        assert called(answer) == ["1", "2", "0"]

    def test_comments_that_overlap(self) -> None:
        content = make_docx(p(r("de 10 a 20 y 30")))
        answer = annotate(content, ("10 a 20", "de", "Uno."), ("20 y 30", "de", "Dos."))
        assert held(answer) == {"0": "10 a 20", "1": "20 y 30"}

    def test_a_figure_over_several_runs(self) -> None:
        content = make_docx(p(r("Total 1") + r(".2", BOLD) + r("34 visitas")))
        assert held(annotate(content, ("1.234", "Total", "Son 1.243."))) == {"0": "1.234"}

    def test_the_text_reads_the_same(self) -> None:
        content = make_docx(p(r("Hubo 36") + "<w:r><w:tab/><w:t>y 3</w:t><w:br/><w:t>y 4 más</w:t></w:r>"))
        before = read_anchored(content, "x.docx")[0]
        answer = annotate(content, ("3", "Hubo", "a"), ("4", "Hubo", "b"))
        assert read_anchored(answer, "x.docx")[0] == before

    @pytest.mark.parametrize(
        "body",
        [
            f"<w:p><w:ins w:id='1' w:author='A'>{r('Hubo 36 piezas')}</w:ins></w:p>",
            f"<w:p><w:hyperlink>{r('Hubo 36 piezas')}</w:hyperlink></w:p>",
            f"<w:sdt><w:sdtContent>{p(r('Hubo 36 piezas'))}</w:sdtContent></w:sdt>",
            f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{r('Hubo 36 piezas')}</w:sdtContent></w:sdt></w:p>",
            tbl(tr(tc("Piezas"), tc("Hubo 36 piezas"))),
            tbl(tr(tc("Piezas"), f"<w:tc>{tbl(tr(tc('a'), tc('Hubo 36 piezas')))}<w:p/></w:tc>")),
            p(r("Tabla 1. Hubo 36 piezas"), "Descripcin") + tbl(tr(tc("a"), tc("b"))),
            p(r("Página ") + field("PAGE", "1") + r("Hubo 36 piezas")),
        ],
        ids=["insertion", "link", "block control", "inline control", "table", "nested table", "caption", "page number"],
    )
    def test_wherever_it_stands(self, body: str) -> None:
        assert held(annotate(make_docx(body), ("36", "Hubo", "Son 37."))) == {"0": "36"}

    def test_characters_that_print_nothing_do_not_move_it(self) -> None:
        content = make_docx(p(r("Publica\u00adciones o\ufb01ciales\u200b: 36 piezas")))
        answer = annotate(content, ("36", "Publicaciones oficiales", "Son 37."), ("ofi", "Publicaciones", "Así."))
        assert held(answer) == {"0": "36", "1": "o\ufb01"}

    def test_a_control_that_word_fills_is_held_whole(self) -> None:
        control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r('Hubo 36 piezas')}</w:sdtContent></w:sdt>"
        answer = annotate(make_docx(p(control + r(" en octubre"))), ("36", "Hubo", "Son 37."))
        assert held(answer) == {"0": "Hubo 36 piezas"}
        assert [
            child.tag.removeprefix(W) for child in next(main_part(answer).iter(W + "p")) if child.tag != W + "pPr"
        ] == [
            "commentRangeStart",
            "sdt",
            "commentRangeEnd",
            "r",
            "r",
        ]


class TestWhatHoldsNoComment:
    def remark(self, content: bytes, location: Location) -> tuple[bytes, list[str]]:
        document, anchors = read_anchored(content, "informe.docx")
        answer = annotate_word(content, document, anchors, [Annotation(location, ("≠ Algo.",))])
        return answer, said(answer)

    def test_a_header_is_spoken_of_on_the_first_paragraph(self) -> None:
        content = make_docx(tbl(tr(tc("a"))) + p("") + p(r("Uno")) + p(r("Dos")))
        answer, told = self.remark(content, Location(LocationKind.HEADER, text="Versión 2"))
        assert held(answer) == {"0": "Uno"}
        assert told == ["≠ Algo.\nDónde: encabezado de página."]

    def test_an_empty_cell_is_spoken_of_at_the_head_of_its_row(self) -> None:
        content = make_docx(p(r("Uno")) + tbl(tr(tc("Red"), tc("Octubre")), tr(tc("Facebook"), tc(""))))
        document, _ = read_anchored(content, "x.docx")
        empty = next(each.location for each in document.passages if each.location.row == 2 and not each.prose.text)
        answer, told = self.remark(content, empty)
        assert held(answer) == {"0": "Facebook"}
        assert told == ["≠ Algo.\nDónde: tabla 1, fila «Facebook», columna «Octubre»."]

    def test_a_text_box_is_spoken_of_on_the_first_paragraph(self) -> None:
        box = f"<w:txbxContent>{p(r('En caja 36'))}</w:txbxContent>"
        box = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
        answer = annotate(make_docx(p(r("Uno")) + p(box)), ("36", "En caja", "≠ Algo."))
        assert held(answer) == {"0": "Uno"}

    def test_no_remark_leaves_the_file_as_it_was(self) -> None:
        content = make_docx(p(r("Uno")))
        assert annotate(content) == content


class TestTheFile:
    def test_comments_that_were_there_stay_and_numbers_go_on(self) -> None:
        marks = '<w:commentRangeStart w:id="7"/>' + r("Hubo 36") + '<w:commentRangeEnd w:id="7"/>'
        content = make_docx(
            p(marks + '<w:r><w:commentReference w:id="7"/></w:r>' + r(" piezas")),
            {"comments": '<w:comment w:id="7" w:author="Ana"><w:p><w:r><w:t>Ojo</w:t></w:r></w:p></w:comment>'},
        )
        answer = annotate(content, ("36", "Hubo", "Son 37."))
        assert held(answer) == {"7": "Hubo 36", "8": "36"}
        assert said(answer) == ["Ojo", "Son 37."]

    def test_a_broken_part_of_comments_is_one_sentence(self) -> None:
        content = make_docx(p(r("Hubo 36")), {"comments": "<w:comment>"})
        document, anchors = read_anchored(content, "informe.docx")
        remark = Annotation(place_of(document, "36", "Hubo"), ("Son 37.",))
        with pytest.raises(UnreadableFile, match="No se pudieron escribir los comentarios"):
            write_remarks(content, document, anchors, [remark])

    def test_every_other_part_is_the_same_byte_by_byte(self) -> None:
        content = make_docx(p(r("Hubo 36")), {"header1": p(r("Arriba"))})
        answer = annotate(content, ("36", "Hubo", "Son 37."))
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(io.BytesIO(answer)) as after:
            told = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
            assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}
            assert after.namelist()[: len(before.namelist())] == before.namelist()
            for member in before.infolist():
                same = after.getinfo(member.filename)
                assert (same.compress_type, same.date_time) == (member.compress_type, member.date_time)
                if member.filename not in told:
                    assert after.read(member.filename) == before.read(member.filename)

    def test_a_file_without_relations_gets_them(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            body = p(r("Hubo 36"))
            archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
            archive.writestr(
                "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
            )
            relation = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>')
        answer = annotate(stream.getvalue(), ("36", "Hubo", "Son 37."))
        with zipfile.ZipFile(io.BytesIO(answer)) as archive:
            assert (
                f'Type="{OFFICE}/comments" Target="comments.xml"'
                in archive.read("word/_rels/document.xml.rels").decode()
            )
            assert 'PartName="/word/comments.xml"' in archive.read("[Content_Types].xml").decode()

    def test_the_same_file_gives_the_same_bytes(self) -> None:
        content = make_docx(p(r("Hubo 36")))
        assert annotate(content, ("36", "Hubo", "a")) == annotate(content, ("36", "Hubo", "a"))

    def test_what_no_xml_can_hold_is_left_out_of_the_comment(self) -> None:
        answer = annotate(make_docx(p(r("Hubo 36"))), ("36", "Hubo", "Son\x0b 37 <b>&amp;"))
        assert said(answer)[0] == "Son 37 <b>&amp;"


class TestAnchors:
    """Passages and the letters of the file correspond, whatever the file."""

    def check(self, content: bytes) -> None:
        document, anchors = read_anchored(content, "informe.docx")
        elements = list(main_part(content).iter("*"))
        assert len(anchors) == len(document.passages)
        for passage, own in zip(document.passages, anchors, strict=True):
            letters = ["\n"] * len(passage.prose.text)
            for anchor in own:
                node = elements[anchor.element]
                text = node.text if node.tag == W + "t" else passage.prose.text[anchor.start : anchor.end]
                size = anchor.end - anchor.start
                letters[anchor.start : anchor.end] = (text or "")[anchor.offset : anchor.offset + size]
            if passage.location.kind not in {LocationKind.HEADER, LocationKind.FOOTER, LocationKind.PICTURE}:
                assert "".join(letters) == passage.prose.text

    def test_a_report_of_ours(self, sample_document: Document, tmp_path: Path) -> None:
        path = tmp_path / "informe.docx"
        pregon.write(sample_document, path)
        self.check(path.read_bytes())

    @pytest.mark.skipif(not REFERENCE.exists(), reason="the reference report is not beside the repository")
    def test_the_reference_report(self) -> None:
        self.check(REFERENCE.read_bytes())


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference report is not beside the repository")
def test_the_reference_report(tmp_path: Path) -> None:
    content = REFERENCE.read_bytes()
    document, anchors = read_anchored(content, REFERENCE.name)
    result = audit_document(document)
    annotations = annotate_findings(result)
    answer = annotate_word(content, document, anchors, annotations)
    path = tmp_path / "anotado.docx"
    path.write_bytes(answer)
    comments = list(docx.Document(str(path)).comments)
    assert {(each.author, each.initials) for each in comments} == {("Pregón", "P")}
    assert len(comments) == len(annotations)
    assert read_anchored(answer, REFERENCE.name)[0] == document
    by_text = {told.text.split("\n")[0]: held(answer)[str(told.comment_id)] for told in reversed(comments)}
    assert by_text["≠ WhatsApp: el total dice 36 y los tres meses suman 37."] == "36"
    assert by_text["≠ X: el resumen dice 179 y la tabla da 90."] == "179"
    assert by_text["≠ El total general dice 278 y la cuenta da 279."] == "278"
