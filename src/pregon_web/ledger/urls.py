"""Addresses of the ledger."""

from django.urls import path

from pregon_web.ledger.views import metrics, publications

urlpatterns = [
    path("trimestres/<period:period>/publicaciones/", publications.show_publications, name="publications"),
    path(
        "trimestres/<period:period>/publicaciones/llevar/<slug:suffix>/",
        publications.export_publications,
        name="export_publications",
    ),
    path("trimestres/<period:period>/publicaciones/nueva/", publications.add_publication, name="add_publication"),
    path("trimestres/<period:period>/publicaciones/<int:pk>/", publications.show_publication, name="publication"),
    path(
        "trimestres/<period:period>/publicaciones/<int:pk>/cambiar/",
        publications.change_publication,
        name="change_publication",
    ),
    path(
        "trimestres/<period:period>/publicaciones/<int:pk>/borrar/",
        publications.remove_publication,
        name="remove_publication",
    ),
    path(
        "trimestres/<period:period>/publicaciones/<int:pk>/corregir/",
        publications.correct_publication,
        name="correct_publication",
    ),
    path("trimestres/<period:period>/metricas/", metrics.show_metrics, name="metrics"),
    path("trimestres/<period:period>/metricas/guardar/", metrics.save_metrics, name="save_metrics"),
    path(
        "trimestres/<period:period>/metricas/<slug:channel>/<slug:code>/<str:month>/",
        metrics.show_measure,
        name="measure",
    ),
    path(
        "trimestres/<period:period>/metricas/<slug:channel>/<slug:code>/<str:month>/cambiar/",
        metrics.change_measure,
        name="change_measure",
    ),
]
