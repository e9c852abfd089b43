"""The checks of the gate, one a file: each ends in `CHECK` and is found by walking this folder."""
