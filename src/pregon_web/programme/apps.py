"""The app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Stands on the ledger; knows nothing of requests nor of risks."""

    name = "pregon_web.programme"
    verbose_name = "Programación"
