"""What is kept as evidence is told by its content; what runs, or a browser would run, is refused with one sentence."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from pregon.document.model import Document
from pregon.readers.child import ask_child
from pregon.readers.evidence_kinds import NotKept, identify_evidence
from pregon.writers import write_document

CHILD = "pregon.readers.evidence_child"


def picture(form: str, size: tuple[int, int] = (30, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form)
    return out.getvalue()


def package(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def video(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x20ftyp" + brand + b"\x00\x00\x02\x00" + bytes(64)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (picture("PNG"), "imagen PNG"),
        (picture("JPEG"), "imagen JPEG"),
        (picture("GIF"), "imagen GIF"),
        (picture("WEBP"), "imagen WebP"),
        (b"%PDF-1.7\n", "PDF"),
        (video(b"isom"), "video MP4"),
        (video(b"mp42"), "video MP4"),
        (package("[Content_Types].xml", "word/document.xml"), "Word"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        (package(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "hoja de OpenDocument"),
        (package("posts/octubre.html", "fotos/1.jpg"), "zip"),
        ("Fecha;Vistas\r\n6/10/2025;1.380\r\n".encode("cp1252"), "tabla CSV o texto"),
        ("\ufeffmes,año\n".encode(), "tabla CSV o texto"),
        ("Mes\tAlcance\n".encode("utf-16"), "tabla CSV o texto"),
        (b"MZ;Medellin zona\n1;2\n", "tabla CSV o texto"),
        (b'texto,"a < b"\n', "tabla CSV o texto"),
    ],
)
def test_a_kind_is_told_by_what_is_inside(content: bytes, word: str) -> None:
    assert identify_evidence(content, "programa.exe").word == word


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "«captura.png» está vacío."),
        (b"MZ\x90\x00" + bytes(80), "«captura.png» es un programa y no se guarda."),
        (b"\x7fELF" + bytes(80), "es un programa"),
        (b"#!/bin/sh\nrm\n", "es un programa"),
        (b"<!DOCTYPE html><title>x</title>", "es una página web o un dibujo SVG"),
        (b"\xef\xbb\xbf\n <svg xmlns='http://www.w3.org/2000/svg'/>", "es una página web o un dibujo SVG"),
        ("<html>".encode("utf-16"), "es una página web o un dibujo SVG"),
        (b"Hola\n<ScRiPt>alert(1)</script>", "es una página web o un dibujo SVG"),
        (b"<?xml version='1.0'?><svg/>", "es una página web o un dibujo SVG"),
        (package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "tiene macros"),
        (package("fotos/1.jpg", "fotos/abrir.EXE"), "lleva adentro un programa («abrir.EXE»)"),
        (package("META-INF/MANIFEST.MF", "a/B.class"), "lleva adentro un programa («B.class»)"),
        (b"PK\x03\x04" + bytes(30), "está dañado o incompleto"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "es de Office anterior a 2007"),
        (video(b"heic"), "Guárdela como JPEG"),
        (video(b"qt  "), "Conviértalo a MP4"),
        (b"RIFF\x00\x00\x00\x00WAVE" + bytes(20), "de un tipo que no se guarda"),
        (bytes(range(256)), "de un tipo que no se guarda"),
    ],
)
def test_what_is_not_kept_is_refused_whatever_its_name(content: bytes, said: str) -> None:
    with pytest.raises(NotKept) as caught:
        identify_evidence(content, "captura.png")
    assert said in str(caught.value)


def ask(path: Path, what: str) -> dict[str, object]:
    return ask_child(CHILD, path, ["captura", what], seconds=60, memory_mb=1024)


def test_a_picture_is_drawn_anew_and_small_without_what_came_with_it(tmp_path: Path) -> None:
    path = tmp_path / "x"
    exif = Image.Exif()
    exif[0x010E] = "Calle 10 # 20-30"  # a description: where it was taken
    exif[0x0112] = 6  # to be turned a quarter
    Image.new("RGB", (2000, 1000), "navy").save(path, "JPEG", exif=exif)
    drawn = base64.b64decode(str(ask(path, "preview")["png"]))
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size, image.info) == ("PNG", (450, 900), {})
        assert dict(image.getexif()) == {}
    assert b"Calle" not in drawn


def test_the_first_page_of_a_pdf_is_drawn(tmp_path: Path, sample_document: Document) -> None:
    path = tmp_path / "informe.pdf"
    write_document(sample_document, path)
    with Image.open(io.BytesIO(base64.b64decode(str(ask(path, "preview")["png"])))) as image:
        assert image.format == "PNG"
        assert max(image.size) == 900
        assert len(image.convert("L").getcolors() or []) > 2  # something is written on it


def test_the_child_says_the_kind_and_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(picture("GIF"))
    assert ask(path, "identify") == {"content_type": "image/gif"}
    path.write_bytes(b"<html>")
    assert "es una página web" in str(ask(path, "identify")["refused"])
