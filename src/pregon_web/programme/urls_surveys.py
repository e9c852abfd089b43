"""Addresses of the surveys."""

from django.urls import path

from pregon_web.programme.views import surveys

SURVEYS = "trimestres/<period:period>/encuestas/"

urlpatterns = [
    path(SURVEYS, surveys.show_surveys, name="surveys"),
    path(f"{SURVEYS}llevar/<slug:suffix>/", surveys.export_surveys, name="export_surveys"),
    path(f"{SURVEYS}nueva/", surveys.make_survey, name="make_survey"),
    path(f"{SURVEYS}<int:pk>/", surveys.show_survey, name="survey"),
    path(f"{SURVEYS}<int:pk>/cambiar/", surveys.change_survey, name="change_survey"),
    path(f"{SURVEYS}<int:pk>/cerrar/", surveys.end_survey, name="close_survey"),
    path(f"{SURVEYS}<int:pk>/abrir/", surveys.resume_survey, name="reopen_survey"),
    path(f"{SURVEYS}<int:pk>/borrar/", surveys.remove_survey, name="remove_survey"),
    path(f"{SURVEYS}<int:pk>/cartel/", surveys.show_sheet, name="survey_sheet"),
    path("encuesta/<str:token>/", surveys.answer, name="answer_survey"),
    path("encuesta/<str:token>/gracias/", surveys.thank, name="survey_answered"),
]
