"""Whatever a document holds, the audit answers, the same each time, and by its schema."""

import json
from importlib.resources import files

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pregon.audit.runner import audit_document
from pregon.document.model import Document
from tests.property.documents import documents
from tests.rules.sketch import read_sketch

SCHEMA = jsonschema.Draft202012Validator(
    json.loads(files("pregon.audit").joinpath("schema.json").read_text(encoding="utf-8"))
)
PIECES = (
    "Total;Octubre;noviembre;Facebook:;X;94;1.234;48,5 %;publicaciones;en;y;:;|;| |;=;+;- ;# ;\n;\n|;|---|;eventos"
    ";Ley 5;6/10/2025;31/02/2025;tercer trimestre de 2025;Duración: julio;sin dato;−3;0;99999999999999999999;promedio"
    ";mayor;Productos:;\u00a0;34,811"
)
WORDS = st.sampled_from(PIECES.split(";"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_is_answered(document: Document) -> None:
    result = audit_document(document).to_dict()
    SCHEMA.validate(result)
    assert audit_document(document).to_dict() == result


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_sketch_is_answered(words: list[str]) -> None:
    SCHEMA.validate(audit_document(read_sketch(" ".join(words))).to_dict())
