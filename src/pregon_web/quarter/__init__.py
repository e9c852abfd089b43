"""The quarter: what an institution recorded for it, what is missing, and the bridge from rows to the library."""
