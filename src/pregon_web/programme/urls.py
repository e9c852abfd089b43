"""Addresses of the programme."""

from django.urls import include, path

from pregon_web.programme.views import attendance, calendar, campaigns, events

CAMPAIGNS = "trimestres/<period:period>/campanas/"
CALENDAR = "trimestres/<period:period>/calendario/"
EVENTS = "trimestres/<period:period>/eventos/"

urlpatterns = [
    path(CAMPAIGNS, campaigns.show_campaigns, name="campaigns"),
    path(f"{CAMPAIGNS}llevar/<slug:suffix>/", campaigns.export_campaigns, name="export_campaigns"),
    path(f"{CAMPAIGNS}nueva/", campaigns.add_campaign, name="add_campaign"),
    path(f"{CAMPAIGNS}<int:pk>/", campaigns.show_campaign, name="campaign"),
    path(f"{CAMPAIGNS}<int:pk>/cambiar/", campaigns.change_campaign, name="change_campaign"),
    path(f"{CAMPAIGNS}<int:pk>/borrar/", campaigns.drop_campaign, name="remove_campaign"),
    path(CALENDAR, calendar.show_calendar, name="calendar"),
    path(f"{CALENDAR}efemerides.ics", calendar.download_calendar, name="calendar_ics"),
    path(f"{CALENDAR}elegir/", calendar.take_day, name="choose_day"),
    path(f"{CALENDAR}nueva/", calendar.add_commemoration, name="add_commemoration"),
    path(f"{CALENDAR}<int:pk>/", calendar.show_commemoration, name="commemoration"),
    path(f"{CALENDAR}<int:pk>/cambiar/", calendar.change_commemoration, name="change_commemoration"),
    path(f"{CALENDAR}<int:pk>/borrar/", calendar.remove_commemoration, name="remove_commemoration"),
    path(EVENTS, events.show_events, name="events"),
    path(f"{EVENTS}llevar/<slug:suffix>/", events.export_events, name="export_events"),
    path(f"{EVENTS}nuevo/", events.add_event, name="add_event"),
    path(f"{EVENTS}<int:pk>/", events.show_event, name="event"),
    path(f"{EVENTS}<int:pk>/cambiar/", events.change_event, name="change_event"),
    path(f"{EVENTS}<int:pk>/borrar/", events.remove_event, name="remove_event"),
    path(f"{EVENTS}<int:pk>/lista/", attendance.upload_attendance, name="attendance"),
    path(f"{EVENTS}<int:pk>/lista/bajar/", attendance.download_attendance, name="download_attendance"),
    path(f"{EVENTS}<int:pk>/lista/borrar/", attendance.remove_attendance, name="remove_attendance"),
    path("", include("pregon_web.programme.urls_surveys")),
    path("", include("pregon_web.programme.urls_plan")),
]
