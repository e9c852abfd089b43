"""The app."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """Stands on the requests and the ledger, whose records speak of each risk."""

    name = "pregon_web.risks"
    verbose_name = "Riesgos"
