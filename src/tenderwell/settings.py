"""Every setting, and the only place that reads the environment: names TENDERWELL_*, read once, safe by default.

An unknown or badly written TENDERWELL_* name stops the start. docs/reference/settings.md is written from VARIABLES.
"""

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import lazy
from psycopg.conninfo import conninfo_to_dict

from tenderwell import database

django_stubs_ext.monkeypatch()  # lets a class say what its Django base holds: BaseFormSet[Form]

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent.parent


@dataclass(frozen=True)
class Variable:
    """One TENDERWELL_* name: its default as written in the environment, and what it says in the reference."""

    name: str
    default: str
    text: str
    is_secret: bool = False


VARIABLES = (
    Variable("ADDRESS", "http://localhost:8000", "Public address. Plain http only on this machine."),
    Variable("CITY", "Port Aurora", "Name of the public body, shown in the header of every page."),
    Variable("DATA", "data", "Folder of keys, documents, mail and the embedded database; seen from the repository."),
    Variable("DATABASE_URL", "", "postgresql://... (15 or later). Empty: the embedded one.", is_secret=True),
    Variable("DEBUG", "no", "yes shows errors in the browser. Refused unless ADDRESS is on this machine."),
    Variable("DEMO", "no", "yes says that it is a demonstration. Refused unless ADDRESS is on this machine."),
    Variable("JURISDICTION", "demo_1", "Rules that a new process gets: a name in workroom/procedures/jurisdictions."),
    Variable("KEYS_DIR", "", "Folder of the log's signing key and the session secret. Empty: keys in the data folder."),
    Variable("LANGUAGE", "en", "Main language: en, fr or ar."),
    Variable("LOG_LEVEL", "info", "Lowest level that operators' logs show: debug, info, warning or error."),
    Variable("LOG_ORIGIN", "port-aurora.example/log", "Name of the public log; fixed once the log has an entry."),
    Variable("MAIL_FROM", "Tenderwell <noreply@port-aurora.example>", "Sender of e-mail."),
    Variable("MAIL_URL", "", "smtp://user:password@host:port. Empty: mail becomes files in DATA.", is_secret=True),
    Variable("OCID_PREFIX", "ocds-x7k2mq", "Registered OCDS prefix. The default is for the demo only."),
    Variable("PROXIES", "0", "Number of reverse proxies in front that set X-Forwarded-For and X-Forwarded-Proto."),
    Variable("PUBLISHER", "Port Aurora", "Name of the publisher in the open data."),
    Variable("PUBLISHER_URI", "https://port-aurora.example", "Address of the publisher in the open data."),
    Variable("THEME", "port-aurora", "Colours and logo: the name of a theme."),
    Variable("TIME_ZONE", "UTC", "Zone in which times are shown where the jurisdiction does not say."),
    Variable("UPLOAD_LIMIT", "200", "Largest document, in megabytes."),
    Variable("WITNESSES", "", "Witnesses of the log: verifier key, space, address; parted by commas."),
    Variable("WORKERS", "2", "Number of server processes. Together they keep 64 connections to the database."),
)
PREFIX = "TENDERWELL_"


def read_environment() -> dict[str, str]:
    """The value of each variable; raises ImproperlyConfigured with a list of the names that are not known."""
    given = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    unknown = sorted(given.keys() - {PREFIX + variable.name for variable in VARIABLES})
    if unknown:
        known = ", ".join(PREFIX + variable.name for variable in VARIABLES)
        raise ImproperlyConfigured(f"Unknown settings: {', '.join(unknown)}. Known are: {known}.")
    return {variable.name: given.get(PREFIX + variable.name, variable.default) for variable in VARIABLES}


def number(name: str, *, lowest: int) -> int:
    """A variable that is a whole number; raises ImproperlyConfigured."""
    text = VALUES[name]
    if not text.isascii() or not text.isdigit() or int(text) < lowest:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {text!r}: a whole number of at least {lowest} is needed.")
    return int(text)


def choice(name: str, *, of: tuple[str, ...]) -> str:
    """A variable that is one of a few words; raises ImproperlyConfigured."""
    if VALUES[name] not in of:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {VALUES[name]!r}: it must be one of {', '.join(of)}.")
    return VALUES[name]


def session_secret() -> str:
    """The key that signs sessions: made once, kept in the keys folder, readable by its owner only."""
    path = TENDERWELL_KEYS_DIR / "session.key"
    TENDERWELL_KEYS_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f"session.{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # the first of two starters wins, and the file is never half written
        except FileExistsError:
            structlog.get_logger().info("session_key_made_elsewhere")
        draft.unlink()
    return path.read_text()


def database_settings() -> dict[str, Any]:
    """Django's DATABASES entry: the server of the URL, else the embedded one of the data folder."""
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if not TENDERWELL_DATABASE_URL:
        return {**common, **database.address(database.cluster_at(TENDERWELL_DATA))}
    parts = {name: str(value) for name, value in conninfo_to_dict(TENDERWELL_DATABASE_URL).items()}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    found = {django: parts.pop(libpq, "") for django, libpq in names.items()}
    return {**common, **found, "OPTIONS": parts}


def mail_settings() -> dict[str, Any]:
    """Django's EMAIL_* settings from MAIL_URL; without one each message becomes a file."""
    if not VALUES["MAIL_URL"]:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": TENDERWELL_DATA / "mail"}
    url = urlsplit(VALUES["MAIL_URL"])
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise ImproperlyConfigured(f"{PREFIX}MAIL_URL must be smtp://host:port or smtps://host:port.")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": url.username or "",
        "EMAIL_HOST_PASSWORD": url.password or "",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
    }


# What this installation is

VALUES = read_environment()
TENDERWELL_ADDRESS = VALUES["ADDRESS"].rstrip("/")
TENDERWELL_CITY = VALUES["CITY"]
TENDERWELL_DATA = ROOT / VALUES["DATA"]
TENDERWELL_DATABASE_URL = VALUES["DATABASE_URL"]
TENDERWELL_JURISDICTION = VALUES["JURISDICTION"]
TENDERWELL_KEYS_DIR = ROOT / VALUES["KEYS_DIR"] if VALUES["KEYS_DIR"] else TENDERWELL_DATA / "keys"
TENDERWELL_LOG_LEVEL = choice("LOG_LEVEL", of=("debug", "info", "warning", "error"))
TENDERWELL_LOG_ORIGIN = VALUES["LOG_ORIGIN"]
TENDERWELL_OCID_PREFIX = VALUES["OCID_PREFIX"]
TENDERWELL_PUBLISHER = {"name": VALUES["PUBLISHER"], "uri": VALUES["PUBLISHER_URI"]}
TENDERWELL_THEME = VALUES["THEME"]
TENDERWELL_UPLOAD_LIMIT = number("UPLOAD_LIMIT", lowest=1) * 1024 * 1024
TENDERWELL_WITNESSES = tuple(part.strip() for part in VALUES["WITNESSES"].split(",") if part.strip())
TENDERWELL_WORKERS = number("WORKERS", lowest=1)

_place = urlsplit(TENDERWELL_ADDRESS)
_is_local = _place.hostname in {"localhost", "127.0.0.1", "::1"}
_is_https = _place.scheme == "https"
_has_proxies = number("PROXIES", lowest=0) > 0
if not _place.hostname or _place.scheme not in {"http", "https"}:
    raise ImproperlyConfigured(f"{PREFIX}ADDRESS is {TENDERWELL_ADDRESS!r}: an address such as https://host is needed.")
if not _is_https and not _is_local:
    raise ImproperlyConfigured(f"{PREFIX}ADDRESS is plain http: only https may be used beyond this machine.")

# Django

DEBUG = choice("DEBUG", of=("no", "yes")) == "yes"
if DEBUG and not _is_local:
    raise ImproperlyConfigured(f"{PREFIX}DEBUG shows the inside of the program: only on this machine.")
TENDERWELL_DEMO = choice("DEMO", of=("no", "yes")) == "yes"
if TENDERWELL_DEMO and not _is_local:
    raise ImproperlyConfigured(f"{PREFIX}DEMO shows everybody how to sign in: only on this machine.")
SECRET_KEY = lazy(cache(session_secret), str)()  # read once a process, and not before somebody needs it
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if _is_local else [_place.hostname]
CSRF_TRUSTED_ORIGINS = [TENDERWELL_ADDRESS]
ROOT_URLCONF = "tenderwell.urls"
WSGI_APPLICATION = "tenderwell.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Person"

INSTALLED_APPS = [
    "tenderwell.workroom.parties",
    "tenderwell.ledger",
    "tenderwell.core",
    "tenderwell.ui",
    "tenderwell.public.record",
    "tenderwell.public.playbook",
    "tenderwell.public.opendata",
    "tenderwell.public.portal",
    "tenderwell.workroom.process",
    "tenderwell.workroom.planning",
    "tenderwell.workroom.engagement",
    "tenderwell.workroom.tendering",
    "tenderwell.workroom.bidding",
    "tenderwell.workroom.evaluation",
    "tenderwell.workroom.awarding",
    "tenderwell.workroom.remedies",
    "tenderwell.workroom.delivery",
    "tenderwell.workroom.desk",
    "tenderwell.workroom.messages",
    "tenderwell.workroom.replay",
    "tenderwell.workroom.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "tenderwell.start.OneLineARequest",
    "django.middleware.gzip.GZipMiddleware",  # with random padding, so that sizes tell nothing of tokens
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tenderwell.start.WholeAddresses",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenderwell.ui.context.city",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tenderwell.ui.templatetags.ui",
            ],
        },
    }
]
if TENDERWELL_DEMO:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("tenderwell.demo.people.for_templates")
FORM_RENDERER = "tenderwell.ui.forms.Renderer"

# Database, documents, static files

DATABASES = {"default": database_settings()}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tenderwell.ui.storage.Storage"},
}
MEDIA_ROOT = TENDERWELL_DATA / "documents"
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [PACKAGE / "ui" / "static", ROOT / "build" / "static"]
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]  # never a document in memory
FILE_UPLOAD_TEMP_DIR = TENDERWELL_DATA / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Languages and time

# Only languages into which every text is translated (a test demands it): docs/how-to/add-a-language.md.
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LANGUAGE_CODE = choice("LANGUAGE", of=tuple(code for code, _name in LANGUAGES))
LOCALE_PATHS = [PACKAGE / "workroom" / "procedures" / "locale"]  # of parts that are no apps
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = VALUES["TIME_ZONE"]

# Signing in

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_validators = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": _validators + "UserAttributeSimilarityValidator"},
    {"NAME": _validators + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _validators + "CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = TENDERWELL_CITY
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_https  # only this machine may be without https

# What browsers may do

SESSION_COOKIE_NAME = "__Host-session" if _is_https else "session"
SESSION_COOKIE_SECURE = _is_https
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "tenderwell.ui.views.csrf_failure"
CSRF_COOKIE_NAME = "__Host-csrf" if _is_https else "csrf"
CSRF_COOKIE_SECURE = _is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _is_https
SECURE_SSL_REDIRECT = _is_https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _is_https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _has_proxies else None
ALLAUTH_TRUSTED_PROXY_COUNT = number("PROXIES", lowest=0)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# E-mail and logs

DEFAULT_FROM_EMAIL = VALUES["MAIL_FROM"]
SERVER_EMAIL = VALUES["MAIL_FROM"]
globals().update(mail_settings())
LOGGING_CONFIG = None  # tenderwell.start sets up structlog
