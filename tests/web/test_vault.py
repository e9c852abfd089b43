"""A file of the vault is on the disk, and so is every folder that leads to it, before anything names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from pregon_web import vault


def test_the_way_to_a_file_is_on_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "acta.txt"
    source.write_bytes(b"acta")
    synced: list[Path] = []
    sync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    sha256 = vault.keep_file(7, source)
    kept = vault.path_of(7, sha256)
    assert kept.read_bytes() == b"acta"
    root = Path(settings.FILES_FOLDER)
    content = next(path for path in synced if path.name.startswith(".writing-"))
    assert synced == [tmp_path, root, root / "7", content, kept.parent]
    assert [folder.stat().st_mode & 0o777 for folder in (root, root / "7", kept.parent)] == [0o700] * 3
    vault.keep_file(7, source)
    assert [path.name for path in kept.parent.iterdir()] == [sha256]
