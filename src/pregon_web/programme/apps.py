"""The app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Stands on the requests and the ledger; knows nothing of risks."""

    name = "pregon_web.programme"
    verbose_name = "Programación"
