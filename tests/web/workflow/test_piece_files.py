"""The file of a piece: shown as what it is and as nothing that runs, a part of it where a telephone asks for one."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from pregon_web import vault
from pregon_web.workflow.models import Piece
from tests.web.towns import Town
from tests.web.workflow.making import ask, make_piece, picture


def at(name: str, piece: Piece, *rest: object) -> str:
    return reverse(name, args=[piece.request_id, piece.pk, *rest])


def test_an_image_is_shown_as_an_image_and_as_nothing_that_runs(editor: Client, town: Town) -> None:
    piece = make_piece(town, ask(town))
    answer = editor.get(at("piece_file", piece, 1))
    assert b"".join(answer.streaming_content) == picture()  # type: ignore[attr-defined]  # a file's answer
    headers = {name: answer[name] for name in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options")}
    assert headers == {
        "Content-Type": "image/png",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    page = editor.get(at("piece", piece)).content.decode()
    assert 'alt="Sobre fondo azul, «Estudiar es un derecho»"' in page


def test_a_part_of_a_video_is_answered_as_telephones_ask(editor: Client, town: Town) -> None:
    video = b"\x00\x00\x00\x18ftypisom" + bytes(range(200))
    piece = make_piece(town, ask(town), file=video, captions="Hola")

    def part(asked: str) -> tuple[int, str, bytes]:
        answer = editor.get(at("piece_file", piece, 1), headers={"Range": asked})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # of either kind
        return answer.status_code, answer.get("Content-Range", ""), body

    size = len(video)
    assert part("bytes=0-1") == (206, f"bytes 0-1/{size}", video[:2])
    assert part("bytes=100-") == (206, f"bytes 100-{size - 1}/{size}", video[100:])
    assert part("bytes=-5") == (206, f"bytes {size - 5}-{size - 1}/{size}", video[-5:])
    assert part(f"bytes={size}-") == (416, f"bytes */{size}", b"")
    assert part("bytes=3-1")[0] == 416
    assert part("items=0-1") == (200, "", video)


def test_a_pdf_is_handed_over_and_its_first_page_is_shown(editor: Client, town: Town) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 300)
    path = vault.path_of(town.institution.pk, "f" * 64).with_name("boletin.pdf")
    path.parent.mkdir(parents=True)
    document.save(path)
    piece = make_piece(town, ask(town), file=path.read_bytes())
    handed = editor.get(at("piece_file", piece, 1))
    assert b"".join(handed.streaming_content) == path.read_bytes()  # type: ignore[attr-defined]  # a file's answer
    assert (handed["Content-Type"], handed["Content-Disposition"]) == (
        "application/octet-stream",
        'attachment; filename="estudiar.png.pdf"',
    )
    shown = editor.get(at("piece_preview", piece, 1))
    drawn = b"".join(shown.streaming_content)  # type: ignore[attr-defined]  # a file's answer
    assert (shown.status_code, shown["Content-Type"], drawn[:4]) == (200, "image/png", b"\x89PNG")
