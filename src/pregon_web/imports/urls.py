"""Addresses of the imports."""

from django.urls import path

from pregon_web.imports import views

urlpatterns = [
    path("trimestres/<period:period>/importar/", views.show_imports, name="imports"),
    path("trimestres/<period:period>/importar/subir/", views.upload_files, name="upload_files"),
    path("trimestres/<period:period>/importar/<int:pk>/", views.show_import, name="import"),
    path("trimestres/<period:period>/importar/<int:pk>/responder/", views.answer_import, name="answer_import"),
    path("trimestres/<period:period>/importar/<int:pk>/guardar/", views.commit, name="commit_import"),
    path("trimestres/<period:period>/importar/<int:pk>/deshacer/", views.undo, name="undo_import"),
]
