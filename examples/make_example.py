"""Make the example registros: the last quarter of 2025, the one before, and the same one a year before.

    python examples/make_example.py [FOLDER]

Everything is invented but the figures of 2025-T4, which are those of a real report. Nothing depends on the day, the
machine or chance: running it again gives workbooks with the same contents.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from penaclara import earlier_quarters, quarter_2025_t4
from pregon.records.dossier import Dossier
from pregon.registro import write_registro


def make_dossiers() -> Mapping[str, Dossier]:
    """The dossier of each example file, by its name."""
    return {
        "registro-2024-T4.xlsx": earlier_quarters.make_dossier(earlier_quarters.FOURTH_OF_2024),
        "registro-2025-T3.xlsx": earlier_quarters.make_dossier(earlier_quarters.THIRD_OF_2025),
        "registro-2025-T4.xlsx": quarter_2025_t4.make_dossier(),
    }


def main() -> None:
    """Write the three files into a folder: the one given, or this script's own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, dossier in make_dossiers().items():
        write_registro(dossier, folder / name)
        print(folder / name)


if __name__ == "__main__":
    main()
