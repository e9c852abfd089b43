"""How figures hang together: an aggregate, its parts, the operator, and whether the account closes.

Pure and format-free: grids of amounts with labels go in, relations come out.

`relation` holds the value types and the three verdicts, `labels` what a line's name says of it (a total, a rate),
`sums` finds sums along rows and columns, `blame` names the figure whose correction settles what does not close.
"""
