"""Paths of the room."""

from django.urls import path
from django.views.decorators.cache import never_cache

from core.access import Role, allow, by_oneself
from portal.people.views import helping, invitations, log, people
from portal.people.views.invitations import RoleInvitationView

app_name = "people"
_PERSON = "redaktion/personen/<int:pk>/"
urlpatterns = [
    path("redaktion/personen/", people.people_list, name="list"),
    path("redaktion/personen/liste.<str:kind>", people.people_file, name="file"),
    path("redaktion/personen/rechte/", people.rights, name="rights"),
    path("redaktion/personen/einladungen/", invitations.invitations, name="invitations"),
    path("redaktion/personen/einladungen/<int:pk>/erneut/", invitations.again, name="invite_again"),
    path("redaktion/personen/einladungen/<int:pk>/zurueckziehen/", invitations.withdraw, name="uninvite"),
    path(_PERSON, people.one, name="one"),
    path(f"{_PERSON}rollen/", people.change_roles, name="change_roles"),
    path(f"{_PERSON}deaktivieren/", people.deactivate, name="deactivate"),
    path(f"{_PERSON}aktivieren/", people.reactivate, name="reactivate"),
    path(f"{_PERSON}zweiter-faktor/", people.reset_factor, name="reset_factor"),
    path(f"{_PERSON}sitzungen/", people.end_sessions, name="end_sessions"),
    path(f"{_PERSON}mitgliedschaften/<int:membership>/rolle/", people.change_membership, name="change_membership"),
    path(f"{_PERSON}mitgliedschaften/<int:membership>/entfernen/", people.end_membership, name="end_membership"),
    path(f"{_PERSON}anmelden-als/", helping.begin, name="help"),
    path("redaktion/protokoll/", log.log, name="log"),
    path("redaktion/protokoll/liste.csv", log.log_file, name="log_file"),
    path("konto/zugriffe/", helping.accesses, name="accesses"),
    path("konto/zugriffe/beenden/", helping.end, name="end_help"),
    path(
        "konto/einladung/rolle/<str:token>/",
        by_oneself(allow(Role.VISITOR)(never_cache(RoleInvitationView.as_view()))),
        name="invitation",
    ),
]
