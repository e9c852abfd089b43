"""A year told from its quarters: what may be added is added, the rest stands quarter by quarter.

`merge` takes the dossiers of the quarters as one, `published` and `served` make the blocks, `compose` the document.
"""
