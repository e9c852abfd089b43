import pytest

from pregon.figures.metric import CATALOGUE, PLATFORMS, Additivity, find_metric, metric
from pregon.figures.spanish import fold

CODES = (
    "posts news_items stories visits views reach viewers total_viewers followers_gained followers_total "
    "likes interactions comments shares saves link_clicks reposts video_views followers_lost messages "
    "wallpapers attendees unique_visitors log_visits log_page_views sessions"
)


def test_the_catalogue_holds_what_an_office_counts() -> None:
    assert " ".join(CATALOGUE) == CODES


def test_people_and_balances_are_never_added() -> None:
    never = {code for code, entry in CATALOGUE.items() if entry.over_time is Additivity.NOT_ADDABLE}
    assert never == {"reach", "viewers", "total_viewers", "followers_total", "unique_visitors"}
    assert {code for code, entry in CATALOGUE.items() if entry.over_channels is Additivity.NOT_ADDABLE} == never
    assert {code for code, entry in CATALOGUE.items() if entry.why_not} == never
    assert metric("reach").why_not == "son personas: la misma puede estar en dos meses o en dos redes"


def test_the_definitions_are_whole_sentences() -> None:
    for entry in CATALOGUE.values():
        assert entry.definition[0].isupper()
        assert entry.definition.endswith(".")
        assert {platform for platform, _ in entry.names} <= {"", *PLATFORMS}


def test_no_name_belongs_to_two_metrics_of_a_platform() -> None:
    owners: dict[tuple[str, str], str] = {}
    for code, entry in CATALOGUE.items():
        general = {fold(name) for name in (entry.code, entry.name, *entry.names_on(""))}
        named = [("", name) for name in general]
        named += [(platform, fold(name)) for platform, names in entry.names if platform for name in names]
        for key in named:
            assert owners.setdefault(key, code) == code


@pytest.mark.parametrize(
    ("label", "platform", "code"),
    [
        ("ESPECTADORES", "facebook", "viewers"),
        ("VISITAS", "instagram", "visits"),
        ("SEGUIDORES", "facebook", "followers_gained"),
        ("Seguidores", "", None),  # the new ones, or all of them?
        ("Total de seguidores", "", "followers_total"),
        ("ALCANCE", "instagram", "reach"),
        ("ME GUSTA Y SEGUIDORES", "instagram", "followers_gained"),
        ("Visualizaciones", "instagram", "views"),
        ("Impressions", "x", "views"),
        ("Impressions", "youtube", None),  # there they count thumbnails
        ("Cuántas veces fue visto el post (alcance)", "x", "views"),
        ("POST", "x", "posts"),
        ("Facebook follows", "facebook", "followers_gained"),
        ("nb_visits", "website", "visits"),
        ("nb_uniq_visitors", "website", "unique_visitors"),
        ("PUBLICACIONES\nNOTICIAS", "website", "news_items"),
        ("Fondo pantalla ", "whatsapp", "wallpapers"),
        ("WhatsApp", "whatsapp", "messages"),
        ("Cantidad asistentes", "", "attendees"),
        ("Alcance:", "", "reach"),
        ("Presupuesto", "", None),
    ],
)
def test_finding_a_metric_by_its_label(label: str, platform: str, code: str | None) -> None:
    found = find_metric(label, platform)
    assert (found.code if found else None) == code


def test_an_unknown_code_lists_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match=r"^No hay una métrica «clicks»\. Escriba una de estas: posts, .* y sessions\.$"
    ):
        metric("clicks")
