"""`pregon audit` and `pregon rules`: what they print and the status they leave."""

import json
import resource
from importlib.resources import files
from pathlib import Path

import docx
import jsonschema
import pytest

import pregon
from pregon.cli.main import main

CLEAN = "\tRed\n\tOctubre\n\tNoviembre\n\tTotal\n\n\tFacebook\n\t44\n\t24\n\t68\n\n\tX\n\t46\n\t19\n\t65\n"
WRONG = CLEAN.replace("\t65\n", "\t66\n")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "bien.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "mal.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_nothing_contradicts(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(clean)]) == 0
    assert capsys.readouterr().out == (
        "bien.txt\nCero hallazgos · = 2 cuentas cuadran\n\n"
        "= 2 cuentas cuadran: Facebook: 44 + 24 = 68; X: 46 + 19 = 65.\n\n"
    )


def test_a_contradiction(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(wrong)]) == 1
    assert "≠ X: el total dice 66 y los dos meses suman 65.  [SUM001]" in capsys.readouterr().out


def test_json_by_the_schema(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(wrong), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, json.loads(files("pregon.audit").joinpath("schema.json").read_text(encoding="utf-8")))
    assert (told["document"], told["counts"]["contradiction"]) == ("mal.txt", 1)


def test_an_unreadable_file_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "roto.docx"
    bad.write_bytes(b"PK\x03\x04 roto")
    output = tmp_path / "salida"
    assert main(["audit", str(bad), "--output", str(output)]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "roto.docx" in told.err
    assert not output.exists()


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path / "nada.docx")]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_wrong_use(clean: Path) -> None:
    assert main(["audit", str(clean), "--jobs", "0"]) == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_files(jobs: str, clean: Path, wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "roto.docx"
    bad.write_bytes(b"PK\x03\x04 roto")
    output = tmp_path / "salida"
    files_ = [str(clean), str(wrong), str(bad)]
    assert main(["audit", *files_, "--jobs", jobs, "--output", str(output)]) == 3
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "Documento     ≠     □     ⊘     ?     →     =",
        "bien.txt      0     0     0     0     0     2",
        "mal.txt       1     0     0     0     0     1",
        "roto.docx  no se pudo leer",
        "",
        "2 documentos revisados, 1 con contradicciones (1 en total); 3 cuentas cuadran. 1 archivo no se pudo leer.",
    ]
    assert told.err.count("\n") == 1
    assert sorted(path.name for path in output.iterdir()) == [
        ".pregon-audit.jsonl",
        "bien.txt.auditoria.txt",
        "mal.txt.auditoria.txt",
    ]


def test_a_folder(clean: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert clean.parent == wrong.parent
    assert main(["audit", str(clean.parent)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        "2 documentos revisados, 1 con contradicciones (1 en total); 3 cuentas cuadran."
    )


def test_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert "≠ SUM001  Un total que no coincide con la suma de sus partes" in listed
    assert main(["rules", "sum001"]) == 0
    assert capsys.readouterr().out.startswith(
        "# SUM001 · Un total que no coincide con la suma de sus partes\n\n## Qué revisa"
    )
    assert main(["rules", "ABC123"]) == 2
    assert "No hay una regla «ABC123»." in capsys.readouterr().err


class TestAnnotate:
    @pytest.fixture
    def word(self, wrong: Path, tmp_path: Path) -> Path:
        path = tmp_path / "informe.docx"
        pregon.write(pregon.read(wrong), path)
        return path

    def test_the_same_file_with_comments(self, word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        copy = tmp_path / "nueva" / "anotado.docx"
        before = word.read_bytes()
        assert main(["audit", str(word), "--annotate", str(copy)]) == 1
        told = capsys.readouterr()
        assert "≠ X: el total dice 66 y los dos meses suman 65." in told.out
        assert told.err == f"Anotado: {copy}, con 1 comentario.\n"
        assert word.read_bytes() == before
        comments = list(docx.Document(str(copy)).comments)
        assert [each.text.split("\n")[0] for each in comments] == ["≠ X: el total dice 66 y los dos meses suman 65."]

    def test_nothing_to_say_is_a_faithful_copy(
        self, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path, copy = tmp_path / "informe.docx", tmp_path / "anotado.docx"
        pregon.write(pregon.read(clean), path)
        assert main(["audit", str(path), "--annotate", str(copy)]) == 0
        assert copy.read_bytes() == path.read_bytes()
        assert capsys.readouterr().err == f"No hubo nada que anotar: «{copy}» es una copia fiel.\n"

    def test_its_own_original_is_never_overwritten(self, word: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = word.read_bytes()
        assert main(["audit", str(word), "--annotate", str(word)]) == 2
        assert word.read_bytes() == before
        assert "dele otro nombre a la copia anotada" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("copy", "told"),
        [("a.docm", "termínela en «.docx»"), ("a.txt", "termínela en «.docx»")],
    )
    def test_another_ending(
        self, word: Path, tmp_path: Path, copy: str, told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["audit", str(word), "--annotate", str(tmp_path / copy)]) == 2
        assert told in capsys.readouterr().err

    def test_only_word_and_only_one(self, word: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
        copy = str(word.with_name("a.docx"))
        assert main(["audit", str(wrong), "--annotate", copy]) == 2
        assert "«mal.txt» no lo es" in capsys.readouterr().err
        assert main(["audit", str(word), str(wrong), "--annotate", copy]) == 2
        assert "un solo archivo" in capsys.readouterr().err
        assert not Path(copy).exists()

    def test_a_broken_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["audit", str(tmp_path / "nada.docx"), "--annotate", str(tmp_path / "a.docx")]) == 3
        assert capsys.readouterr().err.count("\n") == 1


def test_html_is_one_page(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(wrong), "--format", "html"]) == 1
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "<h1>El documento se contradice en 1 punto</h1>" in page
    assert '<mark class="said is-bad">66</mark>' in page


def test_html_of_many_asks_for_a_folder(
    wrong: Path, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files_ = [str(wrong), str(clean)]
    assert main(["audit", *files_, "--format", "html"]) == 2
    assert "diga con --output en qué carpeta dejarlas" in capsys.readouterr().err
    output = tmp_path / "salida"
    assert main(["audit", *files_, "--format", "html", "--output", str(output)]) == 1
    assert sorted(path.name for path in output.iterdir()) == [
        ".pregon-audit.jsonl",
        "bien.txt.auditoria.html",
        "mal.txt.auditoria.html",
    ]


def test_a_pdf_is_annotated_too(wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, copy = tmp_path / "informe.pdf", tmp_path / "anotado.pdf"
    pregon.write(pregon.read(wrong), path)
    assert main(["audit", str(path), "--annotate", str(copy)]) == 1
    assert capsys.readouterr().err == f"Anotado: {copy}, con 1 comentario.\n"
    assert b"/Highlight" in copy.read_bytes()


def _time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_file_is_read_in_a_limited_child_unless_trusted(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _time_of_children()
    assert main(["audit", str(wrong), "--trust"]) == 1
    trusted, between = capsys.readouterr().out, _time_of_children()
    assert main(["audit", str(wrong)]) == 1
    assert capsys.readouterr().out == trusted
    assert (between == before, _time_of_children() > between) == (True, True)
