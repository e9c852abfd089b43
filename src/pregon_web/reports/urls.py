"""Addresses of the report, of its files and of what backs it, and of a year's report."""

from django.urls import path

from pregon_web.reports import views

urlpatterns = [
    path("trimestres/<period:period>/informe/", views.show_report, name="report"),
    path("trimestres/<period:period>/informe/<str:file_format>/", views.download_report, name="download_report"),
    path("trimestres/<period:period>/paquete/", views.download_pack, name="evidence_pack"),
    path("informe-anual/<int:year>/", views.show_year, name="year_report"),
    path("informe-anual/<int:year>/<str:file_format>/", views.download_year, name="download_year_report"),
]
