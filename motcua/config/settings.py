"""One settings file, read from the environment only (docs/operating.md names every variable)."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("MOTCUA_HOME", ROOT / ".motcua"))

# Mode. demo: the embedded database and well-known secrets, on this machine only. production: everything from the environment.
MODE = os.environ.get("MOTCUA_MODE", "demo" if "DATABASE_URL" not in os.environ else "production")
MOTCUA_DEMO = MODE in ("demo", "test")
DEMO_SECRET = "demo-only-never-in-production-0000000000000000000000"  # noqa: S105  refused in production
SECRET_KEY = os.environ.get("SECRET_KEY", DEMO_SECRET if MOTCUA_DEMO else "")
if not SECRET_KEY or (SECRET_KEY == DEMO_SECRET and not MOTCUA_DEMO):
    raise ImproperlyConfigured(
        "SECRET_KEY is not set, or is the one of the demonstration: a production start needs one of its own "
        "(docs/operating.md). For a demonstration on another PostgreSQL set MOTCUA_MODE=demo."
    )
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{PORT}")

# The province
MOTCUA_PROVINCE = os.environ.get("MOTCUA_PROVINCE", "Tỉnh Quảng Ngãi")
MOTCUA_HOTLINE = os.environ.get("MOTCUA_HOTLINE", "1022")

# Apps, lowest layer first
INSTALLED_APPS = [
    "motcua.base",
    "motcua.ui",
    "motcua.organisations",
    "motcua.workdays",
    "motcua.people",
    "motcua.notifications",
    "motcua.procedures",
    "motcua.documents",
    "motcua.dossiers",
    "motcua.directives",
    "motcua.investments",
    "motcua.measures",
    "motcua.indices",
    "motcua.alerts",
    "motcua.dashboards",
    "motcua.portal",
    "motcua.desk",
    "motcua.api",
    "motcua.demo",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]
AUTH_USER_MODEL = "people.Person"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.base.http.PackedMiddleware",
    "motcua.base.http.HeadersMiddleware",
    "motcua.base.language.LanguageMiddleware",
    "motcua.base.http.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.people.http.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.base.http.NowMiddleware",
    "motcua.people.http.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.base.http.RefusedMiddleware",
]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.ui.context.site",
            ],
        },
    }
]


# Database
def database(url: str) -> dict[str, object]:
    """A PostgreSQL ≥ 15 named by a URL, as Django wants it."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 5, "prepare_threshold": 5},  # for base.prepared; all else sends whole statements
    }


# Without DATABASE_URL the console starts the embedded server and names it here before Django is set up.
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql://motcua@127.0.0.1:1/motcua"))}

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["motcua.ui.formats"]
LANGUAGE_COOKIE_NAME = "ngon_ngu"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not MOTCUA_DEMO

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = MOTCUA_DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = Path(os.environ.get("FILES_ROOT", HOME / "files"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
"""One file of a dossier; a whole request may carry a few of them (base.http refuses more with a sentence)."""
REQUEST_MAX_BYTES = 6 * UPLOAD_MAX_BYTES

# Keys kept outside the database
KEYS_ROOT = Path(os.environ.get("KEYS_ROOT", HOME / "keys"))
SIGNING_KEYRING = os.environ.get("SIGNING_KEYRING", "")
"""Dotted path of the class that lends the keys with which papers are signed (documents.signing.port.Keyring)."""

# Sign-in, cookies, headers
SESSION_ENGINE = "motcua.people.sessions"
SESSION_COOKIE_NAME = "motcua_phien"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
"""`people.http` ends a session after half an hour at the desk, two hours for citizens, twelve in any case. The cookie stays
longer, so that what was typed in a form left open over a weekend is still known to be its owner's."""
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not MOTCUA_DEMO
SECURE_SSL_REDIRECT = not MOTCUA_DEMO and os.environ.get("SSL_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("BEHIND_PROXY") == "1" else None
SECURE_HSTS_SECONDS = 0 if MOTCUA_DEMO else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not MOTCUA_DEMO
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "motcua.people.unsent.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}

# Mail
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "1025"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Một Cửa <motcua@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["account.W001"]
"""Citizens register with a form of ours: names, number and telephone, which becomes the sign-in name; mail is a choice."""

from motcua.people.signin_settings import *
