"""Addresses of the journal."""

from django.urls import path

from pregon_web.journal import views

urlpatterns = [
    path("bitacora/", views.show_journal, name="journal"),
    path("bitacora/comprobar/", views.check_journal, name="check_journal"),
    path("bitacora/bitacora.csv", views.export_entries, name="export_entries"),
    path("bitacora/cadena.jsonl", views.export_chain, name="export_chain"),
]
