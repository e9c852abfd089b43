"""Python's search for cycles, put off while the values of a document are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Let no search for cycles run meanwhile, where one would have.

    A document and what is understood of it are a hundred thousand frozen values that refer to one another in no
    circle. The collector would walk over all of them again and again, a fifth of the time, to find nothing; what is no
    longer referred to is freed at once all the same. Where two threads are here at once the first to leave lets it run.

    What was made meanwhile is set among the old, by freezing and thawing, or the collector's first act would be to walk
    over it; not where a server has frozen its own before it forked, which would be thawed too.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
