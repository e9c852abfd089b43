"""The app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Stands on the ledger, whose rows it writes; the quarter knows nothing of where they came from."""

    name = "pregon_web.imports"
    verbose_name = "Importaciones"
