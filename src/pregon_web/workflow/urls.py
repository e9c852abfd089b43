"""Addresses of the requests."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pregon_web.workflow.urls_door")),
]
