"""Settings, all from the environment (.env.example lists them). Production refuses to start without its secrets."""

import base64
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from aanchal.config import env, home
from aanchal.config.postgres import Server

PACKAGE = Path(__file__).resolve().parents[1]
PRODUCTION = env.flag("PRODUCTION")
DEBUG = False
DEMO = env.flag("AANCHAL_DEMO")


def _secret(name: str) -> str:
    value = env.secret(name)
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) must be set in production; see .env.example")
    return value or home.kept_secret(name.lower())


def _master_keys(text: str) -> dict[int, bytes]:
    """`1:base64,2:base64`: every key still in use, the highest number seals. A bare secret is stretched to key 1."""
    if ":" not in text:
        return {1: base64.urlsafe_b64decode(text[:43] + "=")}
    pairs = (part.split(":", 1) for part in text.split(","))
    return {int(number): base64.b64decode(key) for number, key in pairs}


SECRET_KEY = _secret("SECRET_KEY")
MASTER_KEYS = _master_keys(_secret("MASTER_KEYS"))
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("CSRF_TRUSTED_ORIGINS").split(",") if origin]
BIND = env.text("BIND", "127.0.0.1:8000")
WEB_PROCESSES = int(env.text("WEB_PROCESSES", "2"))
WEB_THREADS = int(env.text("WEB_THREADS", "4"))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "lucide",
    "procrastinate.contrib.django",
    "aanchal.core",
    "aanchal.places",
    "aanchal.access",
    "aanchal.inbox",
    "aanchal.selection",
    "aanchal.network",
    "aanchal.notices",
    "aanchal.library",
    "aanchal.money",
    "aanchal.activities",
    "aanchal.pilots",
    "aanchal.people",
    "aanchal.registers",
    "aanchal.villages",
    "aanchal.risk",
    "aanchal.tracking",
    "aanchal.cases",
    "aanchal.rehab",
    "aanchal.benefits",
    "aanchal.rescue",
    "aanchal.matching",
    "aanchal.posters",
    "aanchal.doubles",
    "aanchal.insight",
    "aanchal.nodal",
    "aanchal.advisories",
    "aanchal.awards",
    "aanchal.field",
    "aanchal.portal",
    "aanchal.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aanchal.access.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aanchal.access.middleware.OnlyForms",
    "aanchal.access.middleware.SessionLimits",
    "aanchal.access.middleware.SecondFactor",
    "aanchal.access.middleware.Acting",
]
ROOT_URLCONF = "aanchal.config.urls"
WSGI_APPLICATION = "aanchal.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aanchal.portal.context.shell",
            ]
        },
    }
]


def _database(conninfo: str) -> dict:
    parts = conninfo_to_dict(conninfo)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = {name: parts.pop(key, "") for name, key in names.items()}
    options = {**parts, "server_side_binding": True, "prepare_threshold": 3}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **known,
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASE_URL = env.secret("DATABASE_URL")
EMBEDDED = not DATABASE_URL
DATABASE_NAME = env.text("AANCHAL_DATABASE", "aanchal")
_server = Server()
DATABASES = {
    "default": _database(DATABASE_URL or _server.conninfo(DATABASE_NAME, "aanchal_app")),
    "owner": _database(
        env.secret("DATABASE_OWNER_URL") or (_server.conninfo(DATABASE_NAME, "aanchal_owner") if EMBEDDED else DATABASE_URL)
    ),
    # What the public's pages read by: released tables and nothing else.
    "public": _database(
        env.secret("DATABASE_PUBLIC_URL") or (_server.conninfo(DATABASE_NAME, "aanchal_public") if EMBEDDED else DATABASE_URL)
    ),
}
PUBLIC_READS_BY = "public"
# What backs up and restores: reads every row past the wall and may create a database. The site never uses it.
ADMIN_CONNINFO = _server.conninfo(DATABASE_NAME) if EMBEDDED else env.secret("DATABASE_ADMIN_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Wrong tries are kept here. Django keeps 300 entries of a cache, and then forgets a third of them: who is locked out would not stay so.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "aanchal_cache", "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}  # fmt: skip
DATA_FOLDER = home.folder()

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "aanchal.access.adapters.Account"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/10m/key"}
TRIES_OF_A_NAME = "50/10m/key"
MFA_ADAPTER = "aanchal.access.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Aanchal"

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = home.folder() / "mail"
NOTICES_FROM = env.text("NOTICES_FROM", "aanchal@localhost")
SMS_GATEWAY = env.text("SMS_GATEWAY", "aanchal.notices.channels.SmsFile")

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_HOURS = 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION and not env.flag("TLS_ENDS_BEFORE")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TLS_ENDS_BEFORE") else None
# Whose tries are counted: behind a proxy every visitor would else be the proxy, and one who guesses would lock everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("TLS_ENDS_BEFORE") else 0
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "aanchal.core.uploading.Kept"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("hi", _("Hindi")), ("te", _("Telugu"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Kolkata"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = home.folder() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without values": {"()": "aanchal.core.logs.WithoutValues"}},
    "filters": {"without tokens": {"()": "aanchal.core.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without values", "filters": ["without tokens"]}},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
