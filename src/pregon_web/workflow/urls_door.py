"""Addresses of what comes in and goes out without a session, and of the pages that keep it."""

from django.urls import path

from pregon_web.workflow.views import calendar_feed, intake, notices

urlpatterns = [
    path("pedir/<str:token>/", intake.ask, name="ask"),
    path("pedir/<str:token>/enviada/", intake.asked, name="asked"),
    path("pedir/confirmar/<str:token>/", intake.confirm, name="confirm_request"),
    path("pedir/estado/<str:token>/", intake.show_status, name="request_status"),
    path("solicitudes/enlaces/", intake.show_links, name="request_links"),
    path("solicitudes/enlaces/<int:pk>/abrir/", intake.make_link, name="make_request_link"),
    path("solicitudes/enlaces/<int:pk>/cambiar/", intake.change_link, name="change_request_link"),
    path("solicitudes/enlaces/<int:pk>/cerrar/", intake.close_link, name="close_request_link"),
    path("solicitudes/vencimientos.ics", calendar_feed.download_due_dates, name="due_dates_ics"),
    path("solicitudes/vencimientos/", calendar_feed.show_feed, name="due_dates"),
    path("solicitudes/vencimientos/cambiar/", calendar_feed.change_feed, name="change_due_dates"),
    path("vencimientos/<str:signed>.ics", calendar_feed.subscribe, name="due_dates_feed"),
    path("avisos/", notices.show_choices, name="mail_choices"),
    path("avisos/dejar/<str:signed>/", notices.unsubscribe, name="unsubscribe"),
]
