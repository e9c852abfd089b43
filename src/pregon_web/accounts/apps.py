"""The app, and the watch over new database connections that starts with it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Lowest app of the office: every other one imports it and it imports none."""

    name = "pregon_web.accounts"
    verbose_name = "Entidades y personas"

    def ready(self) -> None:
        """Check every connection to the database, guard its tables, announce sign-ins to whoever keeps the record."""
        from pregon_web.accounts import receivers, row_security
        from pregon_web.database import watch_connections

        watch_connections()
        row_security.connect()
        receivers.connect()
