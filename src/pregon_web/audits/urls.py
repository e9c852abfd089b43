"""Addresses of the audits."""

from django.urls import path

from pregon_web.audits import views

urlpatterns = [
    path("auditar/", views.show_audits, name="audits"),
    path("auditar/subir/", views.upload_document, name="upload_document"),
    path("auditar/espera/<int:pk>/", views.show_submission, name="submission"),
    path("auditar/<int:pk>/", views.show_audit, name="audit"),
    path("auditar/<int:pk>/hallazgos/<int:number>/", views.decide_finding, name="decide_finding"),
    path("auditar/<int:pk>/anotado/", views.download_annotated, name="download_annotated"),
    path("auditar/<int:pk>/hallazgos.json", views.download_findings, name="download_findings"),
]
