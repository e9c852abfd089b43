"""Every address of the office. Each view declares its rule; a test walks this list."""

from django.urls import include, path

from pregon_web import converters

converters.register()

urlpatterns = [
    path("", include("pregon_web.ledger.urls")),
    path("", include("pregon_web.workflow.urls")),
    path("", include("pregon_web.imports.urls")),
    path("", include("pregon_web.programme.urls")),
    path("", include("pregon_web.risks.urls")),
    path("", include("pregon_web.quarter.urls")),
    path("", include("pregon_web.reports.urls")),
    path("", include("pregon_web.audits.urls")),
    path("", include("pregon_web.journal.urls")),
    path("", include("pregon_web.accounts.urls")),
]

handler400 = "pregon_web.errors.bad_request"
handler403 = "pregon_web.errors.forbidden"
handler404 = "pregon_web.errors.not_found"
handler429 = "pregon_web.errors.too_many"
handler500 = "pregon_web.errors.fault"
