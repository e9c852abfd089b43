"""The app."""

from django.apps import AppConfig


class QuarterConfig(AppConfig):
    """Imports journal and accounts; reports and audits stand on it."""

    name = "pregon_web.quarter"
    verbose_name = "Trimestre"
