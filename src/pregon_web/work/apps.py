"""The app."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Stands on nothing of ours; the apps above hand it their tasks."""

    name = "pregon_web.work"
    verbose_name = "Trabajo de fondo"
