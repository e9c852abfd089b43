"""The report of a quarter: its live preview, its own audit, its files."""
