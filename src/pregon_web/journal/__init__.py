"""The hash-chained record of every change, one chain per institution."""
