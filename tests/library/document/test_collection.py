"""Python's search for cycles is put off, and runs again afterwards."""

import gc

import pytest

from pregon.document.collection import without_collection


def test_it_is_put_off_and_taken_up_again() -> None:
    assert gc.isenabled()
    with without_collection():
        assert not gc.isenabled()
        with without_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_taken_up_after_a_failure() -> None:
    with pytest.raises(ValueError, match="mal"), without_collection():
        raise ValueError("mal")
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
