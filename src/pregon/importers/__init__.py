"""Importers: the files that platforms give become records. None has landed yet.

A source will be one module here, found by itself, as a reader or a rule is; CONTRIBUTING.md holds the recipe.
"""
