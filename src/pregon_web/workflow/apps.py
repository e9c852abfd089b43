"""The app."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Stands on the ledger; the programme and the risks stand on it."""

    name = "pregon_web.workflow"
    verbose_name = "Solicitudes"

    def ready(self) -> None:
        """Say on the page of a publication which piece it was and who approved it."""
        from pregon_web.ledger.beside import tell_beside
        from pregon_web.workflow.behind import tell_piece_behind

        tell_beside("workflow.piece", tell_piece_behind)
