"""Runs of a Word file parted at letters, and comments set around them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lxml import etree

from pregon.document.anchors import Anchor

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FILLED: Final = ("text", "dataBinding", "date", "dropDownList", "comboBox")
"""Content controls that Word fills by itself: their inside must stay one piece."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a run's child: the child's place in the file where anyone asked for it, its first letter."""

    element: etree._Element
    number: int | None
    offset: int
    is_cut_before: bool
    is_cut_after: bool


class RunSplitter:
    """Parts the runs of one tree where asked, all at once, and then knows which run holds which letter."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._w = root.tag.rpartition("}")[0] + "}"
        self._elements: list[etree._Element] = list(root.iter("*"))
        self._cuts: dict[int, set[int]] = {}
        self._pieces: dict[int, list[tuple[int, etree._Element]]] = {}
        self._tails: dict[etree._Element, etree._Element] = {}

    def cut(self, anchors: Iterable[Anchor]) -> None:
        """Ask that these letters stand in runs of their own."""
        for anchor in anchors:
            self._cuts.setdefault(anchor.element, set()).update(
                (anchor.offset, anchor.offset + anchor.end - anchor.start)
            )

    def split(self) -> None:
        """Part every run that was asked for. A run that cannot be parted stays whole, and is held whole."""
        places = {self._elements[number]: number for number in self._cuts}
        runs: dict[etree._Element, None] = {}
        for element, number in places.items():
            holder = self._holder(element)
            if holder is element.getparent() and holder.tag == self._w + "r":
                runs[holder] = None
            else:
                self._pieces[number] = [(0, holder)]
        for run in runs:
            self._split_run(run, places)

    def _holder(self, element: etree._Element) -> etree._Element:
        """The element right to be surrounded: the outermost run, formula or filled control inside its paragraph."""
        holder = element
        for above in element.iterancestors():
            if above.tag == self._w + "p":
                break
            is_run = above.tag == self._w + "r"
            if is_run or not above.tag.startswith(self._w) or self._is_filled(above):
                holder = above
        return holder

    def _is_filled(self, control: etree._Element) -> bool:
        properties = control.find(self._w + "sdtPr") if control.tag == self._w + "sdt" else None
        return properties is not None and any(properties.find(self._w + name) is not None for name in _FILLED)

    def _split_run(self, run: etree._Element, places: dict[etree._Element, int]) -> None:
        """Part a run into runs of the same look. The first keeps the element, so that what points to it holds."""
        look = run.find(self._w + "rPr")
        parts = [part for child in run if child is not look for part in self._part(child, places.get(child))]
        for child in list(run):
            if child is not look:
                run.remove(child)
        current = run
        is_cut = False
        for place, part in enumerate(parts):
            if place and (is_cut or part.is_cut_before):
                current = self._add_like(run, current)
            current.append(part.element)
            is_cut = part.is_cut_after
            if part.number is not None:
                self._pieces.setdefault(part.number, []).append((part.offset, current))

    def _add_like(self, run: etree._Element, previous: etree._Element) -> etree._Element:
        """A run with the look of `run`, right after `previous`."""
        fresh = copy.copy(run)
        for child in list(fresh):
            if child.tag != self._w + "rPr":
                fresh.remove(child)
        fresh.tail = None
        previous.addnext(fresh)
        return fresh

    def _part(self, child: etree._Element, number: int | None) -> Iterator[_Part]:
        """A child of a run in pieces that no cut crosses; what is no text has one piece."""
        if number is None:
            yield _Part(child, None, 0, is_cut_before=False, is_cut_after=False)
            return
        cuts = self._cuts[number]
        text = child.text or ""
        is_text = child.tag == self._w + "t"
        length = len(text) if is_text else 1
        edges = sorted({0, length, *(cut for cut in cuts if 0 < cut < length)})
        for start, end in pairwise(edges):
            piece = child
            if len(edges) > 2:
                piece = copy.copy(child)
                piece.tail = None
                piece.text = text[start:end]
                piece.set(_SPACE, "preserve")
            yield _Part(piece, number, start, is_cut_before=start in cuts, is_cut_after=end in cuts)

    def mark(self, anchors: Sequence[Anchor], comment: str) -> None:
        """Set a comment around these letters; after the last of them stands what Word shows of it."""
        start = etree.Element(self._w + "commentRangeStart", {self._w + "id": comment})
        end = etree.Element(self._w + "commentRangeEnd", {self._w + "id": comment})
        call = etree.Element(self._w + "r")
        etree.SubElement(call, self._w + "commentReference", {self._w + "id": comment})
        if anchors:
            self._run_at(anchors[0], anchors[0].offset).addprevious(start)
            last = self._run_at(anchors[-1], anchors[-1].offset + anchors[-1].end - anchors[-1].start - 1)
            self._tails.get(last, last).addnext(end)
            self._tails[last] = call
        else:  # a document without one letter: its first paragraph
            paragraph = next(self._root.iter(self._w + "p"))
            paragraph.extend((start, end))
        end.addnext(call)

    def _run_at(self, anchor: Anchor, offset: int) -> etree._Element:
        """The run that holds a letter now."""
        held = self._pieces[anchor.element]
        return next(run for first, run in reversed(held) if first <= offset)
