"""Settings, read from the environment; README.md lists every variable.

A variable that is present but wrong stops the start with its name in the message.
A missing one gets the default here, which is the safe one.
"""

import os
from contextlib import suppress
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
BUILD_DIR = BASE_DIR / "build"

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def kept_secret(path: Path) -> str:
    """The secret key of this installation, generated once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Linked only when whole: a start cut off, or two at once, must not leave half a key.
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key(), encoding="utf-8")
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text(encoding="utf-8").strip()


env = Env()
try:
    DEBUG: bool = env.bool("DEBUG", False)
    SECRET_KEY: str = env.str("SECRET_KEY", "") or kept_secret(VAR_DIR / "secret-key")
    ALLOWED_HOSTS: list[str] = [host.strip() for host in env.list("ALLOWED_HOSTS", LOCAL_HOSTS)]
    # Cookies travel over HTTPS only, unless the application is served to this machine alone.
    HTTPS: bool = env.bool("HTTPS", not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS))
    database = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR}/litvinov.sqlite3")
    email = env.dj_email_url("EMAIL_URL", f"file://{VAR_DIR}/mail")
    DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "litvinov@localhost")
    INVITATION_DAYS: int = env.int("INVITATION_DAYS", 14)
    EVIDENCE_DIR: Path = env.path("EVIDENCE_DIR", VAR_DIR / "evidence").absolute()
    EVIDENCE_MAX_MB: int = env.int("EVIDENCE_MAX_MB", 20)
    PUBLICITY_DIR: Path = env.path("PUBLICITY_DIR", VAR_DIR / "publicity").absolute()
    TASK_BACKEND: str = env.str("TASK_BACKEND", "")
    REPORT_LOST_AFTER: float = env.float("REPORT_LOST_AFTER", 60)
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(f"Wrong setting in the environment: {error}") from error
if not all(ALLOWED_HOSTS) or not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that the application answers to.")

if not 1 <= INVITATION_DAYS <= 365:
    raise ImproperlyConfigured("INVITATION_DAYS must be a number of days from 1 to 365.")

if not 1 <= EVIDENCE_MAX_MB <= 500:
    raise ImproperlyConfigured("EVIDENCE_MAX_MB must be a number of megabytes from 1 to 500.")
if not 1 <= REPORT_LOST_AFTER <= 3600:
    raise ImproperlyConfigured("REPORT_LOST_AFTER must be a number of seconds from 1 to 3600.")
for public in (BUILD_DIR, BASE_DIR / "litvinov"):
    if EVIDENCE_DIR.is_relative_to(public):
        raise ImproperlyConfigured("EVIDENCE_DIR must lie outside what the web serves.")
    if PUBLICITY_DIR.is_relative_to(public):
        raise ImproperlyConfigured("PUBLICITY_DIR must lie outside what the web serves.")

if database["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    database["ENGINE"] = "litvinov.db.sqlite3"
    # With SQLite's defaults two people who save at once get "database is locked".
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": 20,
    }
    # Said out loud for pytest-xdist, which knows only Django's own backend.
    database["TEST"] = {"NAME": ":memory:"}
elif database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL.")
DATABASES = {"default": database}

# SQLite is served by one machine, so what asks for a report draws it; PostgreSQL has workers.
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
on_postgres = database["ENGINE"] == "django.db.backends.postgresql"
TASK_BACKEND = TASK_BACKEND or ("database" if on_postgres else "immediate")
if TASK_BACKEND not in TASK_BACKENDS:
    raise ImproperlyConfigured("TASK_BACKEND must be one of immediate and database.")
TASKS = {"default": {"BACKEND": TASK_BACKENDS[TASK_BACKEND]}}

if "EMAIL_BACKEND" not in email:
    raise ImproperlyConfigured("EMAIL_URL must be like smtp+tls://user:password@host:587.")
EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email["EMAIL_HOST"]
EMAIL_PORT = email["EMAIL_PORT"]
EMAIL_HOST_USER = email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = email["EMAIL_USE_SSL"]
# The parser of the address loses the slash that the path begins with.
EMAIL_FILE_PATH = str(Path("/", email["EMAIL_FILE_PATH"]))
EMAIL_SUBJECT_PREFIX = ""
# Whoever invites somebody waits for the mail server; one that does not answer is given up soon.
EMAIL_TIMEOUT = 10  # seconds

INSTALLED_APPS = [
    # Without looking for admin modules: only what indicators.admin registers is there.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "litvinov",
    "accounts",
    "actors",
    "programs",
    "indicators",
    "reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "litvinov.middleware.ChosenLanguageMiddleware",
    "litvinov.middleware.LargestRequestMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "litvinov.urls"
WSGI_APPLICATION = "litvinov.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programs.context_processors.navigation",
                "indicators.context_processors.work",
            ],
        },
    },
]
FORM_RENDERER = "litvinov.forms.FormRenderer"
DJANGO_TABLES2_TEMPLATE = "_table.html"

# Accounts: an e-mail address and a password; people are added by others, never by themselves.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.passwords.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "programs:program_list"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever changes a password, its owner hears of it.
ACCOUNT_EMAIL_NOTIFICATIONS = True

# The screen is Czech unless a person asks for English; reports are always Czech.
LANGUAGE_CODE = "cs"
LANGUAGES = [("cs", _("Czech")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["litvinov.formats"]
TIME_ZONE = "Europe/Prague"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "collected"
STATICFILES_DIRS = [BUILD_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Fonts are compressed already, and no browser asks for the TTF files of the PDF.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("br", "gz", "png", "ttf", "woff", "woff2")
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# No inline script or style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A consultation offers every goal and actor of a program; nothing legitimate is larger.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# One file at a time is uploaded; nothing is kept of one that is over EVIDENCE_MAX_MB.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "litvinov.uploads.LargestFileHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
