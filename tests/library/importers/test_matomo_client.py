"""Matomo's API over HTTP: a server on this machine answers as Matomo's documentation says, and as servers fail."""

from __future__ import annotations

import argparse
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pregon.cli._matomo_import import TOKEN_VARIABLE, configure, receive_from_matomo
from pregon.cli._spanish_help import speak_spanish
from pregon.figures.period import Period
from pregon.importers.matomo.client import Fetched, Manners, MatomoError, fetch_months, open_site, receive_fetched
from pregon.records.publishing import Method

TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of the server below
QUARTER = Period.quarter(2025, 4).months
NEW_YEAR = date(2026, 1, 1)
VISITS = {"2025-10": (812, 1203), "2025-11": (640, 987), "2025-12": (0, 0)}
QUICK = Manners(timeout=0.3, attempts=3, pause=0.25, backoff=1, longest_wait=60)


@dataclass
class Asked:
    """What the server was asked: the words of the address and those of the body."""

    path: str
    query: dict[str, str]
    body: dict[str, str]
    agent: str


@dataclass
class Answer:
    """What the server says back."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    drip: float = 0


Matomo = Callable[[Asked], Answer]


def ordinary(asked: Asked) -> Answer:
    """As Matomo answers: an object by month, and `[]` for one in which it counted nothing."""
    if asked.body != {"token_auth": TOKEN}:
        return Answer(b'{"result":"error","message":"Token is not valid."}')
    month = asked.query["date"][:7]
    unique, visits = VISITS[month]
    if not visits:
        return Answer(json.dumps({month: []}).encode())
    figures = {"nb_uniq_visitors": unique, "nb_visits": visits, "nb_actions": visits * 3, "bounce_rate": "50%"}
    if asked.query["method"] == "Actions.get":
        figures = {"nb_pageviews": visits * 2, "nb_downloads": 7}
    return Answer(json.dumps({month: figures}).encode())


@contextmanager
def serving(answer: Matomo, *, certificate: Path | None = None) -> Iterator[tuple[str, list[Asked]]]:
    """A server on this machine: its address, and what it is asked as it is asked."""
    heard: list[Asked] = []
    gone = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            parts = urlsplit(self.path)
            asked = Asked(
                parts.path,
                {key: value[0] for key, value in parse_qs(parts.query).items()},
                {key: value[0] for key, value in parse_qs(body).items()},
                self.headers["User-Agent"],
            )
            heard.append(asked)
            told = answer(asked)
            gone.wait(told.delay)
            try:
                self.send_response(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for byte in [told.body] if not told.drip else [bytes([each]) for each in told.body]:
                    self.wfile.write(byte)
                    self.wfile.flush()
                    if gone.wait(told.drip):
                        return
            except (BrokenPipeError, ConnectionResetError):
                return  # the client went away, which is what some of these tests show

        do_GET = do_POST  # noqa: N815 - the name that the server calls

        def log_message(self, *_: object) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield f"{'http' if certificate is None else 'https'}://127.0.0.1:{server.server_port}/analitica", heard
    finally:
        gone.set()
        server.shutdown()
        server.server_close()
        thread.join()


def fetch(
    address: str,
    workshop: Path,
    *,
    months: tuple[Period, ...] = QUARTER,
    manners: Manners = QUICK,
    waits: list[float] | None = None,
    token: str = TOKEN,
    today: date = NEW_YEAR,
) -> Fetched:
    waited = waits if waits is not None else []
    site = open_site(address, "1", token)
    return fetch_months(site, months, workshop, today=today, manners=manners, sleep=waited.append)


def refusal(answer: Matomo, workshop: Path, **how: object) -> tuple[str, list[Asked], list[float]]:
    """The sentence that an answer ends in, what had been asked until then, and the waits."""
    waits: list[float] = []
    with serving(answer) as (address, heard), pytest.raises(MatomoError) as told:
        fetch(address, workshop, waits=waits, **how)  # type: ignore[arg-type]  # the keywords of `fetch`, passed on
    return str(told.value), heard, waits


def figures_of(fetched: Fetched) -> list[tuple[str, str, Decimal | int | None, Method]]:
    receipts = receive_fetched(fetched)
    assert {receipt.source for receipt in receipts} == {"matomo"}
    assert all(receipt.extract.refused is None and not receipt.extract.questions for receipt in receipts)
    return [
        (str(each.period), each.metric, each.amount.value if each.amount else None, each.method)
        for receipt in receipts
        for each in receipt.extract.observations
    ]


def test_a_quarter_is_asked_month_by_month_and_read_as_its_files_are(tmp_path: Path) -> None:
    waits: list[float] = []
    with serving(ordinary) as (address, heard):
        fetched = fetch(address, tmp_path, waits=waits)
    assert figures_of(fetched) == [
        ("2025-10", "visits", 1203, Method.API),
        ("2025-10", "unique_visitors", 812, Method.API),
        ("2025-10", "views", 2406, Method.API),
        ("2025-11", "visits", 987, Method.API),
        ("2025-11", "unique_visitors", 640, Method.API),
        ("2025-11", "views", 1974, Method.API),
        ("2025-12", "visits", 0, Method.API),
    ]
    assert [upload.name for upload in fetched.uploads][:2] == [
        "matomo-sitio-1-2025-10-visitas.json",
        "matomo-sitio-1-2025-10-paginas.json",
    ]
    assert [(each.query["method"], each.query["date"]) for each in heard] == [
        ("VisitsSummary.get", "2025-10-01,2025-10-31"),
        ("Actions.get", "2025-10-01,2025-10-31"),
        ("VisitsSummary.get", "2025-11-01,2025-11-30"),
        ("Actions.get", "2025-11-01,2025-11-30"),
        ("VisitsSummary.get", "2025-12-01,2025-12-31"),
        ("Actions.get", "2025-12-01,2025-12-31"),
    ]
    assert waits == [0.25] * 5  # politely, a pause before each but the first
    assert fetched.remarks == ()


def test_the_token_goes_in_the_body_and_nowhere_else(tmp_path: Path) -> None:
    with serving(ordinary) as (address, heard):
        fetch(address, tmp_path, months=QUARTER[:1])
    assert {each.path for each in heard} == {"/analitica/index.php"}
    assert heard[0].query == {
        "module": "API",
        "method": "VisitsSummary.get",
        "idSite": "1",
        "period": "month",
        "date": "2025-10-01,2025-10-31",
        "format": "JSON",
    }
    assert [each.body for each in heard] == [{"token_auth": TOKEN}] * 2
    assert TOKEN not in repr(open_site("https://matomo.pc.gov.co", "1", TOKEN))


def test_a_wrong_token_ends_in_one_sentence_without_it(tmp_path: Path) -> None:
    sentence, heard, _ = refusal(ordinary, tmp_path, token="equivocado")  # noqa: S106 - a wrong one
    assert sentence == "Matomo no dio los datos: «Token is not valid.». Revise el token y el número del sitio."
    assert len(heard) == 1
    told, _, _ = refusal(
        lambda asked: Answer(json.dumps({"result": "error", "message": f"no {asked.body['token_auth']}"}).encode()),
        tmp_path,
    )
    assert told == "Matomo no dio los datos: «no …». Revise el token y el número del sitio."
    denied, heard, _ = refusal(lambda _: Answer(b"", 403), tmp_path)
    assert denied == "«127.0.0.1» no aceptó el token (403): revise que sea de quien puede ver el sitio."
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            Answer(b"\n<!DOCTYPE html><title>Ingreso</title>"),
            "«127.0.0.1» contestó una página y no datos: revise que la dirección sea la de Matomo.",
        ),
        (Answer(b'{"2025-10":'), "«127.0.0.1» contestó algo que no son datos de Matomo: revise la dirección."),
        (
            Answer(b'{"2025-09":{"nb_visits":1}}'),
            "«127.0.0.1» no contestó por octubre de 2025: revise la dirección y el número del sitio.",
        ),
        (
            Answer(b'{"nb_visits":1}'),
            "«127.0.0.1» no contestó por octubre de 2025: revise la dirección y el número del sitio.",
        ),
        (Answer(b" " * 5_000_000), "«127.0.0.1» contestó demasiado para un mes: revise la dirección."),
        (Answer(b"", 404), "«127.0.0.1» contestó con el error 404: revise que la dirección sea la de Matomo."),
    ],
)
def test_what_is_no_answer_of_matomo_is_told_and_not_asked_again(answer: Answer, sentence: str, tmp_path: Path) -> None:
    told, heard, _ = refusal(lambda _: answer, tmp_path)
    assert told == sentence
    assert len(heard) == 1


def failing_first(*failures: Answer) -> Matomo:
    left = list(failures)
    return lambda asked: left.pop(0) if left else ordinary(asked)


def test_what_fails_in_passing_is_tried_again_waiting_longer(tmp_path: Path) -> None:
    waits: list[float] = []
    with serving(failing_first(Answer(b"", 500), Answer(b"", 502))) as (address, heard):
        fetched = fetch(address, tmp_path, months=QUARTER[:1], waits=waits)
    assert waits == [1, 2, 0.25]
    assert len(heard) == 4
    assert [figure[:3] for figure in figures_of(fetched)] == [
        ("2025-10", "visits", 1203),
        ("2025-10", "unique_visitors", 812),
        ("2025-10", "views", 2406),
    ]


def test_too_many_requests_wait_as_long_as_the_server_says(tmp_path: Path) -> None:
    waits: list[float] = []
    limited = (
        Answer(b"", 429, {"Retry-After": "7"}),
        Answer(b"", 503, {"Retry-After": "Mon, 05 Jan 2015 10:00:00 GMT"}),
    )
    with serving(failing_first(*limited)) as (address, _):
        fetch(address, tmp_path, months=QUARTER[:1], waits=waits)
    assert waits == [7, 0.25, 0.25]  # an instant that is past is no wait, and the pause is kept


def test_a_server_that_asks_for_too_long_a_wait_is_told(tmp_path: Path) -> None:
    sentence, heard, waits = refusal(lambda _: Answer(b"", 429, {"Retry-After": "1800"}), tmp_path)
    assert sentence == "«127.0.0.1» contestó que ahora no puede (429). Pide esperar 30 minutos: pruebe entonces."
    assert (len(heard), waits) == (1, [])


def test_what_keeps_failing_is_told_after_the_last_attempt(tmp_path: Path) -> None:
    sentence, heard, waits = refusal(lambda _: Answer(b"<html>", 503), tmp_path)
    assert sentence == "«127.0.0.1» contestó que ahora no puede (503). Se intentó 3 veces: pruebe más tarde."
    assert (len(heard), waits) == (3, [1, 2])


def test_a_slow_server_is_tried_again_and_told(tmp_path: Path) -> None:
    hasty = Manners(timeout=0.1, attempts=2)
    sentence, heard, _ = refusal(lambda _: Answer(b"{}", delay=2), tmp_path, manners=hasty)
    assert sentence == "«127.0.0.1» tarda demasiado en contestar. Se intentó 2 veces: pruebe más tarde."
    assert len(heard) == 2
    dripping, _, _ = refusal(lambda _: Answer(b" " * 200, drip=0.05), tmp_path, manners=hasty)
    assert dripping == sentence


def test_a_connection_that_is_cut_is_tried_again(tmp_path: Path) -> None:
    cut = Answer(b'{"2025', headers={"Content-Length": "900"})
    with serving(failing_first(cut)) as (address, heard):
        fetched = fetch(address, tmp_path, months=QUARTER[:1])
    assert len(heard) == 3
    assert figures_of(fetched)[0][:3] == ("2025-10", "visits", 1203)


def test_no_redirect_is_followed_and_the_other_server_hears_nothing(tmp_path: Path) -> None:
    with serving(ordinary) as (other, heard_there):
        elsewhere = other.replace("127.0.0.1", "localhost")
        sentence, heard, _ = refusal(lambda _: Answer(b"", 307, {"Location": elsewhere}), tmp_path)
    assert sentence == "«127.0.0.1» envía a otra dirección, en «localhost»: si es la suya, escríbala completa."
    assert (len(heard), heard_there) == (1, [])


def test_a_certificate_that_nobody_vouches_for_gets_no_token(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    pem, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run([*made, "-keyout", str(key), "-out", str(pem)], check=True, capture_output=True)
    both = tmp_path / "both.pem"
    both.write_bytes(key.read_bytes() + pem.read_bytes())
    with serving(ordinary, certificate=both) as (address, heard), pytest.raises(MatomoError) as told:
        fetch(address, tmp_path)
    assert str(told.value) == (
        "El certificado de «127.0.0.1» no es de confianza: no se envió el token. Avise a sistemas."
    )
    assert heard == []


def test_a_month_that_is_not_over_is_not_asked_for(tmp_path: Path) -> None:
    with serving(ordinary) as (address, heard):
        fetched = fetch(address, tmp_path, today=date(2025, 12, 20))
        with pytest.raises(MatomoError) as told:
            fetch(address, tmp_path, months=QUARTER[2:], today=date(2025, 12, 31))
    assert {each.query["date"][:7] for each in heard} == {"2025-10", "2025-11"}
    assert fetched.remarks == ("No se pidió diciembre de 2025: el mes no ha terminado.",)
    assert str(told.value) == "Todavía no termina diciembre de 2025: pídalo cuando el mes esté completo."


@pytest.mark.parametrize(
    ("url", "site", "token", "sentence"),
    [
        (
            "http://matomo.pc.gov.co",
            "1",
            TOKEN,
            "«matomo.pc.gov.co» va sin cifrar (http): escriba la dirección con https, para que nadie lea el token.",
        ),
        (
            "matomo.pc.gov.co",
            "1",
            TOKEN,
            "«matomo.pc.gov.co» no es una dirección: escriba la de su Matomo, como https://matomo.entidad.gov.co.",
        ),
        (
            "file:///etc/hostname",
            "1",
            TOKEN,
            "«file:///etc/hostname» no es una dirección: escriba la de su Matomo, como https://matomo.entidad.gov.co.",
        ),
        (
            "https://ana:clave@matomo.pc.gov.co",
            "1",
            TOKEN,
            "La dirección de Matomo va sin usuario, clave ni «?»: escriba solo https://servidor/carpeta.",
        ),
        (
            "https://matomo.pc.gov.co/index.php?token_auth=x",
            "1",
            TOKEN,
            "La dirección de Matomo va sin usuario, clave ni «?»: escriba solo https://servidor/carpeta.",
        ),
        (
            "https://matomo.pc.gov.co",
            "all",
            TOKEN,
            "«all» no es el número de un sitio: mírelo en Matomo, Administración → Sitios web.",
        ),
        (
            "https://matomo.pc.gov.co",
            "1",
            " ",
            "Falta el token de Matomo o no está entero: créelo en Administración → Seguridad.",
        ),
    ],
)
def test_nothing_is_sent_where_address_site_or_token_are_not_right(
    url: str, site: str, token: str, sentence: str
) -> None:
    with pytest.raises(MatomoError) as told:
        open_site(url, site, token)
    assert str(told.value) == sentence


@pytest.mark.parametrize("url", ["https://matomo.pc.gov.co", "https://matomo.pc.gov.co/index.php"])
def test_the_address_may_end_as_people_copy_it(url: str) -> None:
    assert open_site(url, "1", TOKEN).address == "https://matomo.pc.gov.co/index.php"
    assert open_site("http://[::1]:8080/m/", "01", TOKEN).address == "http://[::1]:8080/m/index.php"


def test_the_command_line_takes_the_token_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak_spanish()
    parser = argparse.ArgumentParser()
    configure(parser)
    kept = tmp_path / "evidencia"
    kept.mkdir()
    assert receive_from_matomo(parser.parse_args([]), tmp_path) == ()
    with serving(ordinary) as (address, heard):
        asked = ["--matomo", address, "--site", "1", "--period", "2025-10", "--keep", str(kept)]
        arguments = parser.parse_args(asked)
        monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
        receipts = receive_from_matomo(arguments, tmp_path)
        monkeypatch.delenv(TOKEN_VARIABLE)
        with pytest.raises(ValueError, match="Falta el token de Matomo"):
            receive_from_matomo(arguments, tmp_path)
        with pytest.raises(ValueError, match="diga también el sitio y el periodo"):
            receive_from_matomo(parser.parse_args(["--matomo", address]), tmp_path)
    assert len(heard) == 2
    assert [(receipt.place, receipt.source, len(receipt.extract.observations)) for receipt in receipts] == [
        ("matomo-sitio-1-2025-10-visitas.json", "matomo", 2),
        ("matomo-sitio-1-2025-10-paginas.json", "matomo", 1),
    ]
    assert sorted(path.name for path in kept.iterdir()) == [
        "matomo-sitio-1-2025-10-paginas.json",
        "matomo-sitio-1-2025-10-visitas.json",
    ]
    assert "--token" not in parser.format_help()
