"""The files that platforms give become records with a birth certificate: file, place, rule and what was assumed.

`base` holds the shape, `registry` finds the sources, `sources` are they: one file, one source. `delimited` reads the
tables of text that most platforms write, mending what spreadsheets did to them.
"""
