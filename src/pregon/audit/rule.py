"""The shape of a rule. A leaf: rules import it, it imports no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pregon.audit.finding import Finding, Holding, Severity

if TYPE_CHECKING:
    from pregon.audit.reading import Reading


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code (group and number, never reused), its name (its file's and its page's), and its check.

    `check` takes the reading of a document and yields findings and holdings in the reader's order; on odd input it
    yields nothing, and it never raises.
    """

    code: str
    name: str
    severity: Severity
    since: str
    check: Callable[[Reading], Iterator[Finding | Holding]]
