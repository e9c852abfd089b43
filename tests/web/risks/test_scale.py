"""The scale: DAFP's where there is none, edited into a new version; risks keep the one they were valued with."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pregon.records.risk_scale import default_scale, default_scale_data, parse_scale
from pregon_web.accounts.models import Role
from pregon_web.ledger.services import BadRecord
from pregon_web.risks.models import Scale
from pregon_web.risks.scale_form import ScaleForm
from pregon_web.risks.selectors import risks_of
from pregon_web.risks.services import change_scale, ensure_scale
from tests.web.risks.test_risk_map import make_risk, value
from tests.web.towns import Town


@pytest.fixture
def administrator(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.ADMINISTRATOR])
    return client


def as_typed(**changes: str) -> dict[str, str]:
    """The form of DAFP's scale as the page shows it, with some boxes changed."""
    form = ScaleForm(scale=default_scale(), number=1)
    shown = {name: str(form[name].value() if form[name].value() is not None else "") for name in form.fields}
    return {**shown, "version": "6.1", "reason": "El comité bajó el peso del preventivo", **changes}


def test_an_institution_starts_with_the_guide_and_reading_it_writes_nothing(editor: Client, town: Town) -> None:
    page = editor.get(reverse("risk_scale")).content.decode()
    assert "DAFP, Guía para la administración del riesgo, versión 6" in page
    assert "Hacer una versión nueva" not in page
    assert Scale.objects.of(town.institution).count() == 0
    assert parse_scale(ensure_scale(town.institution).data) == default_scale()
    assert ensure_scale(town.institution).number == 1
    assert Scale.objects.of(town.institution).count() == 1


def test_editing_makes_a_new_version_and_the_first_stays(administrator: Client, town: Town) -> None:
    answer = administrator.post(reverse("change_risk_scale"), as_typed(k_preventive="20"))
    first, second = Scale.objects.of(town.institution).order_by("number")
    assert (answer.status_code, first.number, second.number, second.data["version"]) == (302, 1, 2, "6.1")
    assert (first.data["kinds"]["preventive"], second.data["kinds"]["preventive"]) == ("25", "20")
    assert {**second.data, "kinds": first.data["kinds"], "version": "6"} == first.data
    old = administrator.get(reverse("risk_scale_version", args=[1])).content.decode()
    assert "Ya no rige" in old


def test_a_risk_keeps_the_scale_it_was_valued_with_until_it_is_valued_again(
    administrator: Client, editor: Client, town: Town
) -> None:
    risk = value(town, make_risk(town))
    # In the new version Alta × Moderado is Extremo.
    administrator.force_login(town.people[Role.ADMINISTRATOR])
    administrator.post(reverse("change_risk_scale"), as_typed(m3_2="E"))
    assert risks_of(town.institution, "2025-T4")[0].inherent_zone == "Alto"
    page = editor.get(reverse("risks"))
    assert [row.reference for row in page.context["aged"]] == ["R1"]
    value(town, risk)
    assert risks_of(town.institution, "2025-T4")[0].inherent_zone == "Extremo"
    assert editor.get(reverse("risks")).context["aged"] == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"version": "6", "k_preventive": "20"},
            "Ya hay una versión «6» de esta escala. Escriba otra, por ejemplo «6.1».",
        ),
        ({"reason": " "}, "Escriba qué cambió y por qué: los riesgos ya valorados conservan la versión anterior."),
        ({"m0_0": "X"}, "La casilla Muy baja × Leve de la matriz no nombra una zona de la escala."),
        (
            {"p1_percent": "10"},
            "Los niveles de probabilidad van de menor a mayor: «Baja» tiene 10 % y «Muy baja», 20 %.",
        ),
        ({"i0_percent": ""}, "El nivel «Leve» necesita un porcentaje mayor que 0 y hasta 100."),
        ({"e_manual": "80"}, "Un control no puede quitar el 100 %: baje el peso de su tipo o el de su ejecución."),
        ({"name": ""}, "Escriba de qué guía sale."),
        ({"p0_at_most": "2,5"}, "«2,5» no es una cantidad: escriba un número entero, por ejemplo 45."),
    ],
)
def test_a_scale_that_cannot_be_is_told_and_what_was_typed_stays(
    administrator: Client, town: Town, changes: dict[str, str], sentence: str
) -> None:
    answer = administrator.post(reverse("change_risk_scale"), as_typed(z3_name="Gravísimo", **changes))
    page = answer.content.decode().replace("&quot;", '"')
    assert (answer.status_code, sentence in page, "Gravísimo" in page) == (422, True, True)
    assert Scale.objects.of(town.institution).filter(number=2).count() == 0


def test_the_same_again_writes_nothing(administrator: Client, town: Town) -> None:
    administrator.post(reverse("change_risk_scale"), as_typed(version="6", reason=""))
    assert [row.number for row in Scale.objects.of(town.institution)] == [1]


def test_two_who_edit_it_at_once_do_not_lose_each_others(administrator: Client, town: Town) -> None:
    administrator.post(reverse("change_risk_scale"), as_typed(k_preventive="20"))
    late = administrator.post(reverse("change_risk_scale"), as_typed(k_preventive="15", version="6.2"))
    assert late.status_code == 422
    assert "Otra persona puso la versión 6.1 mientras usted escribía." in late.content.decode()
    assert Scale.objects.of(town.institution).count() == 2


def test_decimals_are_typed_as_colombia_writes_them(administrator: Client, town: Town) -> None:
    administrator.post(reverse("change_risk_scale"), as_typed(k_preventive="22,5"))
    assert Scale.objects.of(town.institution).get(number=2).data["kinds"]["preventive"] == "22.5"


def test_only_who_administers_edits_it(editor: Client, town: Town) -> None:
    assert editor.post(reverse("change_risk_scale"), as_typed()).status_code == 403
    with pytest.raises(BadRecord, match="La escala no tiene nombre"):
        change_scale(access=town.access(), data={**default_scale_data(), "name": ""}, reason="", seen=1)
