"""How figures hang together: an aggregate, its operands, the operator, and whether the account closes.

Pure and format-free: grids of amounts with labels go in, relations come out.

`relation` holds the value types and the three verdicts, `labels` what a line's name says of it (a total, a rate),
`sums` finds the sums that words announce along rows and columns, `blame` names the figure whose correction settles
what does not close.

`find` finds every aggregation of any table, announced or not: `totals`, `means` and `ratios` work on `lines`, a
table's figures as whole numbers, and weigh what closes in bits of `evidence`. `bare` reads a table of which nothing
is known but the texts of its cells.

Of `totals`: `search` looks through one sequence of lines and `afar` anywhere, both making what `candidate` holds;
`blocks` reads sheets built of closed blocks, `names` gathers lines by what they are called, `overlap` finds what is
added more than once, `doubts` refuses what closes and means nothing, `subtotals` writes a total over subtotals.
"""
