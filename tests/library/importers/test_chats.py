"""Chats: what a message is, what leaves the importer, and what cannot be read as one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pregon.importers.base import Extract, open_upload
from pregon.importers.chat_kinds import Kind, classify
from pregon.importers.chats import UnreadableChatError, read_chat
from pregon.importers.day_order import DayOrder
from pregon.importers.intake import Receipt, receive
from pregon.importers.registry import find_source, identify_upload
from pregon.importers.serial import receipt_to_values

FIXTURES = Path(__file__).parent / "sources" / "whatsapp"
SPANISH = FIXTURES / "android_spanish_12_hours" / "Chat de WhatsApp con Comunicación Interna.txt"


def extract(path: Path, **answers: str) -> Extract:
    source = find_source("whatsapp")
    assert source is not None
    return source.extract(open_upload(path), answers)


def chat_of(folder: Path, text: str, name: str = "Chat.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (["<Multimedia omitido>"], Kind.MEDIA),
        (["<Archivo omitido>"], Kind.MEDIA),
        (["<Media omitted>"], Kind.MEDIA),
        (["IMG-20251006-WA0012.jpg (archivo adjunto)", "Un afiche"], Kind.IMAGE),
        (["\u200eVID-20251006-WA0001.mp4 (file attached)"], Kind.VIDEO),
        (["Circular 014 de 2025.pdf (archivo adjunto)"], Kind.DOCUMENT),
        (["STK-20251006-WA0002.webp (archivo adjunto)"], Kind.STICKER),
        (["PTT-20251006-WA0002.opus (archivo adjunto)"], Kind.AUDIO),
        (["Marta.vcf (archivo adjunto)"], Kind.OTHER),
        (["\u200e<adjunto: 00000012-PHOTO-2025-10-14-09-00-00.jpg>"], Kind.IMAGE),
        (["Vea el afiche", "de mañana \u200e<attached: 00000012-VIDEO-2025-10-14-09-00-00.mp4>"], Kind.VIDEO),
        (["\u200eimagen omitida"], Kind.IMAGE),
        (["\u200evideo omitted"], Kind.VIDEO),
        (["Actas.pdf • \u200e2 páginas \u200edocumento omitido"], Kind.DOCUMENT),
        (["Nadie vio la imagen omitida"], Kind.TEXT),
        (["\u200eSe eliminó este mensaje."], Kind.DELETED),
        (["Eliminaste este mensaje."], Kind.DELETED),
        (["You deleted this message"], Kind.DELETED),
        (["This message was deleted."], Kind.DELETED),
        (["Se eliminó este mensaje de la cartelera porque estaba vencido desde hace mucho tiempo"], Kind.TEXT),
        (["Hora corregida: 3:00 p. m. <Se editó este mensaje.>"], Kind.TEXT),
        (["ENCUESTA:", "¿Martes?", "OPCIÓN: Sí (3 votos)"], Kind.POLL),
        (["Encuesta: llénela hoy"], Kind.TEXT),
        (["\u200eUbicación: https://maps.google.com/?q=6.1,-75.6"], Kind.OTHER),
        (["Ubicación: auditorio"], Kind.TEXT),
        (["null"], Kind.OTHER),
        ([""], Kind.TEXT),
    ],
)
def test_the_kind_of_a_message(body: list[str], kind: Kind) -> None:
    assert classify(body) is kind


def test_messages_are_counted_by_kind_and_the_deleted_ones_apart() -> None:
    october, november = extract(SPANISH, office="Comunicaciones").observations
    assert october.breakdown == (
        ("texto", 2),
        ("imagen", 1),
        ("video", 1),
        ("documento", 1),
        ("encuesta", 1),
        ("archivo omitido sin decir cuál", 1),
    )
    assert october.birth.rule == "mensajes que envió la oficina; 1 eliminado aparte"
    assert november.breakdown == (("texto", 1), ("audio", 1))


@pytest.mark.parametrize("answers", [{}, {"office": "Comunicaciones"}, {"office": "nadie"}, {"office": "A"}])
def test_no_words_and_no_names_leave_the_importer(answers: dict[str, str]) -> None:
    told = extract(SPANISH, **answers)
    written = json.dumps(receipt_to_values(Receipt("Chat.txt", "0" * 64, "whatsapp", "WhatsApp", "", told)))
    for words in (
        "Marta",
        "Lucía",
        "Rend",
        "Porter",
        "Comunicaciones",
        "555",
        "Recordatorio",
        "salud visual",
        "Recibido",
    ):
        assert words not in written


def test_the_office_is_asked_by_how_much_each_wrote() -> None:
    (question,) = extract(SPANISH).questions
    assert question.choices == (
        ("A", "10 mensajes, 3 de solo texto, del 6 oct 2025 al 5 nov 2025"),
        ("B", "3 mensajes, 3 de solo texto, del 6 oct 2025 al 30 nov 2025"),
        ("C", "1 mensaje, 1 de solo texto, del 4 nov 2025 al 4 nov 2025"),
    )
    (again,) = extract(SPANISH, office="Nadie").questions
    assert again.sentence == f"Lo que respondió no está en el chat. {question.sentence}"


@pytest.mark.parametrize("office", ["A,C", "comunicaciones; +57 300 555 0147"])
def test_several_participants_can_be_the_office(office: str) -> None:
    assert [str(each.amount and each.amount.value) for each in extract(SPANISH, office=office).observations] == [
        "7",
        "3",
    ]


def test_a_month_in_which_the_office_sent_nothing_is_zero_and_one_not_covered_is_not_there(tmp_path: Path) -> None:
    path = chat_of(
        tmp_path,
        "30/9/25, 8:00 - Ana: Hola\n15/11/25, 8:00 - Ana: Hola\n31/12/25, 8:00 - Oficina: Feliz año\n",
    )
    counts = {
        str(each.period): each.amount and int(each.amount.value) for each in extract(path, office="B").observations
    }
    # September begins on its last day and holds nothing of the office: nobody knows what came before.
    assert counts == {"2025-10": 0, "2025-11": 0, "2025-12": 1}


def test_an_export_near_the_limit_says_that_its_first_month_is_cut(tmp_path: Path) -> None:
    lines = [f"{1 + number % 28}/{10 + number // 28 % 2}/25, 8:00 - Oficina: Aviso\n" for number in range(56)]
    ordered = sorted(lines, key=lambda line: tuple(int(part) for part in line.split(",")[0].split("/"))[1::-1])
    text = "".join(line * 700 for line in ordered)
    told = extract(chat_of(tmp_path, text), office="Oficina")
    assert [(str(each.period), int(each.amount.value)) for each in told.observations if each.amount] == [
        ("2025-11", 19600)
    ]
    assert told.remarks[1] == (
        "El archivo trae 39.200 mensajes y WhatsApp exporta como máximo unos 40.000. "
        "Los más antiguos quedaron fuera: octubre de 2025 está cortado y no se registra."
    )


def test_two_exports_one_behind_the_other_are_refused(tmp_path: Path) -> None:
    once = "".join(f"{1 + day}/10/25, {hour}:00 - Oficina: Aviso\n" for day in range(28) for hour in range(8, 18))
    told = extract(chat_of(tmp_path, once + once), office="Oficina")
    assert told.refused == (
        "«Chat.txt» tiene 279 mensajes seguidos más antiguos que los de antes: parece juntar varias exportaciones. "
        "Importe cada una por separado, sin ordenarla."
    )


def test_messages_that_arrive_a_little_late_are_messages() -> None:
    text = "13/10/25, 8:01 - Ana: uno\n13/10/25, 8:00 - Oficina: dos\n13/10/25, 8:05 - Ana: tres\n"
    chat = read_chat(text.encode())
    assert [(message.sender, message.line) for message in chat.messages] == [("Ana", 1), ("Oficina", 2), ("Ana", 3)]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("6/10/25, 8:15 a. m. - Ana: uno\n", DayOrder.DMY),
        ("6/10/25, 8:15 AM - Ana: uno\n", None),
        ("10/6/25, 8:15 AM - Ana: uno\n10/13/25, 8:15 AM - Ana: dos\n", DayOrder.MDY),
        ("2025/10/6, 8:15 - Ana: uno\n", DayOrder.YMD),
        # Read with the month first, every day of August would be followed by one of September, and so back and forth.
        (
            "".join(f"{day}/{month}/25, 8:15 - Ana: a\n" for month in (8, 9, 10, 11) for day in (3, 4, 6, 9, 12)),
            DayOrder.DMY,
        ),
    ],
)
def test_the_order_of_dates_is_decided_over_the_whole_file(text: str, order: DayOrder | None) -> None:
    assert read_chat(text.encode()).order is order


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Fecha,Mensajes\n2025-10,4\n", "no es un chat de WhatsApp: ninguna línea empieza con fecha y hora."),
        (b"", "no es un chat de WhatsApp: ninguna línea empieza con fecha y hora."),
        (b"\x00\x01\x02", "tiene bytes que no son texto: descárguelo otra vez de la plataforma, sin abrirlo en Excel."),
    ],
)
def test_what_is_no_chat_is_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableChatError) as error:
        read_chat(content)
    assert str(error.value) == says


def test_a_chat_that_another_program_read_as_windows_1252_is_mended(tmp_path: Path) -> None:
    wrong = SPANISH.read_bytes().decode("utf-8").replace("Ó", "O").encode().decode("cp1252", errors="ignore")
    told = extract(chat_of(tmp_path, wrong), office="Comunicaciones")
    assert told.repairs == ("Las tildes estaban dañadas por otro programa: se repararon.",)
    assert [int(each.amount.value) for each in told.observations if each.amount] == [7, 2]


def test_an_answer_that_the_dates_refute_is_refused() -> None:
    text = "".join(f"{day}/10/25, 8:15 - Ana: a\n" for day in range(13, 31))
    with pytest.raises(UnreadableChatError, match="no tiene sus fechas en ese orden"):
        read_chat(text.encode(), DayOrder.MDY)


def test_a_chat_is_known_by_what_is_inside(tmp_path: Path) -> None:
    path = chat_of(tmp_path, SPANISH.read_text(encoding="utf-8"), "notas.csv")
    assert [claim.source.code for claim in identify_upload(open_upload(path))] == ["whatsapp"]
    (receipt,) = receive([open_upload(path)], {"office": "A"})
    assert receipt.source == "whatsapp"
