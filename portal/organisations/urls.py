"""Paths of the room. Those of allauth's own names stand apart: its pages link to them without a namespace."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from django.views.decorators.cache import never_cache

from core.access import Role, allow, by_oneself
from portal.organisations.views import joining, listing, people, rules
from portal.organisations.views.invitations import InvitationView
from portal.organisations.views.registering import RegistrationView, new_link


def everybody(view: Callable[..., Any]) -> Callable[..., Any]:
    """Registering and joining is somebody's own affair: closed to who acts for them."""
    return by_oneself(allow(Role.VISITOR)(view))


signup_patterns = [path("konto/registrieren/", everybody(RegistrationView.as_view()), name="account_signup")]
app_name = "organisations"
urlpatterns = [
    path("konto/bestaetigen/neu/", new_link, name="new_link"),
    path("konto/einladung/<str:token>/", everybody(never_cache(InvitationView.as_view())), name="invitation"),
    path("konto/anbieter/", listing.own_organisations, name="list"),
    path("konto/anbieter/neu/", listing.another, name="another"),
    path("konto/anbieter/<int:pk>/erneut/", listing.hand_in_again, name="again"),
    path("konto/anbieter/anfragen/<int:pk>/zurueckziehen/", listing.withdraw_request, name="withdraw_request"),
    path("konto/anbieter/anfragen/<int:pk>/aufnehmen/", joining.accept, name="accept_request"),
    path("konto/anbieter/anfragen/<int:pk>/ablehnen/", joining.refuse, name="refuse_request"),
    path("konto/anbieter/<int:pk>/personen/", people.people_page, name="people"),
    path("konto/anbieter/<int:pk>/personen/publizieren/", people.members_may_publish, name="members_may_publish"),
    path("konto/anbieter/<int:pk>/personen/uebergeben/", people.hand_over, name="hand_over"),
    path("konto/anbieter/<int:pk>/personen/verlassen/", people.leave, name="leave"),
    path("konto/anbieter/<int:pk>/personen/<int:membership>/rolle/", people.change_role, name="change_role"),
    path("konto/anbieter/<int:pk>/personen/<int:membership>/entfernen/", people.remove, name="remove"),
    path(
        "konto/anbieter/<int:pk>/personen/einladungen/<int:invitation>/erneut/",
        people.invite_again,
        name="invite_again",
    ),
    path(
        "konto/anbieter/<int:pk>/personen/einladungen/<int:invitation>/zurueckziehen/",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("redaktion/beitritte/", joining.desk, name="desk"),
    path("redaktion/einstellungen/registrierung/", rules.registration, name="rules"),
]
