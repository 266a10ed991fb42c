"""Settings: read from the environment once, here; everything else asks django.conf."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lianshang.config import faces, secrets
from lianshang.core import policy_files, postgres

PACKAGE = Path(__file__).resolve().parents[1]
REPOSITORY = PACKAGE.parents[1]

FACE = faces.from_environment()
DEBUG = os.environ.get("LIANSHANG_DEBUG") == "1"
SECRET_KEY = secrets.load("secret_key")
FIELD_KEY = secrets.load("field_key")  # encrypts personal fields
ALLOWED_HOSTS = os.environ.get("LIANSHANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DEMO = os.environ.get("LIANSHANG_DEMO") == "1"  # shows the demo accounts on the sign-in page
POLICY_FOLDER = policy_files.default_folder()
DATA_FOLDER = postgres.data_folder()
BENCH_DATA = Path(os.environ.get("LIANSHANG_BENCH_DATA") or REPOSITORY.parent / "shared" / "data")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
    *faces.installed(FACE),
    "allauth",  # after our parts, so that our templates come first
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianshang.core.audit.middleware.RequestContext",
]

ROOT_URLCONF = "lianshang.config.urls"
ASGI_APPLICATION = "lianshang.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianshang.core.ui.context.page",
            ],
            "builtins": ["lianshang.core.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **postgres.connection_settings(),
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "lianshang.core.accounts.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,50/5m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
SESSION_COOKIE_AGE = 8 * 3600  # one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("LIANSHANG_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = os.environ.get("LIANSHANG_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from where they lie: nothing is collected
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files" / postgres.connection_settings()["NAME"]},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
IMPORT_LARGEST_FILE = 64 * 1024 * 1024  # bytes of one uploaded register
IMPORT_LARGEST_UNPACKED = 1024 * 1024 * 1024  # bytes a workbook may unpack to
IMPORT_CHUNK = 1000  # rows committed together
ATTACHMENT_LARGEST_FILE = 20 * 1024 * 1024  # bytes of one attachment or scan

PROCRASTINATE_IMPORT_PATHS = ["lianshang.core.jobs.tasks"]
SITE_NAME = _("链上")

# How far ahead firms are told that an entitlement will end.
POLICY_LOOK_AHEAD_DAYS = int(os.environ.get("LIANSHANG_POLICY_LOOK_AHEAD_DAYS", "60"))

# Channels beside the site: each is offered where its settings are given (docs/notices.md).
NOTICE_SITE_ADDRESS = os.environ.get("LIANSHANG_SITE_ADDRESS", "http://localhost:8000")
NOTICE_QUIET_FROM = os.environ.get("LIANSHANG_QUIET_FROM", "22:00")
NOTICE_QUIET_UNTIL = os.environ.get("LIANSHANG_QUIET_UNTIL", "08:00")
NOTICE_TIMEOUT = 10  # seconds for a provider to answer
NOTICE_WEBHOOKS = os.environ.get("LIANSHANG_WEBHOOKS", "1") == "1"
# Hosts of webhooks that may be private and plain http: for tests and closed networks only.
NOTICE_WEBHOOK_ALLOWED_HOSTS = [
    host for host in os.environ.get("LIANSHANG_WEBHOOK_ALLOWED_HOSTS", "").split(",") if host
]
NOTICE_SMS = {
    "address": os.environ.get("LIANSHANG_SMS_ADDRESS", "https://dysmsapi.aliyuncs.com"),
    "key_id": os.environ.get("LIANSHANG_SMS_KEY_ID", ""),
    "key_secret": os.environ.get("LIANSHANG_SMS_KEY_SECRET", ""),
    "sign_name": os.environ.get("LIANSHANG_SMS_SIGN_NAME", ""),
    "template": os.environ.get("LIANSHANG_SMS_TEMPLATE", ""),
}
NOTICE_WECOM = {
    "address": os.environ.get("LIANSHANG_WECOM_ADDRESS", "https://qyapi.weixin.qq.com"),
    "sign_in_address": os.environ.get(
        "LIANSHANG_WECOM_SIGN_IN_ADDRESS", "https://open.weixin.qq.com"
    ),
    "corp_id": os.environ.get("LIANSHANG_WECOM_CORP_ID", ""),
    "agent_id": os.environ.get("LIANSHANG_WECOM_AGENT_ID", ""),
    "secret": os.environ.get("LIANSHANG_WECOM_SECRET", ""),
}
NOTICE_DINGTALK = {
    "address": os.environ.get("LIANSHANG_DINGTALK_ADDRESS", "https://api.dingtalk.com"),
    "old_address": os.environ.get("LIANSHANG_DINGTALK_OLD_ADDRESS", "https://oapi.dingtalk.com"),
    "sign_in_address": os.environ.get(
        "LIANSHANG_DINGTALK_SIGN_IN_ADDRESS", "https://login.dingtalk.com"
    ),
    "app_key": os.environ.get("LIANSHANG_DINGTALK_APP_KEY", ""),
    "app_secret": os.environ.get("LIANSHANG_DINGTALK_APP_SECRET", ""),
    "agent_id": os.environ.get("LIANSHANG_DINGTALK_AGENT_ID", ""),
}
# A helper that proposes the text of a policy: any endpoint of the OpenAI chat form; empty is off.
DRAFTING = {
    "endpoint": os.environ.get("LIANSHANG_DRAFTING_ENDPOINT", ""),
    "key": os.environ.get("LIANSHANG_DRAFTING_KEY", ""),
    "model": os.environ.get("LIANSHANG_DRAFTING_MODEL", ""),
    "timeout": 60,  # seconds
}
EMAIL_HOST = os.environ.get("LIANSHANG_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("LIANSHANG_EMAIL_PORT", "465"))
EMAIL_HOST_USER = os.environ.get("LIANSHANG_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LIANSHANG_EMAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("LIANSHANG_EMAIL_SSL", "1") == "1"
EMAIL_TIMEOUT = NOTICE_TIMEOUT
DEFAULT_FROM_EMAIL = os.environ.get("LIANSHANG_EMAIL_FROM", EMAIL_HOST_USER)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
