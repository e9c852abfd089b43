"""`pregon report`: the example quarter in four formats, what it says, and how it refuses."""

import shutil
from pathlib import Path

import pytest

import pregon
from pregon.cli.main import main
from pregon.document.model import Document

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
T4 = EXAMPLES / "registro-2025-T4.xlsx"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("salida")
    assert main(["report", str(T4), "--output", str(folder)]) == 0
    return folder


def find_row(document: Document, *start: str) -> list[str]:
    """The first row of any table that begins with these texts."""
    for table in document.tables:
        for row in table.rows:
            texts = [cell.text for cell in row]
            if texts[: len(start)] == list(start):
                return texts
    raise AssertionError(start)


def test_the_four_files_are_made(issued: Path) -> None:
    assert sorted(path.name for path in issued.iterdir()) == [
        "informe-2025-T4.docx",
        "informe-2025-T4.html",
        "informe-2025-T4.pdf",
        "informe-2025-T4.xlsx",
    ]


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "xlsx"])
def test_each_file_says_the_quarter_truly_and_audits_clean(issued: Path, suffix: str) -> None:
    path = issued / f"informe-2025-T4.{suffix}"
    document = pregon.read(path)
    assert find_row(document, "Facebook", "44") == ["Facebook", "44", "24", "26", "94"]
    assert find_row(document, "Instagram", "44") == ["Instagram", "44", "22", "23", "89"]
    assert find_row(document, "X", "46") == ["X", "46", "19", "25", "90"]
    assert find_row(document, "Total por mes", "134") == ["Total por mes", "134", "65", "74", "273"]
    assert find_row(document, "WhatsApp") == ["WhatsApp", "10", "13", "14", "37"]
    assert find_row(document, "Noticias publicadas", "3") == ["Noticias publicadas", "3", "1", "2", "6"]
    assert find_row(document, "Visitas", "34.811") == ["Visitas", "34.811", "34.326", "25.059", "94.196"]
    assert find_row(document, "Espectadores") == ["Espectadores", "73.300", "26.700", "sin dato", "no sumable"]
    text = " ".join(document.text.split())
    assert "279 publicaciones externas: 273 publicaciones en redes sociales y 6 noticias" in text
    assert "101 personas a los eventos que tienen la cifra (3 de 6); el promedio en ellos es de 33,7 por evento" in text
    assert "Pendiente: Facebook, diciembre: 4 cifras. Responde Marcela Ríos, hasta el 15 de enero de 2026." in text
    assert main(["audit", str(path)]) == 0


def test_the_quarter_is_compared_with_the_registros_beside_it(issued: Path) -> None:
    row = find_row(pregon.read(issued / "informe-2025-T4.docx"), "Publicaciones en redes", "273")
    # 250 in the third quarter and 190 a year before: +23 is 9,2 % of 250, +83 is 43,7 % of 190.
    assert row[2:] == ["250", "+23 (+9,2\N{NO-BREAK SPACE}%)", "190", "+83 (+43,7\N{NO-BREAK SPACE}%)"]


def test_alone_it_names_the_quarters_it_lacks(tmp_path: Path) -> None:
    alone = Path(shutil.copy(T4, tmp_path))
    assert main(["report", str(alone), "--format", "html", "--output", str(tmp_path)]) == 0
    document = pregon.read(tmp_path / "informe-2025-T4.html")
    assert "Pendiente: los registros del tercer trimestre de 2025, para comparar." in document.text
    assert [table.caption for table in document.tables].count("Las cifras del trimestre") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["--period", "2025-T3"], 2, "El registro es de 2025-T4 y pidió 2025-T3: use el de ese periodo."),
        (["--period", "ayer"], 2, "ayer"),
        (["--format", "docx,ppt"], 2, "Pregón no escribe archivos en «.ppt»"),
    ],
)
def test_wrong_use_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, sentence: str
) -> None:
    assert main(["report", str(T4), "--output", str(tmp_path / "salida"), *arguments]) == status
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "salida").exists()


@pytest.mark.parametrize("content", [b"", b"hola", T4.read_bytes()[:9000]], ids=["empty", "other", "truncated"])
def test_a_registro_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    broken = tmp_path / "registro.xlsx"
    broken.write_bytes(content)
    assert main(["report", str(broken), "--output", str(tmp_path / "salida")]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "«registro.xlsx»" in printed.err
    assert not (tmp_path / "salida").exists()


def test_help_is_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("uso: pregon report")
    assert [word for word in ("usage", "options", "show this", "positional") if word in shown] == []


def test_a_misspelt_verb_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["informe"])
    assert ended.value.code == 2
    assert "«informe» no es una de:" in capsys.readouterr().err


def test_a_year_is_made_of_the_registros_of_its_quarters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(T4), "--year", "2025", "--output", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "= Se revisó a sí mismo: 0 hallazgos; 28 cuentas cuadran."
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"informe-anual-2025.{suffix}" for suffix in ("docx", "html", "pdf", "xlsx")]
    for name in names:
        document = pregon.read(tmp_path / name)
        assert find_row(document, "Total en redes") == ["Total en redes", "250", "273", "523"]
        assert main(["audit", str(tmp_path / name)]) == 0


def test_the_year_can_be_asked_for_as_a_period_and_for_the_council(tmp_path: Path) -> None:
    both = [str(T4), str(EXAMPLES / "registro-2025-T3.xlsx")]
    assert main(["report", *both, "--period", "2025", "--council", "--format", "html", "--output", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["informe-concejo-2025.html"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--year", "ayer"], "«ayer» no es un año. Escríbalo así: --year 2025."),
        (["--council"], "El informe al Concejo es de un año: escriba también --year 2025."),
        ([str(T4)], "El informe de un trimestre sale de un solo registro. Para el de un año escriba --year 2025."),
        (["--year", "2024"], "Hay un registro de 2025-T4, que no es un trimestre de 2024. Quítelo."),
    ],
)
def test_what_does_not_go_together_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["report", str(T4), *arguments, "--output", str(tmp_path / "salida")]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "salida").exists()
