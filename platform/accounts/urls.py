"""Sign-in and what belongs to it: allauth's views under German paths, opened one by one."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as allauth
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path

from accounts import address, data_views, factor_views, security, terms, views
from accounts.confirming import ConfirmEmailView
from accounts.oidc import views as service
from accounts.signing_in import LoginView
from core.access import Role, allow, by_oneself
from core.gates import open_before

members = allow(Role.SIGNED_IN)


def everybody(view: Callable[..., Any]) -> Callable[..., Any]:
    """The door itself; whoever acts for somebody else stands inside already."""
    return by_oneself(allow(Role.VISITOR)(view))


def first(view: Callable[..., Any]) -> Callable[..., Any]:
    """What somebody uses who must set up a second factor before anything else, or has yet to agree to the terms."""
    return open_before("second_factor", "terms")(members(view))


second_factor_patterns = [
    path("konto/anmelden/zweiter-faktor/", everybody(factor.authenticate), name="mfa_authenticate"),
    path("konto/anmelden/passkey/", everybody(keys.login_webauthn), name="mfa_login_webauthn"),
    path("konto/sicherheit/bestaetigen/", first(allauth.reauthenticate), name="account_reauthenticate"),
    path("konto/sicherheit/bestaetigen/code/", first(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "konto/sicherheit/bestaetigen/schluessel/",
        first(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/sicherheit/zweiter-faktor/", first(factor_views.IndexView.as_view()), name="mfa_index"),
    path("konto/sicherheit/zweiter-faktor/app/", first(app.activate_totp), name="mfa_activate_totp"),
    path("konto/sicherheit/zweiter-faktor/app/entfernen/", first(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "konto/sicherheit/zweiter-faktor/ersatzcodes/",
        first(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "konto/sicherheit/zweiter-faktor/ersatzcodes/neu/",
        first(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "konto/sicherheit/zweiter-faktor/ersatzcodes/datei/",
        first(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("konto/sicherheit/zweiter-faktor/schluessel/", first(keys.list_webauthn), name="mfa_list_webauthn"),
    path("konto/sicherheit/zweiter-faktor/schluessel/neu/", first(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "konto/sicherheit/zweiter-faktor/schluessel/<int:pk>/",
        first(keys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "konto/sicherheit/zweiter-faktor/schluessel/<int:pk>/entfernen/",
        first(keys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
account_patterns = [
    path("konto/anmelden/", everybody(LoginView.as_view()), name="account_login"),
    path("konto/anmelden/dienst/<slug:provider_id>/", service.login, name="openid_connect_login"),
    path("konto/anmelden/dienst/<slug:provider_id>/zurueck/", service.callback, name="openid_connect_callback"),
    path("konto/abmelden/", allow(Role.VISITOR)(allauth.LogoutView.as_view()), name="account_logout"),
    path("konto/passwort/", everybody(allauth.PasswordResetView.as_view()), name="account_reset_password"),
    path(
        "konto/passwort/gesendet/",
        everybody(allauth.PasswordResetDoneView.as_view()),
        name="account_reset_password_done",
    ),
    # The key has hyphens of its own: the number ends at the first one.
    re_path(
        r"^konto/passwort/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        everybody(allauth.PasswordResetFromKeyView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "konto/passwort/neu/",
        everybody(allauth.PasswordResetFromKeyDoneView.as_view()),
        name="account_reset_password_from_key_done",
    ),
    path(
        "konto/sicherheit/",
        first(security.SecurityView.as_view(template_name="account/password_change.html")),
        name="account_change_password",
    ),
    path("konto/sicherheit/erstes/", first(allauth.PasswordSetView.as_view()), name="account_set_password"),
    path("konto/sicherheit/adresse/", address.address, name="account_email"),
    path("konto/sicherheit/sitzungen/", security.sessions, name="usersessions_list"),
    path("konto/adresse/<str:key>/", address.object_to_change, name="account_email_objection"),
    *second_factor_patterns,
    path(
        "konto/bestaetigen/gesendet/",
        everybody(allauth.EmailVerificationSentView.as_view()),
        name="account_email_verification_sent",
    ),
    path("konto/bestaetigen/<str:key>/", everybody(ConfirmEmailView.as_view()), name="account_confirm_email"),
    path("konto/inaktiv/", everybody(allauth.AccountInactiveView.as_view()), name="account_inactive"),
]
# On the operator's side nobody registers; allauth's pages link to the name. Municipalities: portal.organisations.
closed_signup_patterns = [path("konto/registrieren/", everybody(allauth.SignupView.as_view()), name="account_signup")]
# In a municipality only.
desk_patterns = [
    path("redaktion/einstellungen/anmeldedienst/", service.settings_page, name="service_settings"),
]
app_name = "accounts"
urlpatterns = [
    path("konto/", views.home, name="home"),
    path("konto/person/", views.person, name="person"),
    path("konto/daten/", data_views.own_data, name="own_data"),
    path("konto/daten/datei/", data_views.own_data_file, name="own_data_file"),
    path("konto/daten/loeschen/", data_views.leave, name="leave"),
    path("konto/nutzungsbedingungen/", terms.terms, name="terms"),
]
