"""The app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Stands on quarter; knows nothing of audits."""

    name = "pregon_web.reports"
    verbose_name = "Informes"
