"""Addresses of the risks."""

from django.urls import path

from pregon_web.risks.views import controls, follow_ups, incidents, risk_map, scales

FOLLOW_UPS = "trimestres/<period:period>/riesgos/"
INCIDENTS = "trimestres/<period:period>/incidentes/"

urlpatterns = [
    path("riesgos/", risk_map.show_map, name="risks"),
    path("riesgos/llevar/<slug:suffix>/", risk_map.export_map, name="export_risks"),
    path("riesgos/nuevo/", risk_map.add_risk, name="add_risk"),
    path("riesgos/escala/", scales.show_scale, name="risk_scale"),
    path("riesgos/escala/cambiar/", scales.change_scale, name="change_risk_scale"),
    path("riesgos/escala/<int:number>/", scales.show_version, name="risk_scale_version"),
    path("riesgos/<int:pk>/", risk_map.show_risk, name="risk"),
    path("riesgos/<int:pk>/cambiar/", risk_map.change_risk, name="change_risk"),
    path("riesgos/<int:pk>/borrar/", risk_map.remove_risk, name="remove_risk"),
    path("riesgos/<int:pk>/valorar/", risk_map.value_risk_page, name="value_risk"),
    path("riesgos/<int:pk>/controles/nuevo/", controls.add_control, name="add_risk_control"),
    path("riesgos/<int:pk>/controles/<int:control>/", controls.show_control, name="risk_control"),
    path("riesgos/<int:pk>/controles/<int:control>/cambiar/", controls.change_control, name="change_risk_control"),
    path("riesgos/<int:pk>/controles/<int:control>/borrar/", controls.remove_control, name="remove_risk_control"),
    path("riesgos/<int:pk>/controles/<int:control>/<slug:step>/", controls.move_control, name="move_risk_control"),
    path(FOLLOW_UPS, follow_ups.show_follow_ups, name="risk_follow_ups"),
    path(f"{FOLLOW_UPS}<int:risk>/seguimiento/", follow_ups.add_follow_up, name="add_risk_follow_up"),
    path(f"{FOLLOW_UPS}seguimientos/<int:pk>/", follow_ups.show_follow_up, name="risk_follow_up"),
    path(f"{FOLLOW_UPS}seguimientos/<int:pk>/cambiar/", follow_ups.change_follow_up, name="change_risk_follow_up"),
    path(f"{FOLLOW_UPS}seguimientos/<int:pk>/borrar/", follow_ups.remove_follow_up, name="remove_risk_follow_up"),
    path(INCIDENTS, incidents.show_incidents, name="incidents"),
    path(f"{INCIDENTS}llevar/<slug:suffix>/", incidents.export_incidents, name="export_incidents"),
    path(f"{INCIDENTS}nuevo/", incidents.add_incident, name="add_incident"),
    path(f"{INCIDENTS}<int:pk>/", incidents.show_incident, name="incident"),
    path(f"{INCIDENTS}<int:pk>/cambiar/", incidents.change_incident, name="change_incident"),
    path(f"{INCIDENTS}<int:pk>/borrar/", incidents.remove_incident, name="remove_incident"),
]
