"""Addresses of the quarter."""

from django.urls import path

from pregon_web.quarter.views import closing, home

urlpatterns = [
    path("", home.home, name="home"),
    path("trimestres/<period:period>/", home.show_quarter, name="quarter"),
    path("trimestres/<period:period>/registro/", home.upload_registro, name="upload_registro"),
    path("trimestres/<period:period>/registro/<int:version>/", home.download_registro, name="download_registro"),
    path("trimestres/<period:period>/cierre/", closing.show_closing, name="closing"),
    path("trimestres/<period:period>/cierre/firmar/<slug:hand>/", closing.sign, name="sign_quarter"),
    path("trimestres/<period:period>/cierre/declarar/", closing.declare_gap, name="declare_gap"),
    path("trimestres/<period:period>/cierre/quitar/<int:pk>/", closing.withdraw_gap, name="withdraw_gap"),
    path("trimestres/<period:period>/cierre/pendientes/", closing.note, name="note_pending"),
    path("trimestres/<period:period>/cierre/pendientes/<int:pk>/llego/", closing.settle, name="settle_pending"),
    path("trimestres/<period:period>/cierre/cerrar/", closing.close, name="close_quarter"),
    path("trimestres/<period:period>/cierre/reabrir/", closing.reopen, name="reopen_quarter"),
    path("trimestres/<period:period>/cierre/<int:version>/cambios/", closing.show_changes, name="closing_changes"),
    path(
        "trimestres/<period:period>/cierre/<int:version>/<slug:suffix>/",
        closing.download_closed,
        name="download_closed",
    ),
    path("trimestres/<period:period>/control/", closing.edit_control, name="control"),
]
