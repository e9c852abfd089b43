"""Words copied from one place to another, in which only the figure differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.document.location import LocationKind
from pregon.document.prose import Operator
from pregon.relations.relation import Relation, Support, judge

_LEAST_LETTERS: Final = 10


def bind_copied(claims: Sequence[Claim]) -> Iterator[Bond]:
    """A cell's words with their one figure, and the one sentence that repeats them whole.

    «3 fondos de pantalla de la campaña» in a list of what is missing, and «Pendiente: 3 fondos de pantalla de la
    campaña.» in its section.
    """
    cells: dict[str, list[Claim]] = defaultdict(list)
    sentences: list[tuple[str, Claim]] = []
    for claim in claims:
        text = claim.location.text
        if claim.amount.unit or not claim.text.isdigit():
            continue
        masked = _mask(text, claim)
        if claim.location.kind is not LocationKind.CELL:
            sentences.append((masked, claim))
        elif sum(map(str.isalpha, masked)) >= _LEAST_LETTERS and " ".join(masked.split()) == masked:
            cells[masked].append(claim)
    for words, copies in cells.items():
        told = [claim for sentence, claim in sentences if words in sentence]
        if len(copies) == len(told) == 1:
            first, second = copies[0], told[0]
            computed = first.amount.interval
            relation = Relation(
                Operator.RECORDED,
                second.number,
                (first.number,),
                second.amount,
                computed,
                judge(second.amount, computed),
                Support.LABEL,
            )
            yield Bond(Tie.SAME_PROSE, relation)


def _mask(text: str, claim: Claim) -> str:
    """The text with this figure, and no other, taken out."""
    end = claim.location.end or len(text)
    return f"{text[: claim.location.start]}#{text[end:]}"
