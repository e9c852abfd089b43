"""Addresses of the report and of its files."""

from django.urls import path

from pregon_web.reports import views

urlpatterns = [
    path("trimestres/<period:period>/informe/", views.show_report, name="report"),
    path("trimestres/<period:period>/informe/<str:file_format>/", views.download_report, name="download_report"),
]
