"""Settings of sign-in: the part of the settings that belongs to `people` (django-allauth: password, TOTP, passkeys, OIDC)."""

import json
import os
from typing import Any

_DEMO = os.environ.get("MOTCUA_MODE", "demo" if "DATABASE_URL" not in os.environ else "production") in ("demo", "test")

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:start"
AUTHENTICATION_BACKENDS = ["motcua.people.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "motcua.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "motcua.people.passwords.NotCommon"},
]
OFFICIALS_NEED_SECOND_FACTOR = os.environ.get("OFFICIALS_NEED_SECOND_FACTOR", "0" if _DEMO else "1") == "1"
PEOPLE_POSTMAN = "motcua.notifications.actions.queue"
"""Who takes letters and codes: a function of the app above, named here because `people` does not know it."""
SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "")
"""Dotted path of a function send(message_id, to, text); empty: no telephone messages, codes go by mail."""

DEMO_PASSWORD = "mot-cua-trinh-dien" if _DEMO else ""
"""The one password of all demonstration sign-ins; production has none."""

ACCOUNT_ADAPTER = "motcua.people.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = lambda person: person.full_name  # noqa: E731
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "signup": "20/h/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",
}
_FORMS = "motcua.people.public.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "signup": f"{_FORMS}.RegisterForm",
    "reset_password": f"{_FORMS}.ForgottenPasswordForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "reauthenticate": f"{_FORMS}.ConfirmPasswordForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondStepForm",
    "reauthenticate": f"{_FORMS}.ConfirmCodeForm",
    "activate_totp": f"{_FORMS}.ActivateAppForm",
    "add_webauthn": f"{_FORMS}.AddKeyForm",
    "edit_webauthn": f"{_FORMS}.RenameKeyForm",
    "login_webauthn": f"{_FORMS}.SignInKeyForm",
    "authenticate_webauthn": f"{_FORMS}.SecondStepKeyForm",
    "reauthenticate_webauthn": f"{_FORMS}.ConfirmKeyForm",
}

MFA_ADAPTER = "motcua.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
"""A passkey cannot be guessed, and all officials of a house arrive at seven behind one address; each sign-in counts twice."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _DEMO
"""Passkeys over plain http: only for localhost of the demonstration."""
MFA_TOTP_ISSUER = os.environ.get("MFA_TOTP_ISSUER", "Một Cửa")
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

# OIDC_PROVIDERS is a JSON list: [{"provider_id": "vneid", "name": "VNeID", "client_id": "…", "secret": "…",
#                                  "settings": {"server_url": "https://…/.well-known/openid-configuration"}}]
_oidc: list[dict[str, Any]] = json.loads(os.environ.get("OIDC_PROVIDERS", "[]"))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _oidc}}
SOCIALACCOUNT_ADAPTER = "motcua.people.adapter.OutsideAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
