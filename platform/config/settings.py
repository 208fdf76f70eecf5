"""The one settings file. The environment decides at the top; what a municipality may choose is a field."""

import os
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import databases, rooms, strength
from config.stores import stores

BASE_DIR = Path(__file__).resolve().parents[2]


def _required(name: str, demo: str) -> str:
    """The value of an environment variable; only the demo may do without it."""
    value = os.environ.get(name) or (demo if DEMO else "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment, or start the demo with `make run`.")
    return value


DEMO = os.environ.get("DEMO") == "1"
PORT = int(os.environ.get("PORT", "8000"))
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / ".data")).resolve()
SECRET_KEY = _required("SECRET_KEY", "demo-only-" + "x" * 50)
SECRET_KEY_FALLBACKS = list(filter(None, os.environ.get("SECRET_KEY_FALLBACKS", "").split(",")))
if not DEMO:
    strength.refuse_weak_keys(SECRET_KEY, SECRET_KEY_FALLBACKS)
BASE_DOMAIN = _required("BASE_DOMAIN", "localhost")
# Below it lie the portals that are being set up (SLUG.PREVIEW_DOMAIN); municipalities point their own names to
# DOMAIN_TARGET (CNAME) or DOMAIN_ADDRESSES (A, AAAA). DNS_SERVERS (address or address:port): else those of the machine.
PREVIEW_DOMAIN = os.environ.get("PREVIEW_DOMAIN", f"vorschau.{BASE_DOMAIN}").lower()
DOMAIN_TARGET = os.environ.get("DOMAIN_TARGET", f"ziel.{BASE_DOMAIN}").lower()
DOMAIN_ADDRESSES = frozenset(filter(None, os.environ.get("DOMAIN_ADDRESSES", "").replace(",", " ").split()))
# Certificates are looked at there (address:port) instead of at each host name; TLS_PROBE_CA: who else may issue them.
TLS_PROBE, TLS_PROBE_CA = os.environ.get("TLS_PROBE", ""), os.environ.get("TLS_PROBE_CA", "")
DNS_SERVERS = list(filter(None, os.environ.get("DNS_SERVERS", "").replace(",", " ").split()))
DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not DATABASE_URL:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. `make run` starts an embedded PostgreSQL; for one command use "
        "`.venv/bin/manage …`, which starts it too."
    )
DEBUG = False
# TLS ends at the proxy in production; the demo speaks plain HTTP on localhost.
HTTPS = not DEMO
URL_SCHEME = "https" if HTTPS else "http"
URL_PORT = "" if HTTPS else f":{PORT}"

ALLAUTH, SHARED_APPS, TENANT_APPS, INSTALLED_APPS = rooms.ALLAUTH, rooms.SHARED, rooms.TENANT, rooms.INSTALLED
TENANT_MODEL = "tenants.Municipality"
TENANT_DOMAIN_MODEL = "tenants.Domain"
PUBLIC_SCHEMA_NAME = "public"
# One SET search_path per connection and municipality instead of one per cursor; proved by tests/tenants.
TENANT_LIMIT_SET_CALLS = True
PROCESS = databases.PROCESS
DATABASES = {"default": databases.connections(DATABASE_URL)}
# Past a pooler (PgBouncer in session mode) straight to the server: for what listens or holds locks for long.
DATABASE_DIRECT_URL = os.environ.get("DATABASE_DIRECT_URL", "")
if DATABASE_DIRECT_URL:
    _direct = databases.connections(DATABASE_DIRECT_URL, "DATABASE_DIRECT_URL")
    DATABASES["direct"] = {**_direct, "TEST": {"MIRROR": "default"}}
# A streaming replica for heavy reading (tenants.running.replica); nothing is read from it unless the code says so.
DATABASE_REPLICA_URL = os.environ.get("DATABASE_REPLICA_URL", "")
if DATABASE_REPLICA_URL:
    _replica = databases.connections(DATABASE_REPLICA_URL, "DATABASE_REPLICA_URL", "prefer-standby")
    DATABASES["replica"] = {**_replica, "TEST": {"MIRROR": "default"}}
if not DEMO:
    for _variable in ("DATABASE_URL", "DATABASE_DIRECT_URL", "DATABASE_REPLICA_URL"):
        strength.refuse_weak_password(_variable, os.environ.get(_variable, ""))
DATABASE_ROUTERS = ["tenants.running.guard.GuardRouter", "django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "config.urls_tenant"
PUBLIC_SCHEMA_URLCONF = "config.urls_public"
WSGI_APPLICATION = "config.wsgi.application"
# The host decides the municipality; hosts nobody registered are refused by tenants.running.middleware with a plain 404.
ALLOWED_HOSTS = ["*"]
APPEND_SLASH = True
MIDDLEWARE = [
    # Around everything: what is said of a request carries its number.
    "core.numbering.RequestNumberMiddleware",
    # Next, so that everything below, whoever answers, is redirected to https and carries its headers.
    "core.middleware.OwnDomainMiddleware",
    # By its own name: without it `check --deploy` looks at none of its settings.
    "django.middleware.security.SecurityMiddleware",
    "core.health.HealthMiddleware",
    "health.metrics.MetricsMiddleware",
    # Files are compressed already; "304 Not Modified" of a file, compressed, would have a body.
    "core.conditional.StaticFilesMiddleware",
    "core.compressing.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.PermissionsPolicyMiddleware",
    # Inside of what compresses and names the policies, outside of whatever still changes the page.
    "core.conditional.ConditionalMiddleware",
    "tenants.running.reading_requests.HeardOnceMiddleware",
    "tenants.running.middleware.MunicipalityMiddleware",
    "portal.translation.middleware.LanguageMiddleware",
    "theming.middleware.RefusalPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tenants.lifecycle.preview.PreviewMiddleware",
    "tenants.lifecycle.suspension.SuspensionMiddleware",
    # What is being moved to another cell takes nothing in.
    "tenants.cells.closed.ClosedMiddleware",
    # What is off is not there, whoever asks.
    "switches.middleware.SwitchesMiddleware",
    # Whom the request is meant for, where somebody acts for a provider; before anybody asks who may.
    "accounts.acting.ActingMiddleware",
    "support.middleware.SupportMiddleware",
    "core.middleware.AccessMiddleware",
    # Knows whom the page asked, and that the form is one of ours.
    "core.pressed_once.PressedOnceMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            # `csrf_token` of our own, which every form has.
            "builtins": ["core.templatetags.typed"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenants.running.context_processors.municipality",
                "theming.context_processors.theme",
                "portal.site.context_processors.menu",
                "portal.preferences.context_processors.preferences",
                "portal.translation.context_processors.tongues",
            ],
        },
    }
]
FORM_RENDERER = "theming.rendering.ThemeRenderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Who signs in has a proved address: by a link of one day, or because whoever made the account vouches for it
# (accounts.addresses). A changed address counts when it is proved.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_CONFIRM_EMAIL_ON_GET = ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_ADAPTER = "mail.adapter.AccountAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# Who has no account gets no mail: anybody could have one sent to anybody (mail.forms sees to the same timing).
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.tokens.PasswordTokenGenerator"  # noqa: S105 - a path, no secret
ACCOUNT_FORMS = {"reset_password": "mail.forms.ResetPasswordForm"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = URL_SCHEME
# How many proxies of ours stand before the server: whose word on the sender's address is taken (limits against spam).
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1" if HTTPS else "0"))
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    f"{what}_webauthn": f"accounts.passkey_forms.{what.capitalize()}WebAuthnForm"
    for what in ("add", "authenticate", "login", "reauthenticate")
}
# Signing in asks for a proved address anyway; this also would forbid to change it to those who have a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Plain http, on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
# Of the operators of the demo everybody knows the password; what a municipality demands is its choice.
SECOND_FACTOR_FOR_OPERATORS = not DEMO
SOCIALACCOUNT_ADAPTER = "accounts.oidc.adapter.ServiceAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # By a link: browsers let no form lead to another host (form-action).
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = True, "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Services for translating and for signing in inside the operator's own network, which municipalities may name; all
# others must be public hosts with TLS (portal/translation/backends/service.py, accounts/oidc).
TRANSLATION_INTERNAL_HOSTS = frozenset(filter(None, os.environ.get("TRANSLATION_INTERNAL_HOSTS", "").split(",")))
SIGN_IN_INTERNAL_HOSTS = frozenset(filter(None, os.environ.get("SIGN_IN_INTERNAL_HOSTS", "").split(",")))
if DEMO:
    TRANSLATION_INTERNAL_HOSTS |= {"localhost", "127.0.0.1"}
    SIGN_IN_INTERNAL_HOSTS |= {"localhost", "127.0.0.1"}

# A server that answers like Nominatim's search; empty: no address is ever sent out, and people move a pin.
GEOCODER_URL = os.environ.get("GEOCODER_URL", "")
GEOCODER_INTERNAL_HOSTS = frozenset(filter(None, os.environ.get("GEOCODER_INTERNAL_HOSTS", "").split(",")))

# Inside servers that addresses from people (links, calendars, pages) may lead to; whom the owner of a server writes to.
LINK_INTERNAL_HOSTS = frozenset(filter(None, os.environ.get("LINK_INTERNAL_HOSTS", "").split(",")))
LINK_CONTACT = os.environ.get("LINK_CONTACT", os.environ.get("DEFAULT_FROM_EMAIL", f"portal@{BASE_DOMAIN}"))

LANGUAGE_CODE = "de"
# Under their own names, in the order of the language menu; which of them a municipality offers is its choice
# (portal.translation), and the address alone decides among those: nothing is negotiated, nothing remembered.
LANGUAGES = [
    ("de", "Deutsch"),
    ("en", "English"),
    ("fr", "Français"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("fa", "فارسی"),
]
# German stands with each app; every other language is one file for its translators.
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
CHECKPOINT_DIR = Path(os.environ.get("CHECKPOINT_DIR", DATA_DIR / "checkpoints")).resolve()
# Where files are kept (config.stores): "disk", or a bucket of an S3 server. STORAGE_OLD_URL: where they are moved from.
STORAGES: dict[str, dict[str, Any]] = {
    # What the rooms use: the part of `platform` that belongs to the municipality we are inside.
    "default": {"BACKEND": "tenants.running.storage.MunicipalityStorage"},
    # Where the files of all municipalities are kept, each one's below its schema's name.
    "platform": stores(
        os.environ.get("STORAGE_URL", ""),
        os.environ.get("STORAGE_OLD_URL", ""),
        # Copies of pictures that lie in a bucket, near the processes that show them; a cache.
        near_bytes=int(os.environ.get("STORAGE_NEAR_MB", "500")) * 10**6,
        near_folder=str(DATA_DIR / "near"),
    ),
    # Where the audit logs ended, outside of the database (audit.checkpoints).
    "checkpoints": {"BACKEND": "audit.checkpoints.CheckpointStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o640
# What the map's tile proxy keeps; a cache: it may be deleted at any time.
TILE_CACHE = DATA_DIR / "tiles"
TILE_CACHE_BYTES = int(os.environ.get("TILE_CACHE_MB", "2000")) * 10**6
WORDS_DIR = DATA_DIR / "words"  # the forms of German words (german.dictionary), made again when missing
# Only where a municipality's own tile server stands in the operator's network: else a way into it for any editor.
TILES_FROM_PRIVATE_NETWORK = os.environ.get("TILES_FROM_PRIVATE_NETWORK") == "1"

# How long single dates of offers stay after they ended (the rules they come from stay).
KEEP_PAST_DATES = timedelta(days=int(os.environ.get("KEEP_PAST_DATES_DAYS", "400")))

# Where exports made before a deletion lie, and backups; better on another disk than the database.
EXPORT_DIR = Path(os.environ.get("EXPORT_DIR", DATA_DIR / "exports")).resolve()
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR", DATA_DIR / "backups")).resolve()
# All cells and which of them this is; the proxy's map of host names and what makes it read anew (docs/GROWING.md).
CELLS_FILE, CELL = os.environ.get("CELLS_FILE", ""), os.environ.get("CELL", "")
PROXY_FILE, PROXY_RELOAD = os.environ.get("PROXY_FILE", ""), os.environ.get("PROXY_RELOAD", "")
# PostgreSQL's own programs (pg_basebackup …) of the server's version; empty: those of this machine or of the wheel.
POSTGRES_BIN = os.environ.get("POSTGRES_BIN", "")

CACHES = {
    "default": {
        # In the memory of each process, but what limits people (attempts to sign in) in the database for all of them.
        "BACKEND": "tenants.running.cache.Cache",
        "KEY_FUNCTION": "tenants.running.cache.make_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# A worker knows every job, other processes those they defer: their modules need half of what is installed.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["jobs.every_task"]
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}  # the description (tools.api_schema)

EMAIL_BACKEND = "operations.postbox.PostboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = os.environ.get("EMAIL_HOST", "localhost"), int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_USER", ""), os.environ.get("EMAIL_HOST_PASSWORD", "")
strength.refuse_missing_password("EMAIL_HOST_PASSWORD", EMAIL_HOST_PASSWORD, "EMAIL_HOST_USER", EMAIL_HOST_USER)
EMAIL_USE_TLS, EMAIL_TIMEOUT = os.environ.get("EMAIL_USE_TLS") == "1", 20
# The mailbox mail comes back to (with a mark of which mail it was after a plus), and reading it (docs/OPERATING.md).
BOUNCE_ADDRESS, BOUNCE_MARKS = os.environ.get("BOUNCE_ADDRESS", ""), os.environ.get("BOUNCE_MARKS", "1") == "1"
BOUNCE_IMAP_HOST, BOUNCE_IMAP_TLS = os.environ.get("BOUNCE_IMAP_HOST", ""), os.environ.get("BOUNCE_IMAP_TLS") != "0"
BOUNCE_IMAP_PORT = int(os.environ.get("BOUNCE_IMAP_PORT", "993"))
BOUNCE_IMAP_PASSWORD = os.environ.get("BOUNCE_IMAP_PASSWORD", "")
strength.refuse_missing_password("BOUNCE_IMAP_PASSWORD", BOUNCE_IMAP_PASSWORD, "BOUNCE_IMAP_HOST", BOUNCE_IMAP_HOST)
BOUNCE_IMAP_USER = os.environ.get("BOUNCE_IMAP_USER", BOUNCE_ADDRESS)
# Further domains municipalities may send from: their SPF names this mail server, and it signs for them (DKIM).
MAIL_FROM_DOMAINS = frozenset(filter(None, os.environ.get("MAIL_FROM_DOMAINS", "").lower().replace(",", " ").split()))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"portal@{BASE_DOMAIN}")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Probes come over plain http and by IP number.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # Empty: nobody may read /metrics.
strength.refuse_weak_token("METRICS_TOKEN", METRICS_TOKEN)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Never on a municipality's host: it lends us that one name, not those below it. On BASE_DOMAIN alone, if the operator
# wants it: "includeSubDomains" or "includeSubDomains; preload".
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
HSTS_OWN_DOMAIN = os.environ.get("HSTS_OWN_DOMAIN", "") if HTTPS else ""
if HSTS_OWN_DOMAIN not in {"", "includeSubDomains", "includeSubDomains; preload"}:
    raise ImproperlyConfigured('HSTS_OWN_DOMAIN must be "includeSubDomains" or "includeSubDomains; preload", or unset.')
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.typed.csrf_failed"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # What accounts have from before, or took over.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    # Only to verify what was taken over; replaced by the first one at the next sign-in.
    "accounts.hashers.TYPO3PBKDF2Hasher",
    "accounts.hashers.TYPO3Argon2Hasher",
    "accounts.hashers.TYPO3BCryptHasher",
]

# Which release this is, in logs and events; the version of the package where nobody says more.
RELEASE = os.environ.get("RELEASE", "") or version("chancenportal")
# Whom security.txt names: a mail address or a page (RFC 9116); empty: there is no such file.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "mailto:sicherheit@platform.example" if DEMO else "")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured("SECURITY_CONTACT must begin with mailto:, https:// or tel:.")
SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
# "line" is for people, "json" for machines, and quotes nothing of what municipalities know.
LOG_FORMAT = os.environ.get("LOG_FORMAT", "line" if DEMO else "json")
if LOG_FORMAT not in {"line", "json"}:
    raise ImproperlyConfigured('LOG_FORMAT must be "line" or "json", or unset.')
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "health.reporting.lines.JsonLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
