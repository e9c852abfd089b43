"""What an audit answers: its order, its grouping, its JSON."""

import json
import os
import subprocess
import sys
from importlib.resources import files

import jsonschema
import pytest

import pregon
from pregon.audit.finding import Severity
from pregon.audit.registry import find_rule, load_rules
from pregon.audit.runner import audit_document
from pregon.audit.summary import tell_audit
from tests.rules.sketch import read_sketch

BROKEN = """
# Informe del cuarto trimestre de 2025
## Resumen
Se hicieron 273 publicaciones en redes sociales: 94 en Facebook, 89 en Instagram y 179 en X.
Tabla: Publicaciones por red y mes
| Red | Octubre | Noviembre | Diciembre | Total |
|---|---|---|---|---|
| Facebook | 44 | 24 | 26 | 94 |
| Instagram | 44 | 22 | 23 | 89 |
| X | 46 | 19 | 25 | 90 |
| Total por mes | 134 | 65 | 74 | 273 |
## Eventos
Hubo 3 eventos.
| Fecha | Evento | Dependencia | Asistentes |
|---|---|---|---|
| 6/10/2025 | Charla | Derechos Humanos | 45 |
| 27/10/2025 | Mediación | Derechos Humanos | |
"""


def test_worst_first_then_in_the_readers_order() -> None:
    result = audit_document(read_sketch(BROKEN))
    assert [(finding.severity.value, finding.message) for finding in result.findings] == [
        ("contradiction", "X: el resumen dice 179 y la tabla dice 90."),
        ("contradiction", "Dice 3 eventos y la tabla 2 tiene 2 filas."),
        ("gap", "Falta «Asistentes» en una de las 2 filas."),
    ]
    assert result.period == "2025-T4"
    assert result.contradicts


def test_one_root_cause_is_one_finding() -> None:
    finding = audit_document(read_sketch(BROKEN)).findings[0]
    assert finding.consequences == ("El desglose de 273 (redes sociales) suma 362 y no 273.",)
    assert (finding.stated, finding.expected) == ("179", "90")
    assert finding.locations[0].quoted == "179"


def test_json_is_as_the_schema_says() -> None:
    schema = json.loads(files("pregon.audit").joinpath("schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    result = audit_document(read_sketch(BROKEN))
    jsonschema.validate(result.to_dict(), schema)
    jsonschema.validate(audit_document(read_sketch("")).to_dict(), schema)
    assert result.to_dict()["counts"] == {
        "contradiction": 2,
        "gap": 1,
        "exposure": 0,
        "inconclusive": 0,
        "advice": 0,
        "consistent": len(result.consistent),
        "unverified": len(result.unverified),
    }


def test_the_summary_is_calm_and_names_the_place() -> None:
    told = tell_audit(audit_document(read_sketch(BROKEN)), name="informe.docx")
    assert told.splitlines()[:9] == [
        "informe.docx · cuarto trimestre de 2025",
        "≠ 2 contradicciones · □ 1 vacío · = 11 cuentas cuadran",
        "",
        "≠ X: el resumen dice 179 y la tabla dice 90.  [REF001]",
        "  179 = 90 de X + 89 de Instagram.",
        "  · El desglose de 273 (redes sociales) suma 362 y no 273.",
        "  Dónde: sección «Resumen», párrafo 3; tabla 1 («Publicaciones por red y mes»), fila «X», columna",
        "  «Total».",
        "  → Revise el resumen: donde dice 179 debería decir 90.",
    ]


def test_nothing_to_say() -> None:
    assert tell_audit(audit_document(read_sketch("")), name="vacio.txt") == (
        "vacio.txt\nCero hallazgos · = 0 cuentas cuadran\n"
    )


def test_a_rule_alone() -> None:
    rule = find_rule("gap001")
    assert rule is not None
    result = audit_document(read_sketch(BROKEN), rules=(rule,))
    assert [finding.severity for finding in result.findings] == [Severity.GAP]


def test_the_catalogue() -> None:
    assert [rule.code for rule in load_rules()] == sorted(rule.code for rule in load_rules())
    assert find_rule("XYZ999") is None
    found = find_rule("total-mismatch")
    assert found is not None
    assert found.code == "SUM001"


def test_the_public_function_stays_a_function() -> None:
    document = read_sketch(BROKEN)
    assert pregon.audit(document).counts == pregon.audit(document).counts


@pytest.mark.parametrize("seed", ["0", "1", "271828"])
def test_same_bytes_under_any_hash_seed(seed: str) -> None:
    program = (
        "import json\nfrom pregon.audit.runner import audit_document\n"
        "from tests.library.audit.test_runner import BROKEN\n"
        "from tests.rules.sketch import read_sketch\n"
        "print(json.dumps(audit_document(read_sketch(BROKEN)).to_dict(), ensure_ascii=True))"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == audit_document(read_sketch(BROKEN)).to_dict()
