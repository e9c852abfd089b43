"""How allauth behaves in this house: nobody signs up alone, and it speaks in our voice."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are added by their institution."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "El correo o la contraseña no coinciden. Revíselos y entre de nuevo.",
        "too_many_login_attempts": "Hubo demasiados intentos seguidos. Pruebe de nuevo en 5 minutos.",
        "account_inactive": "Su usuario está desactivado. Pida a quien administra su entidad que lo active.",
        "enter_current_password": "Escriba la contraseña con la que entró.",
        "invalid_password_reset": "Este enlace venció o ya se usó. Pida uno nuevo; solo toma un minuto.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False
