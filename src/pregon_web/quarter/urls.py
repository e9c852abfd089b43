"""Addresses of the quarter."""

from django.urls import path, register_converter

from pregon_web.quarter import views
from pregon_web.quarter.models import PERIOD


class PeriodConverter:
    """A quarter in an address, as it is printed: «2025-T4»."""

    regex = PERIOD

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: object) -> str:
        """As it is printed."""
        return str(value)


register_converter(PeriodConverter, "period")

urlpatterns = [
    path("", views.home, name="home"),
    path("trimestres/<period:period>/", views.show_quarter, name="quarter"),
    path("trimestres/<period:period>/registro/", views.upload_registro, name="upload_registro"),
    path("trimestres/<period:period>/registro/<int:version>/", views.download_registro, name="download_registro"),
]
