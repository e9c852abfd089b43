"""The app."""

from django.apps import AppConfig


class QuarterConfig(AppConfig):
    """Imports journal and accounts; reports and audits stand on it."""

    name = "pregon_web.quarter"
    verbose_name = "Trimestre"

    def ready(self) -> None:
        """Tell the risks until when a quarter's figures are counted."""
        from pregon_web.quarter.selectors import cutoff_day_of
        from pregon_web.risks.cutoff import tell_cutoffs

        tell_cutoffs(cutoff_day_of)
