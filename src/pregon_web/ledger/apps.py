"""The app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Stands on the journal; programme, imports and quarter write through its services."""

    name = "pregon_web.ledger"
    verbose_name = "Registros"
