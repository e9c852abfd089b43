"""Percentages that a sentence tells with the two figures they come from, a share or a change.

«143 ÷ 148 = 96,6 %»; «43 de 46 (93,5 %)»; «el 87,5 % (7 de 8)»; «de 250 publicaciones, 87 fueron en Facebook, es decir,
el 34,8 %»; «se convocaron 200 personas y asistieron 150, lo que equivale al 75 %»; «pasaron de 200 en el segundo
trimestre a 250 en el tercero, un aumento del 25 %».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pregon.claims.shares import NUMBER, PERCENT, WORDS, Share, change_of, ratio_of, read_amount, share_of, stretch_of
from pregon.claims.stretches import stretches_near
from pregon.claims.vocabulary import flatten
from pregon.document.model import Passage
from pregon.document.passages import Passages
from pregon.figures.amount import Amount

_HUNDRED: Final = Decimal(100)
_BEFORE: Final = 60
"""How many characters before a share may hold the verb that makes it a growth."""
_REACH: Final = 400
"""How far from a percentage its figures and their words may stand, in characters."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MOVES: Final = r"\b(?:pas|sub|baj|aument|increment|crec|disminu|ca|redu)[a-z]*"
_GROWS: Final = re.compile(r"\b(?:crec|aument|disminu|baj|sub|cay|redu)[a-z]+[^.;]*$")

# In each form `a` is the part, or what is now; `b` the whole, or what was before; `c` the percentage.
_THAT_IS: Final = (
    r"(?:(?:es decir|o sea|esto es),? (?:en )?"
    r"|(?:lo que|lo cual|que) (?:equivale|corresponde|representa|significa)n? (?:a )?"
    r"|equivalentes? a |correspondientes? a |para )"
)
_ARTICLE: Final = r"(?:(?:el|un|al|una? [a-z]+ del) )?"
_ALONE: Final = r"(?! (?:mas|menos)\b| del? (?!l[oa]s\b|ell[oa]s\b))"
"""After a percentage of these two figures: not «el 20 % más», nor «el 20 % de la población»."""
_EQUATION: Final = re.compile(rf"(?<![\d.,])(?P<a>{NUMBER})\s?[÷/]\s?(?P<b>{NUMBER})\s?=\s?(?P<c>{PERCENT})")
_WITH: Final = re.compile(
    rf"(?P<c>{PERCENT}),? con (?P<a>{NUMBER}) {WORDS}{{1,60}}?\bde (?:l[oa]s )?(?P<b>{NUMBER})(?![\d,.]*\d|\s?%)"
)
_SHARES: Final = (
    _EQUATION,
    _WITH,
    re.compile(
        rf"(?<![\d.,])(?P<a>{NUMBER}) (?:de |(?:{WORDS}{{1,40}} )?(?:de l[oa]s |de un total de ))(?P<b>{NUMBER})"
        rf"(?: {WORDS}{{1,40}})?\s?[(,:] ?(?:el |un |equivale al? )?(?P<c>{PERCENT})(?!\s+del?\b)"
    ),
    re.compile(rf"(?P<b>{NUMBER}) y (?:se )?[a-z]+ (?P<a>{NUMBER}): el (?P<c>{PERCENT})"),
    re.compile(
        rf"(?P<c>{PERCENT})(?:(?: {WORDS}{{1,50}})?(?: \(|, )|: )(?P<a>{NUMBER}) de (?:l[oa]s |un total de )?"
        rf"(?P<b>{NUMBER})"
        r"(?![\d,.]*\d|\s?%)"
    ),
    re.compile(
        rf"\b(?:program|plane|prev|convoc|recib|solicit|radic)[a-z]+ (?:a )?(?P<b>{NUMBER})(?: [a-z]+){{0,3}},? y "
        r"(?:se )?"
        rf"(?:cumpl|ejecut|entreg|atend|respond|resolv|termin|asist)[a-z]+ (?P<a>{NUMBER})(?: [a-z]+){{0,3}} "
        rf"\((?:el )?(?P<c>{PERCENT})\)"
    ),
    re.compile(
        rf"\bde (?:l[oa]s |un total de )?(?P<b>{NUMBER})(?: {WORDS}{{1,50}})?, (?:{WORDS}{{1,30}} )?"
        rf"(?P<a>{NUMBER})(?: {WORDS}{{1,50}})?,? ?\(?{_THAT_IS}?{_ARTICLE}(?P<c>{PERCENT}){_ALONE}"
    ),
    re.compile(
        rf"(?P<b>{NUMBER})(?: [a-z]+){{0,3}},? y (?:se |de ell[oa]s )?(?:[a-z]+ ){{1,2}}(?P<a>{NUMBER})"
        rf"(?: [a-z]+){{0,3}}[,:(] ?{_THAT_IS}{_ARTICLE}(?P<c>{PERCENT}){_ALONE}"
    ),
)
_SAID: Final = rf"(?:{WORDS}|\b(?:19|20)\d\d\b)"
"""Words with the year of a period among them."""
_CHANGE: Final = (
    r"(?:un |una )?(?:(?P<rise>aumento|incremento|crecimiento|alza|subida)"
    rf"|(?P<fall>reduccion|disminucion|descenso|caida|baja)|variacion|cambio) (?:del?|de un) (?P<c>{PERCENT})"
)
_FROM_TO: Final = rf"de (?P<b>{NUMBER})(?: {_SAID}{{1,60}}?)? a (?P<a>{NUMBER})"
_BRACKETED: Final = re.compile(
    r"\b(?:(?P<rise>sub|aument|increment|crec)|(?P<fall>baj|disminu|ca|redu)|pas)[a-z]*(?: [a-z]+){0,4} "
    rf"{_FROM_TO}(?: {_SAID}{{1,60}}?)?(?:,? ?\(|, (?:es decir, |o sea, )?(?:en )?(?:un|el) )(?P<c>{PERCENT})"
    r"(?=\)|\s*[.,;]|\s*$| mas\b| menos\b)"
)
_CHANGES: Final = (
    _BRACKETED,
    re.compile(rf"{_MOVES}(?: [a-z]+){{0,4}} {_FROM_TO}(?: {_SAID}{{1,60}})?,? ?\(?{_THAT_IS}?{_CHANGE}"),
    # «Cayeron 27 % entre noviembre y diciembre (de 34.326 a 25.059)».
    re.compile(
        r"\b(?:(?P<rise>sub|aument|increment|crec)|(?P<fall>baj|disminu|ca|redu))[a-z]* (?:en |un |en un )?"
        rf"(?P<c>{PERCENT})(?: {_SAID}{{1,60}}?)?,? ?\(?(?:al pasar )?{_FROM_TO}"
    ),
    re.compile(rf"{_CHANGE},? (?:al pasar |que paso |pues paso )?{_FROM_TO}"),
    re.compile(
        rf"(?P<a>{NUMBER})(?: {_SAID}{{1,40}})?,? (?:frente a|contra) (?:l[oa]s )?(?P<b>{NUMBER})"
        rf"(?: {_SAID}{{1,60}})?,? ?\(?{_THAT_IS}?{_CHANGE}"
    ),
)


def find_told(passages: Passages) -> Iterator[Share]:
    """Every percentage whose sentence says what it was divided by."""
    for _, passage in passages.saying(lambda text: "%" in text):
        flat = flatten(passage.prose.text)
        percentages = (match.span() for match in re.finditer("%", flat))
        for start, end in stretches_near(percentages, _REACH):
            for pattern in (*_SHARES, *_CHANGES):
                for match in pattern.finditer(flat, start, end):
                    share = _read_share(passage, flat, match)
                    if share is not None:
                        yield share


def _read_share(passage: Passage, flat: str, match: re.Match[str]) -> Share | None:
    """The share or change of a match; None where its words may mean something else."""
    text = passage.prose.text
    a, b = (read_amount(text[slice(*match.span(group))]) for group in ("a", "b"))
    is_change = match.re in _CHANGES
    if a is None or b is None or _is_doubtful((a, b), match, flat, is_change=is_change):
        return None
    computed = (change_of if is_change else ratio_of)(a.interval, b.interval)
    if computed is None:
        return None
    places = [stretch_of(passage, match, group) for group in ("a", "b")]
    share = share_of(
        text[slice(*match.span("c"))],
        stretch_of(passage, match, "c"),
        "",
        [(place.quoted, place) for place in places],
        computed,
        is_change=is_change,
    )
    if share is None or not is_change:
        return share
    if match.re is _BRACKETED and not share.closes:
        ratio = ratio_of(a.interval, b.interval)
        as_ratio = share_of(share.text, share.location, "", share.operands, ratio) if ratio is not None else None
        if as_ratio is not None and as_ratio.closes:
            return None  # «pasó de 40 a 43 (107,5 %)»
    return replace(share, closes=share.closes and not _goes_the_other_way(share, match))


def _goes_the_other_way(share: Share, match: re.Match[str]) -> bool:
    """«Un aumento» of what fell, or the reverse."""
    return bool((match.group("rise") and share.value < 0) or (match.group("fall") and share.value > 0))


def _is_doubtful(figures: tuple[Amount, Amount], match: re.Match[str], flat: str, *, is_change: bool) -> bool:
    """Whether words that look like «43 de 46» may be no share: more than the whole, a year, a growth."""
    if match.re is _EQUATION:
        return False
    if _YEAR.fullmatch(match.group("b")):
        return True
    if is_change:
        return False
    if _GROWS.search(flat[: match.start()][-_BEFORE:]):
        return True
    part, whole = figures
    # «95,1 %, con 390 entregados de 41»: the words say which is the part.
    stated = read_amount(match.group("c")) if match.re is _WITH else None
    return part.value > whole.value and (stated is None or stated.value > _HUNDRED)
