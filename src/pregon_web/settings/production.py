"""Settings of a server behind HTTPS: as on a laptop, and stricter about keys, hosts and cookies."""

import os

from pregon_web.settings.base import *  # noqa: F403 - production is base with stricter values
from pregon_web.settings.base import DATA_FOLDER
from pregon_web.settings.environment import BadEnvironment, listed, read_secret_key

_key = read_secret_key(DATA_FOLDER)
if _key is None:
    raise BadEnvironment("Falta la clave secreta: defina PREGON_SECRET_KEY o ejecute «pregon serve» una vez.")
SECRET_KEY = _key

ALLOWED_HOSTS = listed("PREGON_ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise BadEnvironment("Falta PREGON_ALLOWED_HOSTS: escriba ahí los nombres por los que se entra, con comas.")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sesion"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
if os.environ.get("PREGON_PROXIES"):
    # Only where a proxy is declared: anybody could write this header otherwise.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

if os.environ.get("PREGON_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["PREGON_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("PREGON_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("PREGON_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("PREGON_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 20
