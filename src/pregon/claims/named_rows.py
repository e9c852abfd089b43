"""Rows that a sentence names as a table does: «Derechos Humanos hizo 16 solicitudes» is that row."""

from __future__ import annotations

from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.claim import Claim
from pregon.claims.stretches import sentence_at
from pregon.document.location import LocationKind
from pregon.figures.spanish import fold

_SHORTEST: Final = 8
"""A shorter name may stand in a sentence by chance."""


class NamedRows:
    """The names of rows that no vocabulary knows, by what they count."""

    def __init__(self, index: Index) -> None:
        self._names = {
            measure: [
                entity
                for entity in entities
                if entity.startswith("~") and len(entity) > _SHORTEST and not any(map(str.isdigit, entity))
            ]
            for measure, entities in index.owners.items()
        }

    def entity_of(self, claim: Claim) -> str:
        """The row that the sentence of a figure names, as its entity; "" where it names none, or several."""
        names = self._names.get(claim.subject.measure) if claim.subject.measure else None
        if claim.subject.entity or not names or claim.location.kind is LocationKind.CELL:
            return ""
        sentence = fold(sentence_at(claim.location.text, claim.location.start))
        named = [name for name in names if name[1:] in sentence]
        # «Foro de Derechos» inside «Foro de Derechos Humanos» is not named.
        whole = [name for name in named if not any(name != other and name[1:] in other for other in named)]
        return whole[0] if len(whole) == 1 else ""
