"""Addresses of the quarter."""

from django.urls import path

from pregon_web.quarter import views

urlpatterns = [
    path("", views.home, name="home"),
    path("trimestres/<period:period>/", views.show_quarter, name="quarter"),
    path("trimestres/<period:period>/registro/", views.upload_registro, name="upload_registro"),
    path("trimestres/<period:period>/registro/<int:version>/", views.download_registro, name="download_registro"),
]
