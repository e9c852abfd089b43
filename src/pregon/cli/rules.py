"""`pregon rules`: the catalogue of the audit, or one rule."""

from __future__ import annotations

import argparse
import sys

HELP = "Lista las reglas de la auditoría, o explica una."


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("code", nargs="?", metavar="REGLA", help="el código de una regla, por ejemplo SUM001")


def run(arguments: argparse.Namespace) -> int:
    """Print the catalogue, or what one rule checks. 2 where there is no such rule."""
    from pregon.audit.registry import describe_rule, find_rule, load_rules

    if arguments.code is None:
        for rule in load_rules():
            print(f"{rule.severity.sign} {rule.code}  {describe_rule(rule).title}")
        print("\nPara saber más de una: pregon rules SUM001")
        return 0
    found = find_rule(arguments.code)
    if found is None:
        codes = ", ".join(rule.code for rule in load_rules())
        print(f"No hay una regla «{arguments.code}». Las que hay son: {codes}.", file=sys.stderr)
        return 2
    print(describe_rule(found).text)
    return 0
