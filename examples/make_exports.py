"""Make the files that the platforms would have given of the last quarter of 2025, as an office hands them in.

    python examples/make_exports.py [FOLDER]

They are made of the figures of the example quarter: importing the folder into an empty registro gives them back.
`pregon import FOLDER --into REGISTRO.xlsx` asks what only the office knows; the answers are printed at the end.
"""

from __future__ import annotations

import sys
from pathlib import Path

from penaclara.exports import ANSWERS, make_exports
from penaclara.quarter_2025_t4 import make_dossier


def write_exports(folder: Path) -> None:
    """Write the files into a folder, in the folders of their platforms."""
    for place, content in make_exports(make_dossier()).items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main() -> None:
    """Write the files into the folder given, or into «exportaciones» beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "exportaciones"
    write_exports(folder)
    print(folder)
    for name, answers in ANSWERS.items():
        for key, value in answers.items():
            print(f'  --answer "{key}={value}@{name}"')


if __name__ == "__main__":
    main()
