"""The quarterly report, computed: `compose` turns a Dossier into a Document, section by section.

A section is one file in `sections/`, found by itself. `section` is its shape, `setting` sets figures into words and
cells, `tables` and `charts` build what several sections share.
"""
