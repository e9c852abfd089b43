"""The database backend for SQLite: Django's, with turns for those who write."""
