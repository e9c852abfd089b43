"""What `import pregon` costs, beside what the libraries it would otherwise load cost, each in processes of its own.

    python bench/import_cost.py [ROUNDS]

CPU time of the import alone, the least of the rounds, the peers taking turns. Ends in 1 where ours is 50 ms or more.
"""

from __future__ import annotations

import subprocess
import sys

PEERS = ("pregon", "argparse", "openpyxl", "docx", "pdfplumber")
WANTED_MILLISECONDS = 50
CODE = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"


def measure(module: str) -> float:
    """The CPU milliseconds of importing a module in a new process."""
    done = subprocess.run([sys.executable, "-c", CODE.format(module)], check=True, capture_output=True, text=True)
    return float(done.stdout) * 1000


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    taken: dict[str, list[float]] = {module: [] for module in PEERS}
    for _ in range(rounds):
        for module in PEERS:
            taken[module].append(measure(module))
    ours = min(taken["pregon"])
    for module in PEERS:
        least = min(taken[module])
        print(f"import {module:12} {least:7.1f} ms   {least / ours:5.1f} times ours")
    return 0 if ours < WANTED_MILLISECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
