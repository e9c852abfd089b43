"""Institutions, offices, people and their roles; who may see what; sign-in."""
