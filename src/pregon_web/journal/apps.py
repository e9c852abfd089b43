"""The app; it starts to listen to the changes of the app below it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Imports accounts; every app above writes here from its services."""

    name = "pregon_web.journal"
    verbose_name = "Bitácora"

    def ready(self) -> None:
        """Listen to accounts, which cannot call us."""
        from pregon_web.journal import receivers

        receivers.connect()
