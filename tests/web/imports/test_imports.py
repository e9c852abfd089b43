"""Files of the platforms brought to the office: read apart, seen before they are taken, taken whole, undone whole."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pregon.figures.period import Period
from pregon.records.totals import measure
from pregon_web.accounts.models import Role
from pregon_web.imports.models import Import
from pregon_web.imports.reading import HandedIn, read_apart
from pregon_web.journal.selectors import verify_chain
from pregon_web.ledger.models import Evidence, Observation, PeriodLock, Publication
from pregon_web.ledger.selectors import ledger_dossier
from pregon_web.ledger.services import change_record
from tests.web.towns import Town

T4 = "2025-T4"
EXAMPLES = Path(__file__).parents[3] / "examples"
X_CONTENT = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
    "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\r\n"
    '1976000000000000000,"Wed, Oct 8, 2025",Feria de servicios,'
    "https://x.com/perso/status/1976000000000000000,120,3,5,0,1,0,0,1,2,0,0,0,0\r\n"
    '1976000000000000001,"Wed, Oct 8, 2025",@vecina gracias por venir,'
    "https://x.com/perso/status/1976000000000000001,12,0,0,0,0,0,0,0,0,0,0,0,0\r\n"
)


@pytest.fixture(scope="module")
def exports() -> tuple[dict[str, bytes], dict[str, dict[str, str]]]:
    sys.path.insert(0, str(EXAMPLES))
    try:
        from penaclara.exports import ANSWERS, make_exports
        from penaclara.quarter_2025_t4 import make_dossier
    finally:
        sys.path.remove(str(EXAMPLES))
    return dict(make_exports(make_dossier())), {name: dict(answers) for name, answers in ANSWERS.items()}


def words(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ").split())


def bring(client: Client, **files: bytes) -> HttpResponse:
    uploads = [SimpleUploadedFile(name.replace("__", "."), content) for name, content in files.items()]
    return client.post(reverse("upload_files", args=[T4]), {"exports": uploads}, follow=True)  # type: ignore[return-value]  # the test client's own


def last(town: Town) -> Import:
    return Import.objects.of(town.institution).order_by("-pk")[0]


def press(client: Client, name: str, batch: Import, **data: str) -> HttpResponse:
    return client.post(reverse(name, args=[T4, batch.pk]), data, follow=True)  # type: ignore[return-value]  # the test client's own


def test_nothing_is_recorded_until_it_is_taken(editor: Client, town: Town) -> None:
    page = words(bring(editor, content__csv=X_CONTENT.encode()))
    assert "Todavía no se ha guardado nada." in page
    assert "Feria de servicios" in page
    assert not Publication.objects.of(town.institution).exists()
    saved = words(press(editor, "commit_import", last(town)))
    assert "Se guardó la importación:" in saved
    row = Publication.objects.of(town.institution).select_related("channel").get()
    assert (row.title, str(row.published_on), row.channel.code, row.link) == (
        "Feria de servicios",
        "2025-10-08",
        "x",
        "https://x.com/perso/status/1976000000000000000",
    )
    evidence = Evidence.objects.of(town.institution).get()
    assert (evidence.file, evidence.is_stored, evidence.size) == ("content.csv", True, len(X_CONTENT))
    assert verify_chain(town.institution).broken is None


def test_the_same_file_again_repeats_nothing(editor: Client, town: Town) -> None:
    bring(editor, content__csv=X_CONTENT.encode())
    press(editor, "commit_import", last(town))
    page = words(bring(editor, otra__csv=X_CONTENT.encode()))
    assert "Este archivo ya se importó el" in page
    assert "No se repitió ninguna cifra." in page
    assert Import.objects.of(town.institution).count() == 1


def test_it_is_undone_whole_and_can_be_brought_again(editor: Client, town: Town) -> None:
    bring(editor, content__csv=X_CONTENT.encode())
    press(editor, "commit_import", last(town))
    assert "los registros quedaron como estaban antes" in words(press(editor, "undo_import", last(town)))
    assert not Publication.objects.of(town.institution).exists()
    assert not Evidence.objects.of(town.institution).exists()
    assert not Observation.objects.of(town.institution).filter(is_current=True).exists()
    bring(editor, content__csv=X_CONTENT.encode())
    press(editor, "commit_import", last(town))
    assert Publication.objects.of(town.institution).count() == 1
    assert verify_chain(town.institution).broken is None


def test_what_somebody_changed_since_is_not_undone_behind_their_back(editor: Client, town: Town) -> None:
    bring(editor, content__csv=X_CONTENT.encode())
    press(editor, "commit_import", last(town))
    row = Publication.objects.of(town.institution).get()
    change_record(access=town.access(), row=row, fields={"title": "Feria de servicios en el parque"})
    page = words(press(editor, "undo_import", last(town)))
    assert "«Feria de servicios en el parque» cambió después de importarse" in page
    assert (Publication.objects.of(town.institution).count(), last(town).state) == (1, "committed")


def test_a_file_that_nobody_knows_asks_and_a_bad_one_is_told(editor: Client, town: Town) -> None:
    page = words(bring(editor, cosas__bin=bytes(range(256)) * 4, cortado__csv=b'a,b\r\n1,"sin cerrar'))
    assert "No reconocemos «cosas.bin»" in page
    assert not Publication.objects.of(town.institution).exists()
    refused = words(press(editor, "commit_import", last(town)))
    assert "Falta responder lo que el archivo no dice" in refused


def test_a_closed_quarter_takes_nothing(editor: Client, town: Town) -> None:
    bring(editor, content__csv=X_CONTENT.encode())
    PeriodLock.objects.create(institution=town.institution, period=T4)
    assert "El cuarto trimestre de 2025 está cerrado desde el" in words(press(editor, "commit_import", last(town)))
    assert not Publication.objects.of(town.institution).exists()


def test_a_reading_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pregon_web.imports import reading

    path = tmp_path / "content.csv"
    path.write_text(X_CONTENT, encoding="utf-8")
    monkeypatch.setattr(reading, "SECONDS", 0)
    (receipt,) = read_apart([HandedIn(path, "content.csv")], {})
    assert receipt.extract.refused is not None
    assert receipt.extract.refused.startswith("Leer «content.csv» tardó más de 0 segundos")


def test_who_only_reads_brings_nothing(client: Client, town: Town) -> None:
    client.force_login(town.people[Role.REVIEWER])
    assert client.post(reverse("upload_files", args=[T4])).status_code == 403
    assert "Leer los archivos" not in words(client.get(reverse("imports", args=[T4])))  # type: ignore[arg-type]  # the test client's own


def test_the_example_quarter_comes_in_as_one_zip(
    editor: Client, town: Town, exports: tuple[dict[str, bytes], dict[str, dict[str, str]]]
) -> None:
    files, answers = exports
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for place, content in files.items():
            archive.writestr(place, content)
    bring(editor, exportaciones__zip=packed.getvalue())
    told = {
        f"{key}@exportaciones/{place}": value
        for place in files
        for key, value in answers.get(place.rpartition("/")[2], {}).items()
    }
    page = ""
    for _ in range(4):  # an answer may bring the next question: first what a table is, then how its days are written
        page = words(press(editor, "answer_import", last(town), **told))
        if "Responder y leer otra vez" not in page:
            break
    assert re.search(r"Guardar \d+ registros", page), page[-1500:]
    press(editor, "commit_import", last(town))
    dossier = ledger_dossier(town.institution, T4)
    counted = {
        channel: [int(value) if (value := measure(dossier, code, channel, month).value) is not None else None
                  for month in Period.parse(T4).months]
        for channel, code in (("facebook", "posts"), ("instagram", "posts"), ("x", "posts"), ("website", "visits"))
    }  # fmt: skip
    assert counted == {
        "facebook": [44, 24, 26],
        "instagram": [44, 22, 23],
        "x": [46, 19, 25],
        "website": [34811, 34326, 25059],
    }
