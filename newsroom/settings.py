"""The one settings file: a site on this machine by default, production by the environment."""

import contextlib
import datetime
import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from newsroom import env, log_lines
from newsroom.databases import read_databases, read_sessions_url
from newsroom.error_mail import read_admins
from newsroom.file_stores import read_s3, read_stores
from newsroom.interface_languages import read_language
from newsroom.secret_key import local_secret
from newsroom.site_claims import read_security, read_trust

BASE_DIR = Path(__file__).resolve().parent.parent
# pytest sets this for its own process only; the servers that tests start are told without it.
TESTING = "PYTEST_VERSION" in os.environ

# Production is said by any of these; newsroom/checks.py then refuses to start without all.
DEBUG = env.flag("DEBUG")
PRODUCTION = not DEBUG and any(
    env.text(name) for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL")
)

# The site
SITE_NAME = env.text("SITE_NAME", default="The Monexus")
SITE_SHORT_NAME = env.text("SITE_SHORT_NAME", default="Monexus")
PUBLISHER_NAME = env.text("PUBLISHER_NAME", default="Monexus Media")
DEFAULT_BYLINE = env.text("DEFAULT_BYLINE", default="Monexus News")
# SERVED_AT is what `serve` tells its own processes; only SITE_URL says production.
SERVED_AT = os.environ.get("SERVED_AT", "http://127.0.0.1:8000")
SITE_URL = env.text("SITE_URL", default=SERVED_AT).rstrip("/")
try:
    LAUNCHED_ON = datetime.date.fromisoformat(env.text("LAUNCHED_ON", default="2026-01-01"))
except ValueError as error:
    message = f"LAUNCHED_ON must be a date such as 2026-01-01: {error}"
    raise ImproperlyConfigured(message) from error
try:
    NEWSROOM_TIME_ZONE = ZoneInfo(env.text("NEWSROOM_TIME_ZONE", default="UTC"))
except (ZoneInfoNotFoundError, ValueError) as error:
    message = f"NEWSROOM_TIME_ZONE must be a zone such as Europe/London: {error}"
    raise ImproperlyConfigured(message) from error

# What the publisher says of itself
SECURITY_CONTACT, SECURITY_EXPIRES = read_security()
TRUST_TXT = read_trust()

# The desk and the wire
DESK_SECOND_PERSON = env.flag("DESK_SECOND_PERSON", default=True)
# Three values: 1 starts new channels, 0 stops all polling; without it, the desk decides.
WIRE_POLL = env.switch("WIRE_POLL")
WIRE_FETCHES = env.within("WIRE_FETCHES", default=16, least=1, most=200)
WIRE_LEASE = env.within("WIRE_LEASE", default=25, least=10, most=600)
# Days; 0 keeps every post for ever.
WIRE_KEEP_DAYS = env.whole("WIRE_KEEP_DAYS", default=365)
if WIRE_KEEP_DAYS and WIRE_KEEP_DAYS < 30:
    message = f"WIRE_KEEP_DAYS is {WIRE_KEEP_DAYS}. Use 30 or more days, or 0 for ever."
    raise ImproperlyConfigured(message)
WIRE_PARSERS = env.whole("WIRE_PARSERS", default=2)
if WIRE_PARSERS < 1:
    message = f"WIRE_PARSERS is {WIRE_PARSERS}. Use 1 or more; with 2, one bad feed stops no other."
    raise ImproperlyConfigured(message)
WIRE_TRUSTED_HOSTS = frozenset(env.words("WIRE_TRUSTED_HOSTS"))
WIRE_USER_AGENT = f"NewsroomWire/0.1 (+{SITE_URL}/)"

# The token of X's API, sent to that host alone; without it, or with X_POLL=0, X is read by nobody.
X_BEARER_TOKEN = env.secret("X_BEARER_TOKEN")
X_POLL = env.flag("X_POLL", default=True)
WIRE_TOKENS = {"api.x.com": X_BEARER_TOKEN} if X_BEARER_TOKEN and X_POLL else {}
PLATFORMS_OFF = {}
if not X_POLL:
    PLATFORMS_OFF["x"] = "it is switched off (X_POLL=0)"
elif not X_BEARER_TOKEN:
    PLATFORMS_OFF["x"] = "its API needs a token (X_BEARER_TOKEN)"

# Quotes: where each provider is asked, "" for its own address, and the keys that addresses name
MARKETS_POLL = env.switch("MARKETS_POLL")
MARKETS_ADDRESSES = {
    "ecb": env.text("MARKETS_ECB"),
    "coingecko": env.text("MARKETS_COINGECKO"),
    "stooq": env.text("MARKETS_STOOQ"),
    "twelvedata": env.text("MARKETS_TWELVEDATA"),
    "fred": env.text("MARKETS_FRED"),
    "eodhd": env.text("MARKETS_EODHD"),
    "coinpaprika": env.text("MARKETS_COINPAPRIKA"),
    "defillama": env.text("MARKETS_DEFILLAMA"),
    "feed": env.text("MARKETS_FEED"),
}
MARKETS_KEYS = {
    "coingecko": env.text("MARKETS_COINGECKO_KEY"),
    "stooq": env.text("MARKETS_STOOQ_KEY"),
    "twelvedata": env.text("MARKETS_TWELVEDATA_KEY"),
    "fred": env.text("MARKETS_FRED_KEY"),
    "eodhd": env.text("MARKETS_EODHD_KEY"),
    "feed": env.text("MARKETS_FEED_KEY"),
}

# Who may ask for /metrics; without it there is no such page.
METRICS_TOKEN = env.secret("METRICS_TOKEN")

# Where this host keeps what is its own
# What a process of the site writes is for the site's own user: the database, dumps, logs.
os.umask(0o077)
RUNTIME_DIR = Path(env.text("RUNTIME_DIR", default=str(BASE_DIR / ".var")))
if RUNTIME_DIR == BASE_DIR / ".var" and RUNTIME_DIR.is_dir():
    # An earlier version or another tool may have made it. Any other folder is the operator's.
    with contextlib.suppress(PermissionError):
        RUNTIME_DIR.chmod(0o700)
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", default=str(RUNTIME_DIR / "media")))
STATIC_ROOT = RUNTIME_DIR / "static"
# Backups, and beside them what was erased since: articles/erasure/journal.py.
BACKUP_DIR = Path(env.text("BACKUP_DIR", default=str(RUNTIME_DIR / "backup")))
# How the buckets are reached that stand in for these folders, where there are any.
S3 = read_s3()

SECRET_KEY = env.text("SECRET_KEY") or local_secret(RUNTIME_DIR)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or (
    [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "articles.apps.ArticlesConfig",
    "markets.apps.MarketsConfig",
    "wires.apps.WiresConfig",
    "accounts.apps.AccountsConfig",
    "mail.apps.MailConfig",
    "desk",
    "markdownx",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks_db",
]

MIDDLEWARE = [
    "newsroom.answer_headers.add_answer_headers",
    "newsroom.charsets.refuse_other_charsets",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.maintenance.answer_pauses",
    "newsroom.statement_limits.limit_statements",
    "newsroom.sessions_away.DeskSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.sessions_away.AnswerSessionsAway",
    "accounts.middleware.DeskSessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.limit_logins",
    "newsroom.large_bodies.refuse_large_bodies",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "newsroom.shown_text.drop_overrides",
    "newsroom.database_away.AnswerUnavailable",
    "newsroom.replica.LeaveToPrimary",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.masthead.site",
            ],
        },
    },
]

# How long one statement of a public page may take: none is known that needs a tenth of it.
PUBLIC_STATEMENT_SECONDS = 3

# SQLite next to the code, PostgreSQL by DATABASE_URL
DATABASES = read_databases(
    sqlite=RUNTIME_DIR / "newsroom.sqlite3", statement_seconds=PUBLIC_STATEMENT_SECONDS
)
# Only public pages are made from the replica, where there is one.
DATABASE_ROUTERS = ["newsroom.replica.ReplicaRouter"] if "replica" in DATABASES else []

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "accounts.hashers.BoundedArgon2",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# A link in an e-mail; the e-mail is given up by then too.
PASSWORD_RESET_TIMEOUT = 60 * 60
# People who can change what readers see, or who may, log in with a code of an app too.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=PRODUCTION)
OTP_TOTP_ISSUER = SITE_NAME
# How far a phone's clock is off is noted when the app is set up, not by each code: one that was
# typed slowly would have the next refused.
OTP_TOTP_SYNC = False
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.DeskBackend",
]
# Failed logins: accounts/login_limits.py has the limits and says what each of these means.
AXES_HANDLER = "accounts.login_limits.LoginLimits"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
# Else who goes on trying would keep the other one out for as long as it lasts.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "accounts.login_limits.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.login_limits.locked_out"
AXES_ENABLE_ADMIN = False
# How many proxies in front of the site append to X-Forwarded-For. A production has nginx there,
# whose X-Forwarded-Proto is believed as well.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
if TRUSTED_PROXIES < 0:
    message = f"TRUSTED_PROXIES is {TRUSTED_PROXIES}. Use the number of proxies, 0 for none."
    raise ImproperlyConfigured(message)
CSRF_FAILURE_VIEW = "newsroom.refused_forms.csrf_failure"
# Readers never carry a cookie: the session lives at the desk only.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# How long a session lasts unused; accounts.middleware renews it for people who work.
DESK_IDLE_HOURS = env.within("DESK_IDLE_HOURS", default=12, least=1, most=24 * 30)
SESSION_COOKIE_AGE = DESK_IDLE_HOURS * 60 * 60
# Sessions are in the database, or in the Redis that this names.
SESSIONS_URL = read_sessions_url()
SESSION_ENGINE = (
    "accounts.redis_sessions" if SESSIONS_URL else "django.contrib.sessions.backends.db"
)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What is done later, by `manage.py work`
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# E-mail: by the server of MAIL_HOST; without one the worker prints it, except in production
MAIL_HOST = env.text("MAIL_HOST").strip()
MAIL_IS_SET_UP = bool(MAIL_HOST) or not PRODUCTION
MAIL_SECURITY = env.text("MAIL_SECURITY", default="starttls").strip().lower()
MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
if MAIL_SECURITY not in MAIL_PORTS:
    message = f"MAIL_SECURITY is {MAIL_SECURITY!r}. Use starttls, tls or none."
    raise ImproperlyConfigured(message)
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            # Django wants one; nothing is sent where MAIL_IS_SET_UP is off.
            "host": MAIL_HOST or "localhost",
            "port": env.whole("MAIL_PORT", default=MAIL_PORTS[MAIL_SECURITY]),
            "username": env.text("MAIL_USER"),
            "password": env.text("MAIL_PASSWORD"),
            "use_tls": MAIL_SECURITY == "starttls",
            "use_ssl": MAIL_SECURITY == "tls",
            "timeout": 20,
        },
    }
    if MAIL_HOST or PRODUCTION
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM") or f"desk@{urlsplit(SITE_URL).hostname or 'localhost'}"
# Who is told of faults (newsroom/error_mail.py), and by whom.
ADMINS = read_admins(is_mail_set_up=MAIL_IS_SET_UP)
SERVER_EMAIL = env.text("SERVER_EMAIL", default=DEFAULT_FROM_EMAIL)

# What browsers are told
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
# The load balancer and the monitor ask over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PRODUCTION else []
# An article form with a hundred wire sources has more fields than the default allows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A picture that we take (20 MB at most) is decoded in memory anyway: no temporary file of it can
# meet a full disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024

# Public pages that each web process keeps (newsroom/pagecache.py), at most; 0 keeps none.
PAGE_CACHE_BYTES = env.within("PAGE_CACHE_MB", default=16, least=0, most=4_096) * 1024 * 1024

# Whether web processes on other hosts, which share no directory with this one, serve the same site.
SEVERAL_HOSTS = env.flag("SEVERAL_HOSTS")

# Words and hours
LANGUAGE_CODE = "en-gb"
SITE_LANGUAGE = read_language()
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "newsroom.bundles.BundleFinder",
]
MEDIA_URL = "/media/"
STORAGES = read_stores(s3=S3, is_static_plain=DEBUG or TESTING)
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING

# The style sheet makes the body as high as its text.
MARKDOWNX_EDITOR_RESIZABLE = False
# Its stock urls are never included; ours are staff only (articles/views.py).
MARKDOWNX_MARKDOWNIFY_FUNCTION = "articles.forms.markdownify"
MARKDOWNX_URLS_PATH = "/desk/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/desk/upload/"

LOG_LEVEL = env.text("LOG_LEVEL", default="WARNING").strip().upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    message = f"LOG_LEVEL is {LOG_LEVEL!r}. Use DEBUG, INFO, WARNING, ERROR or CRITICAL."
    raise ImproperlyConfigured(message)
LOG_FORMAT = env.text("LOG_FORMAT", default="words").strip().lower()
if LOG_FORMAT not in log_lines.FORMS:
    message = f"LOG_FORMAT is {LOG_FORMAT!r}. Use words or json."
    raise ImproperlyConfigured(message)
LOGGING = log_lines.logging_settings(level=LOG_LEVEL, form=LOG_FORMAT, is_mailed=bool(ADMINS))

# Where faults are reported to, besides the log (newsroom/error_reports.py).
SENTRY_DSN = env.secret("SENTRY_DSN")
