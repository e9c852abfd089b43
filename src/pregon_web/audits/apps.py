"""The app."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """Stands on quarter; knows nothing of reports."""

    name = "pregon_web.audits"
    verbose_name = "Auditorías"
