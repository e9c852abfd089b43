"""Matomo: what its exports, its Reporting API and its scheduled reports have in common, and how its API is asked.

The source of the same name, in `pregon.importers.sources`, knows and reads its files; `client` brings the same answers
over HTTP.
"""
