"""Addresses of the ledger."""

from django.urls import path

from pregon_web.ledger.views import channels, evidence, metrics, publications

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
    path("trimestres/<period:period>/evidencias/", evidence.show_evidence, name="evidence"),
    path(
        "trimestres/<period:period>/evidencias/llevar/<slug:suffix>/", evidence.export_evidence, name="export_evidence"
    ),
    path("trimestres/<period:period>/evidencias/nueva/", evidence.add_evidence, name="add_evidence"),
    path("trimestres/<period:period>/evidencias/<int:pk>/", evidence.show_evidence_record, name="evidence_record"),
    path("trimestres/<period:period>/evidencias/<int:pk>/cambiar/", evidence.change_evidence, name="change_evidence"),
    path("trimestres/<period:period>/evidencias/<int:pk>/borrar/", evidence.remove_evidence, name="remove_evidence"),
    path("trimestres/<period:period>/evidencias/<int:pk>/archivo/", evidence.attach_evidence, name="attach_evidence"),
    path("trimestres/<period:period>/evidencias/<int:pk>/enlace/", evidence.check_evidence, name="check_evidence"),
    path(
        "trimestres/<period:period>/evidencias/<int:pk>/descargar/",
        evidence.download_evidence,
        name="download_evidence",
    ),
    path(
        "trimestres/<period:period>/evidencias/<int:pk>/vista.png", evidence.preview_evidence, name="preview_evidence"
    ),
    path("canales/", channels.show_channels, name="channels"),
    path("canales/nuevo/", channels.add_channel, name="add_channel"),
    path("canales/<int:pk>/", channels.show_channel, name="channel"),
    path("canales/<int:pk>/cambiar/", channels.change_channel, name="change_channel"),
    path("canales/<int:pk>/mover/<slug:step>/", channels.move_channel, name="move_channel"),
    path("canales/<int:pk>/usar/", channels.use_channel, name="use_channel"),
    path("canales/<int:pk>/borrar/", channels.remove_channel, name="remove_channel"),
]
