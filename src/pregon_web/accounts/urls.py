"""Addresses of the accounts. Names that start with `account_` are allauth's, which looks them up by name."""

from django.urls import path, re_path

from pregon_web.accounts import views

urlpatterns = [
    path("entrar/", views.sign_in, name="account_login"),
    path("salir/", views.sign_out, name="account_logout"),
    path("entidad/", views.choose_institution_view, name="choose_institution"),
    path("clave/cambiar/", views.change_password, name="account_change_password"),
    path("clave/recordar/", views.reset_password, name="account_reset_password"),
    path("clave/recordar/enviado/", views.reset_password_done, name="account_reset_password_done"),
    re_path(
        r"^clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.reset_password_from_key,
        name="account_reset_password_from_key",
    ),
    path("clave/nueva/lista/", views.reset_password_from_key_done, name="account_reset_password_from_key_done"),
    path("desactivado/", views.account_inactive, name="account_inactive"),
    path("no-se-ofrece/registro/", views.not_offered, name="account_signup"),
    path("no-se-ofrece/correos/", views.not_offered, name="account_email"),
    path("no-se-ofrece/clave/", views.not_offered, name="account_set_password"),
    path("no-se-ofrece/confirmar/", views.not_offered, name="account_reauthenticate"),
]
