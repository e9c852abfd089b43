"""The app."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Stands on the ledger; the programme and the risks stand on it."""

    name = "pregon_web.workflow"
    verbose_name = "Solicitudes"
