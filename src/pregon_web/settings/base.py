"""Settings of one laptop: SQLite in the data folder, the same process serves everything, nothing leaves the machine.
`DATABASE_URL` puts a PostgreSQL database in its place.

`production` starts from these. Each is safe by default: DEBUG is never on, not even here.
"""

import os
import secrets
from typing import Any

from csp.constants import NONE, SELF

from pregon_web.settings.environment import data_folder, listed, postgresql_database, read_secret_key
from pregon_web.settings.openid import openid_apps, origins_of

DATA_FOLDER = data_folder()
FILES_FOLDER = DATA_FOLDER / "files"
CACHE_FOLDER = DATA_FOLDER / "cache"

DEBUG = False
# Where no key was made yet (type checking, tests) a passing one serves; `pregon serve` makes the lasting one first.
SECRET_KEY = read_secret_key(DATA_FOLDER) or secrets.token_urlsafe(64)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *listed("PREGON_ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = listed("PREGON_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "pregon_web.accounts",
    "pregon_web.journal",
    "pregon_web.work",
    "pregon_web.ledger",
    "pregon_web.programme",
    "pregon_web.workflow",
    "pregon_web.risks",
    "pregon_web.imports",
    "pregon_web.quarter",
    "pregon_web.reports",
    "pregon_web.audits",
]

MIDDLEWARE = [
    "pregon_web.middleware.FaultMiddleware",  # outermost: whatever breaks below is noted with a code
    "django.middleware.security.SecurityMiddleware",
    "pregon_web.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pregon_web.accounts.middleware.RuleMiddleware",  # innermost: it judges the view itself
]

ROOT_URLCONF = "pregon_web.urls"
WSGI_APPLICATION = "pregon_web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.path.dirname(os.path.dirname(__file__)), "templates")],  # noqa: PTH118, PTH120 - Django wants text
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "pregon_web.accounts.context.describe_access",
                "pregon_web.workflow.context.count_requests",
                "pregon_web.quarter.context.name_current_quarter",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------------
_sqlite: dict[str, Any] = {
    "ENGINE": "pregon_web.sqlite",
    "NAME": DATA_FOLDER / "pregon.sqlite3",
    # A kept connection does not run the PRAGMAs again on every request: twice the speed, measured.
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "timeout": 20,
        # A deferred transaction that turns into a write fails at once, however long the timeout is.
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;"
        ),
    },
    # Tests run on a file too: in memory there is no WAL, and what is not tried does not hold.
    "TEST": {"NAME": DATA_FOLDER / "test.sqlite3"},
}
DATABASES = {"default": postgresql_database(os.environ["DATABASE_URL"]) if os.environ.get("DATABASE_URL") else _sqlite}
# Long work waits in the same database for `pregon worker`, however many there are.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Attempts to sign in and to ask by a public form are counted here, for all processes together. Room for many: what is
# counted of one must not be pushed out by others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "pregon_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "pregon_web.accounts.adapter.OfficeAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are added by their institution, not by themselves
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Pregón: "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    # The public form: by address and by link; then by the e-mail that a confirmation would be sent to.
    "ask": "10/h/ip,40/h/key",
    "ask_email": "5/d/key",
    # Answers of a survey, all together: no address is looked at, so that none is kept.
    "survey": "600/h/key",
}
ACCOUNT_FORMS = {
    "login": "pregon_web.accounts.forms.SignInForm",
    "reauthenticate": "pregon_web.accounts.forms.ConfirmPasswordForm",
}

# A code of the phone as well, where the person or their institution wants it.
MFA_ADAPTER = "pregon_web.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "pregon_web.accounts.forms.EnterCodeForm",
    "reauthenticate": "pregon_web.accounts.forms.ConfirmCodeForm",
    "activate_totp": "pregon_web.accounts.forms.ActivateCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pregón"
MFA_TOTP_TOLERANCE = 1  # a clock half a minute late still enters

# The account of the institution at Microsoft or Google, for people who were invited and for nobody else.
_openid_apps = openid_apps()
SOCIALACCOUNT_ADAPTER = "pregon_web.accounts.adapter.InvitedOnlyAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": _openid_apps, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PREGON_PROXIES", "0"))

SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # «por 14 días», as the sign-in page says
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pregon_web.errors.session_ended"

# --- What a browser may do ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # the report's own pictures travel inside it
        "media-src": [SELF],  # a video that waits for approval
        "connect-src": [SELF],
        "form-action": [SELF, *origins_of(_openid_apps)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Uploads --------------------------------------------------------------------------------------------------------
UPLOAD_LIMIT_MB = 20
EVIDENCE_QUOTA_MB = int(os.environ.get("PREGON_EVIDENCE_QUOTA_MB", "5120"))  # of each institution, in files
LINK_CHECK_LOOPBACK = False  # links to this very machine are looked at: only for tests
FILE_UPLOAD_HANDLERS = ["pregon_web.uploads.BoundedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # what is not a file: 2 MB of form is already odd
DATA_UPLOAD_MAX_NUMBER_FILES = 20
ATTENDANCE_KEEP_YEARS = 2  # how long a list of who came to an event is kept, unless its event says otherwise

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "es-co"
LANGUAGES = [("es-co", "Español de Colombia")]
USE_I18N = True
TIME_ZONE = "America/Bogota"
USE_TZ = True

# --- Files of the pages: served by the same process, straight from the package ---------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [os.path.join(os.path.dirname(os.path.dirname(__file__)), "static")]  # noqa: PTH118, PTH120 - Django wants text
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.woff2$"

# --- Mail: printed on the terminal, or written to a folder, until an office names its server --------------------------
# Where the office is entered, for the links of the e-mails that nobody's request sends. `serve` tells its worker.
OFFICE_ADDRESS = os.environ.get("PREGON_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("PREGON_MAIL_FOLDER"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = os.environ["PREGON_MAIL_FOLDER"]
DEFAULT_FROM_EMAIL = os.environ.get("PREGON_FROM_EMAIL", "pregon@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    # Django would mail its administrators and print each 404; faults are noted once, by FaultMiddleware.
    "loggers": {"django": {"handlers": [], "propagate": True, "level": "ERROR"}},
}
