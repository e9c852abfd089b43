"""What stands in addresses."""

from django.urls import register_converter

from pregon_web.ledger.models import PERIOD


class PeriodConverter:
    """A quarter in an address, as it is printed: «2025-T4»."""

    regex = PERIOD

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: object) -> str:
        """As it is printed."""
        return str(value)


def register() -> None:
    """Make `<period:…>` known. Called once, before the addresses are read."""
    register_converter(PeriodConverter, "period")
