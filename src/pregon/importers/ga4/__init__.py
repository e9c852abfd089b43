"""Google Analytics 4: its exports with several tables in one file, its explorations, and the answers of its Data API.

The source of the same name, in `pregon.importers.sources`, knows and reads them. A session is a visit; active users are
people, never added; views are page views.
"""
