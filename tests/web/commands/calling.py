"""Calls the office's verbs as a terminal would: another process, an environment without ours."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import argparse, sys
from importlib import import_module
verb = import_module("pregon_web.commands." + sys.argv[1])
parser = argparse.ArgumentParser()
verb.configure(parser)
sys.exit(verb.run(parser.parse_args(sys.argv[2:])))
"""


def environment(**more: str) -> dict[str, str]:
    ours = ("PREGON_", "DJANGO_", "PORT", "DATABASE_URL")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return clean | more


def call(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(**more),
    )
