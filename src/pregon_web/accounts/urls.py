"""Addresses of the accounts. Names with `account_`, `mfa_`, `socialaccount_` and `openid_` are allauth's, which looks
them up by name.
"""

from django.urls import path, re_path

from pregon_web.accounts.views import offices, people, requirements, sign_in

urlpatterns = [
    path("entrar/", sign_in.sign_in, name="account_login"),
    path("salir/", sign_in.sign_out, name="account_logout"),
    path("entidad/", sign_in.choose_institution_view, name="choose_institution"),
    path("clave/cambiar/", sign_in.change_password, name="account_change_password"),
    path("clave/recordar/", sign_in.reset_password, name="account_reset_password"),
    path("clave/recordar/enviado/", sign_in.reset_password_done, name="account_reset_password_done"),
    re_path(
        r"^clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.reset_password_from_key,
        name="account_reset_password_from_key",
    ),
    path("clave/nueva/lista/", sign_in.reset_password_from_key_done, name="account_reset_password_from_key_done"),
    path("clave/confirmar/", sign_in.confirm_password, name="account_reauthenticate"),
    path("desactivado/", sign_in.account_inactive, name="account_inactive"),
    path("segundo-factor/", sign_in.show_factors, name="mfa_index"),
    path("segundo-factor/codigo/", sign_in.enter_code, name="mfa_authenticate"),
    path("segundo-factor/confirmar/", sign_in.confirm_code, name="mfa_reauthenticate"),
    path("segundo-factor/activar/", sign_in.activate_totp, name="mfa_activate_totp"),
    path("segundo-factor/quitar/", sign_in.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-factor/reserva/", sign_in.show_recovery_codes, name="mfa_view_recovery_codes"),
    path("segundo-factor/reserva/nuevos/", sign_in.make_recovery_codes, name="mfa_generate_recovery_codes"),
    path("segundo-factor/reserva/archivo/", sign_in.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("entrar/con/<str:provider_id>/", sign_in.sign_in_elsewhere, name="openid_connect_login"),
    path("entrar/con/<str:provider_id>/vuelta/", sign_in.come_back_from_elsewhere, name="openid_connect_callback"),
    path("entrar/cancelado/", sign_in.elsewhere_cancelled, name="socialaccount_login_cancelled"),
    path("entrar/fallo/", sign_in.elsewhere_failed, name="socialaccount_login_error"),
    path("personas/", people.show_people, name="people"),
    path("personas/invitar/", people.invite, name="invite_person"),
    path("personas/<int:pk>/", people.show_person, name="person"),
    path("personas/<int:pk>/desactivar/", people.disable, name="disable_person"),
    path("personas/<int:pk>/activar/", people.enable, name="enable_person"),
    path("invitaciones/<int:pk>/enviar/", people.resend, name="resend_invitation"),
    path("invitaciones/<int:pk>/retirar/", people.withdraw, name="withdraw_invitation"),
    path("invitacion/<str:token>/", people.accept, name="accept_invitation"),
    path("dependencias/", offices.show_offices, name="offices"),
    path("dependencias/<int:pk>/", offices.show_office, name="office"),
    path("dependencias/<int:pk>/cerrar/", offices.close, name="close_office"),
    path("dependencias/<int:pk>/abrir/", offices.reopen, name="reopen_office"),
    path("seguridad/", requirements.show_requirements, name="requirements"),
    path("seguridad/supervision/", requirements.grant, name="grant_supervision"),
    path("seguridad/supervision/<int:pk>/retirar/", requirements.withdraw, name="withdraw_supervision"),
    path("no-se-ofrece/registro/", sign_in.not_offered, name="account_signup"),
    path("no-se-ofrece/correos/", sign_in.not_offered, name="account_email"),
    path("no-se-ofrece/clave/", sign_in.not_offered, name="account_set_password"),
    path("no-se-ofrece/cuentas/", sign_in.not_offered, name="socialaccount_connections"),
    path("no-se-ofrece/registro-con-otra/", sign_in.not_offered, name="socialaccount_signup"),
]
