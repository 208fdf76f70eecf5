"""Sign-in and what belongs to it: allauth's views under German paths, opened one by one."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts import views
from accounts.confirming import ConfirmEmailView
from core.access import Role, allow

everybody, members = allow(Role.VISITOR), allow(Role.SIGNED_IN)
account_patterns = [
    path("konto/anmelden/", everybody(allauth.LoginView.as_view()), name="account_login"),
    path("konto/abmelden/", everybody(allauth.LogoutView.as_view()), name="account_logout"),
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
    path("konto/sicherheit/", members(allauth.PasswordChangeView.as_view()), name="account_change_password"),
    path("konto/sicherheit/erstes/", members(allauth.PasswordSetView.as_view()), name="account_set_password"),
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
app_name = "accounts"
urlpatterns = [
    path("konto/", views.home, name="home"),
    path("konto/person/", views.person, name="person"),
]
