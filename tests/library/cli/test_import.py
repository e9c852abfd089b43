"""`pregon import` as an office uses it: what is told, what is asked, what is saved, and how it ends."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pregon.cli.main import main
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Platform
from pregon.records.publishing import Publication, PublicationKind
from pregon.registro import read_registro, write_registro

QUARTER = Period.quarter(2025, 4)
CHAT = (
    "1/10/25, 7:00 - Los mensajes y las llamadas están cifrados de extremo a extremo.\n"
    "6/10/25, 8:15 - Comunicaciones: Buenos días\n"
    "6/10/25, 8:16 - Comunicaciones: IMG-20251006-WA0001.jpg (archivo adjunto)\n"
    "6/10/25, 9:00 - Marta Rendón: Gracias\n"
    "30/10/25, 8:00 - Comunicaciones: Simulacro\n"
    "31/10/25, 8:00 - Marta Rendón: Listo\n"
)
CHAT_NAME = "Chat de WhatsApp con Avisos.txt"
TABLE = "Mes,Visitas,Nota\n2025-10,34811,\n2025-11,34326,buena\n"
# 1980300000000000000 >> 22 is 472140312194 ms after the epoch of X: 20 October 2025, 15:48:06.851 in UTC.
LIST = (
    "Fecha,Título,Enlace\n"
    "2025-10-08,Feria de servicios,https://x.com/perso/status/1976000000000000000\n"
    "2025-10-20,Rendición de cuentas,https://x.com/perso/status/1980300000000000000\n"
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of the answers stays in the test's own folder."""
    monkeypatch.setenv("PREGON_DATA", str(tmp_path / "casa"))


@pytest.fixture
def registro(tmp_path: Path) -> Path:
    path = tmp_path / "registro.xlsx"
    write_registro(Dossier(Institution("Personería de Peñaclara"), QUARTER, Control("", "")), path)
    return path


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / CHAT_NAME
    path.write_text(CHAT, encoding="utf-8")
    return path


def run(*words: object) -> int:
    return main(["import", *map(str, words)])


def test_a_chat_goes_into_the_registro(registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = registro.read_bytes()
    assert run(chat, "--into", registro, "--answer", "office=Comunicaciones") == 0
    assert capsys.readouterr().out == (
        f"{CHAT_NAME}\n"
        "  WhatsApp: chat exportado, 1 oct 2025 a 31 oct 2025: empieza con la fecha, la hora y el guion o los corchetes"
        " de un chat.\n"
        "  · Las fechas se leyeron como día/mes/año: el primer número llega a más de 12. Si es al revés, diga que"
        " va primero el mes (date_order=mdy).\n"
        "  + se añadió: WhatsApp, mensajes, octubre: 3\n"
        "\n"
        f"Se guardó «{registro}»; el anterior quedó en «registro.antes-de-importar.xlsx».\n"
    )
    (observation,) = read_registro(registro).observations
    assert (observation.metric, observation.channel, str(observation.period)) == ("messages", "whatsapp", "2025-10")
    assert observation.amount is not None
    assert observation.amount.value == 3
    assert registro.with_name("registro.antes-de-importar.xlsx").read_bytes() == before


def test_importing_twice_changes_nothing(registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(chat, "--into", registro, "--answer", "office=Comunicaciones") == 0
    once = registro.read_bytes()
    capsys.readouterr()
    assert run(chat, "--into", registro, "--answer", "office=Comunicaciones") == 0
    told = capsys.readouterr().out
    assert "  = ya estaba: WhatsApp, mensajes, octubre: 3\n" in told
    assert told.endswith("El registro ya tenía todo: no cambió.\n")
    assert registro.read_bytes() == once


def test_a_trial_touches_nothing(registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = registro.read_bytes()
    assert run(chat, "--into", registro, "--answer", "office=Comunicaciones", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "  + se añadiría: WhatsApp, mensajes, octubre: 3\n" in told
    assert told.endswith("No se tocó el registro: era una prueba (--dry-run).\n")
    assert registro.read_bytes() == before
    assert [path.name for path in registro.parent.glob("*antes*")] == []


def test_json_tells_each_file(registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = chat.with_name("Publicaciones.csv")
    table.write_text(LIST, encoding="utf-8")
    answers = ("--answer", "office=Comunicaciones", "--answer", "mapping=yes")
    assert run(chat, table, "--into", registro, *answers, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    first, second = told["files"]
    assert asked_of(first) == {
        "file": CHAT_NAME,
        "source": "whatsapp",
        "sha256": sha256(chat.read_bytes()).hexdigest(),
        "period": "2025-10",
        "observations": [{"channel": "whatsapp", "metric": "messages", "period": "2025-10", "value": "3"}],
        "publications": [],
        "repairs": [],
        "questions": [],
        "refused": None,
    }
    assert first["observations"][0]["breakdown"] == [["texto", 2], ["imagen", 1]]
    assert asked_of(second) == {
        "file": "Publicaciones.csv",
        "source": "generic",
        "sha256": sha256(table.read_bytes()).hexdigest(),
        "period": "2025-10-08/2025-10-20",
        "observations": [],
        "publications": [
            {
                "channel": "x",
                "kind": "post",
                "published_at": "2025-10-08T19:01:26.961000+00:00",
                "link": "https://x.com/perso/status/1976000000000000000",
            },
            {
                "channel": "x",
                "kind": "post",
                "published_at": "2025-10-20T15:48:06.851000+00:00",
                "link": "https://x.com/perso/status/1980300000000000000",
            },
        ],
        "repairs": [],
        "questions": [],
        "refused": None,
    }
    assert [each["outcome"] for each in told["placed"]] == ["added"] * 5


def asked_of(told: dict[str, Any]) -> dict[str, Any]:
    """The part of what is told of a file that other programs are promised."""
    keys = ("file", "source", "sha256", "period", "repairs", "questions", "refused")
    return {
        **{key: told[key] for key in keys},
        "observations": [
            {key: each[key] for key in ("channel", "metric", "period", "value")} for each in told["observations"]
        ],
        "publications": [
            {key: each[key] for key in ("channel", "kind", "published_at", "link")} for each in told["publications"]
        ],
    }


def test_a_question_ends_in_two_and_says_how_to_answer(
    registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = registro.read_bytes()
    assert run(chat, "--into", registro) == 2
    told = capsys.readouterr().out
    assert "      --answer office=A   3 mensajes, 2 de solo texto, del 6 oct 2025 al 30 oct 2025\n" in told
    assert "Marta" not in told
    assert registro.read_bytes() == before


def test_what_cannot_be_read_ends_in_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vacío.csv"
    path.write_bytes(b"")
    assert run(path) == 3
    assert capsys.readouterr().out == "vacío.csv\n  ⊘ «vacío.csv» está vacío: descárguelo otra vez.\n"


def test_an_unknown_file_asks_its_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "carta.txt"
    path.write_text("Cordial saludo.\n", encoding="utf-8")
    assert run(path) == 2
    told = capsys.readouterr().out
    assert told.startswith(
        "carta.txt\n"
        "  ? No reconocemos «carta.txt». Diga de qué origen es, o descárguelo otra vez y no lo abra antes de"
        " importarlo.\n"
        "      --answer source=…\n"
    )
    assert "whatsapp = WhatsApp: chat exportado" in " ".join(told.split())


def test_a_source_that_is_not_one_ends_in_two(chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(chat, "--source", "telegrama") == 2
    assert capsys.readouterr().err.startswith("No hay un origen «telegrama». Escriba uno de estos: ")


def test_the_source_can_be_said(chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(chat, "--source", "whatsapp", "--answer", "office=A") == 0
    assert "  WhatsApp: chat exportado, 1 oct 2025 a 31 oct 2025: usted lo dijo.\n" in capsys.readouterr().out


def test_a_registro_with_mistakes_ends_in_one(registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(registro)
    book["Canales"]["A4"], book["Canales"]["B4"], book["Canales"]["C4"] = "x", "X", "Equis"
    book.save(registro)
    assert run(chat, "--into", registro) == 1
    assert capsys.readouterr().err == f"«{registro}» tiene 1 error: véalos con pregon registro check {registro}.\n"


def test_records_that_lack_a_publication_end_in_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Publication(
        "PUB-2025-0001",
        "x",
        PublicationKind.POST,
        QUARTER.start.replace(day=8),
        "Feria de servicios",
        "https://x.com/perso/status/1976000000000000000",
    )
    path = tmp_path / "registro.xlsx"
    channels = (Channel("x", "X", Platform.X),)
    write_registro(
        Dossier(Institution("Personería"), QUARTER, Control("", ""), channels=channels, publications=(own,)), path
    )
    table = tmp_path / "Publicaciones.csv"
    table.write_text(LIST, encoding="utf-8")
    assert run(table, "--into", path, "--answer", "mapping=yes") == 1
    assert (
        "≠ X, octubre: el registro tiene 1 publicación y el archivo 2: en el registro falta «Rendición de cuentas» "
        "(20 de octubre). " in capsys.readouterr().out
    )


def test_a_folder_and_a_zip_are_taken_whole(registro: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Octubre"
    (folder / "Sede").mkdir(parents=True)
    (folder / "Sede" / "Visitas.csv").write_text(TABLE, encoding="utf-8")
    with zipfile.ZipFile(folder / "WhatsApp Chat - Avisos.zip", "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        archive.writestr("00000001-PHOTO-2025-10-06-08-16-00.jpg", b"\xff\xd8\xff")
    answers = [
        "office=A@_chat.txt",
        "network=website@Octubre/Sede/Visitas.csv",
        "mapping=yes@Visitas.csv",
        "column:Nota=ignore@Visitas.csv",
    ]
    words = [word for answer in answers for word in ("--answer", answer)]
    assert run(folder, "--into", registro, *words, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["file"], each["source"], len(each["observations"])) for each in told["files"]] == [
        ("Octubre/Sede/Visitas.csv", "generic", 2),
        ("Octubre/WhatsApp Chat - Avisos/_chat.txt", "whatsapp", 1),
    ]


def test_what_was_said_of_a_table_is_kept_for_the_next_one(
    registro: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "Visitas.csv"
    table.write_text(TABLE, encoding="utf-8")
    answers = ("--answer", "network=website")
    said = ("--answer", "mapping=yes", "--answer", "column:Nota=ignore")
    assert run(table, "--into", registro, *answers) == 2
    assert run(table, "--into", registro, *answers, *said, "--dry-run") == 0
    assert run(table, "--into", registro, *answers) == 2
    assert run(table, "--into", registro, *answers, *said) == 0
    capsys.readouterr()
    table.write_text("mes,VISITAS,nota\n2025-12,25059,\n", encoding="utf-8")
    assert run(table, "--into", registro, *answers) == 0
    assert "  + se añadió: Sede electrónica, visitas, diciembre: 25.059\n" in capsys.readouterr().out


def test_a_figure_that_differs_is_kept_unless_the_person_asks(
    registro: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "Visitas.csv"
    table.write_text("Mes,Visitas\n2025-10,100\n", encoding="utf-8")
    answers = ("--answer", "network=website", "--answer", "mapping=yes")
    assert run(table, "--into", registro, *answers) == 0
    table.write_text("Mes,Visitas\n2025-10,120\n", encoding="utf-8")
    capsys.readouterr()
    assert run(table, "--into", registro, *answers) == 0
    assert (
        "  − quedó fuera: Sede electrónica, visitas, octubre: el registro dice 100 y el archivo 120; no se cambió.\n"
        in capsys.readouterr().out
    )
    assert run(table, "--into", registro, *answers, "--replace") == 0
    assert "  ~ cambió: Sede electrónica, visitas, octubre: de 100 a 120\n" in capsys.readouterr().out


def test_the_same_file_twice_is_told_once(chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = chat.with_name("Otro nombre.txt")
    copy.write_bytes(chat.read_bytes())
    assert run(chat, copy, "--answer", "office=A") == 0
    told = capsys.readouterr().out
    assert told.startswith("2 archivos: 1 se leyó y 1 es copia de otro.\n\n")
    assert f"Otro nombre.txt\n  = Es el mismo archivo que «{CHAT_NAME}»: no se lee otra vez.\n" in told


def test_of_several_files_the_worst_comes_first_and_each_answer_names_its_file(
    registro: Path, chat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, table = chat.with_name("vacío.csv"), chat.with_name("Visitas.csv")
    empty.write_bytes(b"")
    table.write_text("Mes,Visitas\n2025-10,100\n2025-11,90\n", encoding="utf-8")
    said = ("--answer", "mapping=yes", "--answer", "network=website")
    assert run(table, chat, empty, "--into", registro, *said, "--dry-run") == 3
    assert capsys.readouterr().out == (
        "3 archivos: 1 no se pudo leer, 1 espera su respuesta y 1 se leyó.\n"
        "\n"
        "vacío.csv\n"
        "  ⊘ «vacío.csv» está vacío: descárguelo otra vez.\n"
        f"{CHAT_NAME}\n"
        "  WhatsApp: chat exportado: empieza con la fecha, la hora y el guion o los corchetes de un chat.\n"
        "  ? ¿Cuál participante es la oficina? Responda su letra, o el nombre tal como aparece en el chat; si son"
        " varios, sepárelos con comas.\n"
        f'      --answer "office=A@{CHAT_NAME}"   3 mensajes, 2 de solo texto, del 6 oct 2025 al 30 oct 2025\n'
        f'      --answer "office=B@{CHAT_NAME}"   2 mensajes, 2 de solo texto, del 6 oct 2025 al 31 oct 2025\n'
        "Visitas.csv\n"
        "  Tabla propia (CSV o Excel), 1 oct 2025 a 30 nov 2025: es una tabla con títulos que ningún otro origen"
        " reconoce.\n"
        "  · «Mes» es el mes de cada fila y «Visitas» es Visitas.\n"
        "  + se añadiría: Sede electrónica, visitas, octubre: 100; noviembre: 90\n"
        "\n"
        "En total se añadirían 2 cifras.\n"
        "Falta responder por 1 archivo: repita la orden con las respuestas; lo demás no se añade dos veces.\n"
        "No se tocó el registro: era una prueba (--dry-run).\n"
    )


def test_nothing_to_import_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert capsys.readouterr().err == (
        "No dijo qué importar: escriba los archivos, o --matomo con la dirección de su Matomo.\n"
    )
