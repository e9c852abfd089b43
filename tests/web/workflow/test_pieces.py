"""Pieces: a version is never altered, what the gate finds waits to be answered; who sees what, and the file."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Evidence, PeriodLock
from pregon_web.ledger.services import BadRecord, ClosedPeriod
from pregon_web.workflow.models import CheckAnswer, Piece, PieceComment, PieceVersion, State
from pregon_web.workflow.models.pieces import FinalRow
from pregon_web.workflow.piece_rows import gate_of
from pregon_web.workflow.pieces import Given, add_version, answer_gate, hash_version, is_whole
from tests.web.towns import Town
from tests.web.workflow.making import (
    answer_all,
    ask,
    channel,
    content,
    latest,
    lead,
    make_piece,
    picture,
    sent_piece,
    state_of,
    words,
)


def at(name: str, piece: Piece, *rest: object) -> str:
    return reverse(name, args=[piece.request_id, piece.pk, *rest])


def entries(town: Town, count: int) -> list[tuple[str, str]]:
    rows = Entry.objects.of(town.institution).order_by("-sequence")[:count]
    return [(row.action, row.subject.partition(":")[0]) for row in reversed(rows)]


# --- versions ---------------------------------------------------------------------------------------------------------


def test_the_hash_is_of_the_json_with_sorted_names_and_no_spaces() -> None:
    fields = {
        "alternative_text": "Un niño",
        "captions": "",
        "change": "",
        "channels": ["fb", "x"],
        "content_type": "image/png",
        "file_name": "a.png",
        "file_sha256": "ab",
        "form": "pregon.piece-version/1",
        "shows_minors": False,
        "shows_people": None,
        "text": "Día «uno»",
    }
    written = (
        '{"alternative_text":"Un niño","captions":"","change":"","channels":["fb","x"],"content_type":"image/png",'
        '"file_name":"a.png","file_sha256":"ab","form":"pregon.piece-version/1","shows_minors":false,'
        '"shows_people":null,"text":"Día «uno»"}'
    )
    assert json.loads(written) == fields
    assert hash_version(fields) == hashlib.sha256(written.encode()).hexdigest()


@pytest.mark.parametrize("name", ["text", "alternative_text", "captions", "file_sha256", "file_name", "change"])
def test_the_hash_changes_with_each_thing_that_is_read_or_seen(name: str) -> None:
    assert hash_version({"text": "Hola"}) != hash_version({"text": "Hola", name: "otra cosa"})


def test_a_piece_begins_with_its_first_version(editor: Client, town: Town) -> None:
    request, red = ask(town), channel(town)
    typed = {
        "title": "Pieza: Estudiar es un derecho",
        "document": SimpleUploadedFile("estudiar.png", picture()),
        "text": "Este 24 de enero",
        "alternative_text": "Sobre fondo azul, «Estudiar es un derecho»",
        "shows": "nobody",
        "goes_out_at": "2026-01-24T07:00",
        "channels": [red.code],
    }
    answer = editor.post(reverse("add_piece", args=[request.pk]), typed)
    piece = Piece.objects.of(town.institution).get()
    version = latest(piece)
    assert (answer.status_code, answer["Location"]) == (302, at("piece", piece))
    assert (version.number, version.channels, version.shows_people, version.shows_minors) == (1, ["x"], False, False)
    assert (version.file_name, version.content_type) == ("estudiar.png", "image/png")
    assert version.file_sha256 == hashlib.sha256(picture()).hexdigest()
    assert vault.path_of(town.institution.pk, version.file_sha256).read_bytes() == picture()
    assert piece.goes_out_at is not None
    assert piece.goes_out_at.isoformat() == "2026-01-24T12:00:00+00:00"
    assert is_whole(version)
    assert entries(town, 2) == [("create", "workflow.piece"), ("create", "workflow.pieceversion")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Escriba qué es, en una línea."),
        ({"text": ""}, "Suba el archivo de la pieza o escriba su texto"),
        ({"document": b"MZ\x90\x00" + bytes(100), "shows": "nobody"}, "es un programa y no se guarda"),
        ({"document": b"a;b\n1;2\n", "shows": "nobody"}, "La pieza es una imagen, un video MP4 o un PDF."),
        ({"document": picture()}, "Mírela y diga quién se ve"),
        ({"channels": ["nada"]}, "Elija los canales de la lista."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    editor: Client, town: Town, typed: dict[str, object], sentence: str
) -> None:
    request = ask(town)
    typed = {
        name: SimpleUploadedFile("p.png", value) if isinstance(value, bytes) else value for name, value in typed.items()
    }
    sent = {"title": "Boletín", "text": "Lo mío", "alternative_text": "Descripción mía", **typed}
    answer = editor.post(reverse("add_piece", args=[request.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Descripción mía" in page
    assert not Piece.objects.of(town.institution).exists()


def test_another_version_keeps_the_file_and_the_one_before(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town))
    first = latest(piece)
    typed = {**content(text="Otro texto"), "shows": "nobody", "change": "Se corrigió el texto"}
    editor.post(at("add_version", piece), typed)
    second = latest(piece)
    assert (second.number, second.text, second.change) == (2, "Otro texto", "Se corrigió el texto")
    assert (second.file_sha256, second.file_name) == (first.file_sha256, "estudiar.png")
    assert second.sha256 != first.sha256
    first.refresh_from_db()
    assert first.text == content()["text"]


def test_a_version_can_let_the_file_go(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town))
    typed = {**content(), "change": "Sale solo el texto", "without_file": "on"}
    editor.post(at("add_version", piece), typed)
    assert (latest(piece).number, latest(piece).file_sha256, latest(piece).shows_people) == (2, "", None)


def test_the_same_again_is_no_version(town: Town) -> None:
    piece = make_piece(town, ask(town))
    with pytest.raises(BadRecord, match=r"Es igual a la versión 1: no cambió nada\."):
        add_version(access=town.access(), piece=piece, content=content(change="Nada"), upload=None)


def test_a_version_is_never_written_over(town: Town) -> None:
    version = latest(make_piece(town, ask(town)))
    version.text = "Otra cosa"
    with pytest.raises(FinalRow):
        version.save()


def test_what_was_touched_behind_our_back_is_noticed(town: Town) -> None:
    piece = make_piece(town, ask(town))
    PieceVersion.objects.of(town.institution).filter(piece=piece).update(text="Otra cosa")
    assert not is_whole(latest(piece))


def test_nothing_of_a_closed_quarter_begins(town: Town) -> None:
    request = ask(town)
    PeriodLock.objects.create(institution=town.institution, period=request.period)
    with pytest.raises(ClosedPeriod):
        make_piece(town, request)


def test_a_new_version_of_what_was_sent_is_waited_for_by_nobody(client: Client, town: Town) -> None:
    piece = sent_piece(town)
    leader = town.people[Role.REQUESTER]
    client.force_login(leader)
    assert "Pieza: Estudiar es un derecho" in client.get(reverse("waiting")).content.decode()
    add_version(access=town.access(), piece=piece, content=content(text="Otro", change="El texto"), upload=None)
    assert "No tiene nada por aprobar" in client.get(reverse("waiting")).content.decode()


# --- the gate ---------------------------------------------------------------------------------------------------------


def waiting(piece: Piece) -> list[tuple[str, str]]:
    return [(each.check_code, each.remark.found) for each in gate_of(latest(piece)).waiting]


def fields_of(editor: Client, piece: Piece) -> dict[str, str]:
    """The names of the gate's fields, by what each answers: «consent/document», «identidad»."""
    form = editor.get(at("piece", piece)).context["gate_form"]
    names = {}
    for judged, fields in form.parts:
        for field in fields:
            kind = field.name.split("-")[0]
            names[judged.remark.found if kind == "yes" else f"{judged.check_code}/{kind}"] = field.name
    return names


def test_what_is_found_is_answered_in_one_form(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town), alternative_text="", shows_people=True)
    assert waiting(piece) == [
        ("alternative_text", "sin texto alternativo"),
        ("consent", "personas"),
        ("visual_identity", "identidad"),
        ("visual_identity", "lemas"),
        ("visual_identity", "servidores"),
    ]
    names = fields_of(editor, piece)
    typed = {
        names["alternative_text/answer"]: "Es un fondo de color",
        names["consent/document"]: SimpleUploadedFile("permiso.png", picture("white")),
        names["identidad"]: "on",
    }
    answer = editor.post(at("answer_gate", piece), typed)
    assert answer.status_code == 302
    assert waiting(piece) == [("visual_identity", "lemas"), ("visual_identity", "servidores")]
    kept = {row.check_code: row for row in CheckAnswer.objects.of(town.institution)}
    evidence = Evidence.objects.of(town.institution).get()
    assert (kept["consent"].answer, kept["consent"].evidence_id) == ("Se adjunta la evidencia", evidence.pk)
    assert evidence.title == "Autorización de imagen: Pieza: Estudiar es un derecho"
    assert (kept["alternative_text"].answer, kept["visual_identity"].answer) == ("Es un fondo de color", "Sí")
    assert entries(town, 1) == [("answer", "workflow.checkanswer")]


def test_of_minors_a_word_is_not_enough(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town), shows_people=True, shows_minors=True)
    names = fields_of(editor, piece)
    refused = editor.post(at("answer_gate", piece), {names["consent/answer"]: "La mamá dijo que sí"})
    assert refused.status_code == 422
    assert "Una respuesta sola no basta: adjunte la evidencia." in refused.content.decode()
    assert "La mamá dijo que sí" in refused.content.decode()
    assert ("consent", "menores de edad") in waiting(piece)
    editor.post(at("answer_gate", piece), {names["consent/document"]: SimpleUploadedFile("p.png", picture("white"))})
    assert ("consent", "menores de edad") not in waiting(piece)


def test_nothing_is_sent_while_something_waits(editor: Client, town: Town) -> None:
    request = ask(town)
    piece = make_piece(town, request)
    told = words(editor.post(at("send_piece", piece), follow=True).content.decode())
    assert "Faltan 3 cosas de lo que se comprueba: respóndalas o suba otra versión." in told
    assert state_of(request) == State.RECEIVED
    answer_all(town, piece)
    told = words(editor.post(at("send_piece", piece), follow=True).content.decode())
    assert f"Se envió a {town.people[Role.REQUESTER].name}." in told
    assert state_of(request) == State.IN_REVIEW


def test_a_new_version_mends_what_was_found_and_brings_what_was_answered(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town), alternative_text="", shows_people=True)
    answer_all(town, piece)
    add_version(
        access=town.access(),
        piece=piece,
        content=content(alternative_text="Una lectora", shows_people=True, change="El texto alternativo"),
        upload=None,
    )
    assert ("alternative_text", "sin texto alternativo") not in waiting(piece)
    form = editor.get(at("piece", piece)).context["gate_form"]
    offered = {judged.check_code: fields[0].initial for judged, fields in form.parts if judged.check_code == "consent"}
    assert offered == {"consent": "Sí"}


def test_an_answer_to_what_is_not_there_is_refused(town: Town) -> None:
    version = latest(make_piece(town, ask(town)))
    with pytest.raises(BadRecord, match="Eso ya no está en la pieza"):
        answer_gate(
            access=town.access(), version=version, given=[Given("captions", "sin subtítulos ni guion", "No hay voz")]
        )
    assert not CheckAnswer.objects.of(town.institution).exists()


def test_what_was_sent_is_not_answered_any_more(town: Town) -> None:
    version = latest(sent_piece(town))
    with pytest.raises(BadRecord, match="Esta versión ya se envió a aprobar"):
        answer_gate(access=town.access(), version=version, given=[Given("visual_identity", "lemas", "Sí")])


# --- the rest of a piece ----------------------------------------------------------------------------------------------


def test_it_is_commented_by_who_asked_for_it(client: Client, town: Town) -> None:
    piece = make_piece(town, ask(town))
    client.force_login(town.people[Role.REQUESTER])
    assert client.post(at("comment_piece", piece), {"text": ""}).status_code == 422
    client.post(at("comment_piece", piece), {"text": "Falta la fecha"})
    comment = PieceComment.objects.of(town.institution).get()
    assert (comment.text, comment.person) == ("Falta la fecha", town.people[Role.REQUESTER])
    assert "Falta la fecha" in client.get(at("piece", piece)).content.decode()


def test_it_is_put_aside_and_taken_up_again(editor: Client, town: Town) -> None:
    piece = sent_piece(town)
    editor.post(at("withdraw_piece", piece))
    page = words(editor.get(at("piece", piece)).content.decode())
    assert "Retirada el" in page
    with pytest.raises(BadRecord, match="La pieza está retirada"):
        add_version(access=town.access(), piece=piece, content=content(text="Otro", change="x"), upload=None)
    editor.post(at("restore_piece", piece))
    piece.refresh_from_db()
    assert piece.withdrawn_at is None


def test_two_who_change_its_name_at_once_are_told(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town))
    seen = piece.version
    editor.post(at("change_piece", piece), {"title": "El primero", "version": seen})
    answer = editor.post(at("change_piece", piece), {"title": "El segundo", "version": seen})
    assert answer.status_code == 422
    assert "cambió este registro" in answer.content.decode()
    piece.refresh_from_db()
    assert piece.title == "El primero"


def test_who_asks_sees_the_pieces_of_their_office_alone(client: Client, town: Town) -> None:
    own = make_piece(town, ask(town))
    other = make_piece(town, ask(town, lead(town, "Hacienda", None), requester=None), title="De Hacienda")
    client.force_login(town.people[Role.REQUESTER])
    answers = {
        "own": client.get(at("piece", own)).status_code,
        "other": client.get(at("piece", other)).status_code,
        "its file": client.get(at("piece_file", other, 1)).status_code,
        "its request": client.get(reverse("request", args=[other.request_id])).status_code,
    }
    assert answers == {"own": 200, "other": 404, "its file": 404, "its request": 404}
    assert client.post(at("send_piece", own)).status_code == 403


def test_a_leader_sees_the_pieces_of_the_office_they_lead(client: Client, town: Town) -> None:
    office = lead(town, "Hacienda", Role.REQUESTER)
    piece = make_piece(town, ask(town, office, requester=None))
    client.force_login(town.people[Role.REQUESTER])
    assert client.get(at("piece", piece)).status_code == 200
    assert "Pieza: Estudiar es un derecho" in client.get(reverse("request", args=[piece.request_id])).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_pieces_of_a_request_are_listed_with_the_same_queries(
    editor: Client, town: Town, count: int, django_assert_num_queries: object
) -> None:
    request = ask(town)
    for number in range(count):
        make_piece(town, request, title=f"Pieza {number}", file=b"")
    address = reverse("request", args=[request.pk])
    editor.get(address)
    with django_assert_num_queries(23):  # type: ignore[operator]  # pytest-django's own
        editor.get(address)


def test_a_request_that_was_asked_in_a_closed_quarter_goes_on(town: Town) -> None:
    request = ask(town, on=date(2025, 10, 8))
    PeriodLock.objects.create(institution=town.institution, period="2025-T4")
    assert latest(sent_piece(town, request)).number == 1
    assert state_of(request) == State.IN_REVIEW
