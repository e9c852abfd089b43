"""Addresses of the requests."""

from django.urls import URLPattern, URLResolver, include, path

from pregon_web.workflow.views import request, requests, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("solicitudes/", requests.show_requests, name="requests"),
    path("solicitudes/llevar/<slug:suffix>/", requests.export_requests, name="export_requests"),
    path("solicitudes/nueva/", request.add_request, name="add_request"),
    path("solicitudes/<int:pk>/", request.show_request, name="request"),
    path("solicitudes/<int:pk>/mover/", request.move, name="move_request"),
    path("solicitudes/<int:pk>/asignar/", request.assign, name="assign_request"),
    path("solicitudes/<int:pk>/acordar/", request.agree, name="agree_request"),
    path("solicitudes/<int:pk>/corregir/", request.mend, name="mend_request"),
    path("solicitudes/<int:pk>/archivos/", request.attach, name="attach_to_request"),
    path("solicitudes/<int:pk>/archivos/<int:file>/", request.download, name="download_request_file"),
    path("plazos/", settings.show_terms, name="terms"),
    path("plazos/guardar/", settings.save_terms, name="save_terms"),
    path("plazos/cierres/", settings.close_day, name="close_day"),
    path("plazos/cierres/<int:pk>/quitar/", settings.open_day, name="open_day"),
    path("plazos/tipos/nuevo/", settings.add_kind, name="add_kind"),
    path("plazos/tipos/<int:pk>/", settings.change_kind, name="kind"),
    path("", include("pregon_web.workflow.urls_pieces")),
    path("", include("pregon_web.workflow.urls_door")),
]
