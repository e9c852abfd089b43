"""Any formula, written in any of its ways, comes to what fractions say; any text at all is answered, never a crash."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pregon.records.formula import Formula, FormulaFault, Quotient, ZeroDivisor, evaluate, split_ratio
from pregon.records.formula_reading import MOST_LETTERS, parse_formula

LABELS = {"alfa": "alfa", "beta_gama": "beta gama", "delta": "Delta épsilon"}
SPELLINGS = {"alfa": ("alfa", "ALFA"), "beta_gama": ("beta_gama", "Beta  gama"), "delta": ("delta", "delta epsilon")}
GLYPHS = {"+": ("+",), "-": ("-", "−", "–"), "*": ("*", "×", "·"), "/": ("/", "÷", ":")}
Tree = tuple[object, ...]

numbers = st.one_of(
    st.integers(0, 9999).map(lambda number: ("number", str(number), Fraction(number))),
    st.tuples(st.integers(0, 999), st.integers(0, 99), st.sampled_from(",.")).map(
        lambda parts: ("number", f"{parts[0]}{parts[2]}{parts[1]:02}", Fraction(parts[0] * 100 + parts[1], 100))
    ),
)
leaves = st.one_of(numbers, st.sampled_from([*LABELS]).map(lambda code: ("name", code)))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(lambda one: ("opposite", one)),
        st.tuples(st.just("operation"), st.sampled_from("+-*/"), inner, inner),
    ),
    max_leaves=10,
)
values = st.fixed_dictionaries(
    {code: st.decimals(-9999, 9999, places=2, allow_nan=False, allow_infinity=False) for code in LABELS}
)


def by_fractions(tree: Tree, given_values: dict[str, Decimal]) -> Fraction | None:
    """The independent path: None where something is divided by zero."""
    kind = tree[0]
    if kind == "number":
        return tree[2]  # type: ignore[return-value]  # a fraction, by how it was drawn
    if kind == "name":
        return Fraction(given_values[str(tree[1])])
    if kind == "opposite":
        inner = by_fractions(tree[1], given_values)  # type: ignore[arg-type]  # a tree, by how it was drawn
        return None if inner is None else -inner
    left, right = (by_fractions(each, given_values) for each in tree[2:])  # type: ignore[arg-type]  # as above
    if left is None or right is None:
        return None
    match tree[1]:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return None if right == 0 else left / right


def write(draw: st.DrawFn, tree: Tree) -> str:
    """A tree as somebody writes it: signs and spellings vary, every inner operation stands in parentheses or not."""
    kind = tree[0]
    if kind == "number":
        return str(tree[1])
    if kind == "name":
        return draw(st.sampled_from(SPELLINGS[str(tree[1])]))
    if kind == "opposite":
        return f"-({write(draw, tree[1])})"  # type: ignore[arg-type]  # a tree, by how it was drawn
    sign, left, right = str(tree[1]), tree[2], tree[3]
    space = draw(st.sampled_from(["", " ", "  "]))
    glyph = draw(st.sampled_from(GLYPHS[sign]))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    return space.join((_grouped(draw, sign, left, is_right=False), glyph, _grouped(draw, sign, right, is_right=True)))


def _grouped(draw: st.DrawFn, sign: str, tree: Tree, *, is_right: bool) -> str:
    """A term of an operation: in parentheses where it would otherwise be another tree, and sometimes where not."""
    text = write(draw, tree)
    inner = str(tree[1]) if tree[0] == "operation" else ""
    binds_less = inner in {"+", "-"} and sign in {"*", "/"}
    follows = is_right and inner != "" and not (sign in {"+", "-"} and inner in {"*", "/"})
    return f"({text})" if binds_less or follows or tree[0] == "opposite" or draw(st.booleans()) else text


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Tree]:
    tree = draw(trees)
    return write(draw, tree), tree


@given(written(), values)
def test_a_formula_comes_to_what_fractions_say(case: tuple[str, Tree], given_values: dict[str, Decimal]) -> None:
    text, tree = case
    formula = parse_formula(text, LABELS)
    if isinstance(formula, FormulaFault):
        assert len(text) > MOST_LETTERS or "uno dentro de otro" in formula.message
        return
    found, expected = evaluate(formula.root, given_values), by_fractions(tree, given_values)
    if isinstance(found, ZeroDivisor):
        assert expected is None
    else:
        assert Fraction(found.above) / Fraction(found.below) == expected


@given(written(), values)
def test_the_terms_of_a_share_give_the_formula_again(case: tuple[str, Tree], given_values: dict[str, Decimal]) -> None:
    formula = parse_formula(case[0], LABELS)
    ratio = split_ratio(formula.root) if isinstance(formula, Formula) else None
    if ratio is None or not isinstance(formula, Formula):
        return
    whole = evaluate(formula.root, given_values)
    above, below = evaluate(ratio.above, given_values), evaluate(ratio.below, given_values)
    if not isinstance(whole, Quotient):
        return
    assert isinstance(above, Quotient)
    assert isinstance(below, Quotient)
    times = 100 if ratio.is_percent else 1
    share = Fraction(above.above) / Fraction(above.below) / (Fraction(below.above) / Fraction(below.below)) * times
    assert share == Fraction(whole.above) / Fraction(whole.below)


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("()+-−×÷*/:%.,0123456789 abdelftgm_")), max_size=320)
)
def test_whatever_is_written_is_read_or_told_with_its_place(text: str) -> None:
    found = parse_formula(text, LABELS)
    if isinstance(found, FormulaFault):
        assert "".join(found.parts) == found.text
        assert found.message.endswith((".", "?"))
    else:
        assert set(found.names) <= set(LABELS)
