"""How allauth behaves in this house: nobody signs up alone, and it speaks in our voice."""

from __future__ import annotations

import base64
import hashlib
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are added by their institution."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "El correo o la contraseña no coinciden. Revíselos y entre de nuevo.",
        "too_many_login_attempts": "Hubo demasiados intentos seguidos. Pruebe de nuevo en 5 minutos.",
        "account_inactive": "Su usuario está desactivado. Pida a quien administra su entidad que lo active.",
        "enter_current_password": "Escriba la contraseña con la que entró.",
        "incorrect_password": "Esa no es su contraseña. Escríbala de nuevo.",
        "invalid_password_reset": "Este enlace venció o ya se usó. Pida uno nuevo; solo toma un minuto.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The second factor: its secrets are kept under the key of this installation."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ese código no es el de ahora. Espere a que cambie y escriba el nuevo.",
        "cannot_generate_recovery_codes": "Primero active el código de su teléfono.",
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is kept: a copy of the database alone gives no codes."""
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def _cipher(self) -> Fernet:
        key = hashlib.sha256(b"pregon.second-factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))


class InvitedOnlyAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Whoever comes from Microsoft or Google has to be known here already, by a verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Send back, with a sentence, somebody that no institution has invited."""
        if not sociallogin.is_existing:
            messages.error(request, "Esa cuenta no está invitada. Pida a quien administra su entidad que la invite.")
            raise ImmediateHttpResponse(redirect("account_login"))
