"""The words of the table of permissions (`core.access.PERMISSIONS`), and which addresses each of its rows is about.

`tests/architecture/test_permissions.py` holds the table against every URL of the editors' and the providers' pages and
against `access.csv`: a page that lets in others than its row says fails.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access import PERMISSIONS, Holder, Permission

HOLDER_NAMES: dict[Holder, Promise] = {
    Holder.ADMIN: _("Administration"),
    Holder.EDITOR: _("Editorial team"),
    Holder.PLANNER: _("Planning"),
    Holder.ADMINISTRATOR: _("Provider: is responsible"),
    Holder.MEMBER: _("Provider: writes along"),
}
# These two hold a permission for their own organisation only.
OWN = frozenset({Holder.ADMINISTRATOR, Holder.MEMBER})


@dataclass(frozen=True, slots=True)
class Right:
    """A row as people read it. Of several addresses that begin like a page's the longest is meant."""

    permission: Permission
    label: Promise
    addresses: tuple[str, ...]
    note: Promise | str = ""

    @property
    def holders(self) -> frozenset[Holder]:
        return PERMISSIONS[self.permission]


_PEOPLE, _MEMBERS = "/redaktion/personen/<int:pk>/", "/konto/anbieter/<int:pk>/personen/"
RIGHTS: tuple[Right, ...] = (
    Right(Permission.REVIEW, _("Approve and give back"), ("/redaktion/pruefen/",)),
    Right(Permission.ANSWER, _("Answer residents"), ("/redaktion/meldungen/",)),
    Right(Permission.DESK, _("Desk, mails and everything else there"), ("/redaktion/",)),
    Right(
        Permission.CONTENT,
        _("Look, pages, menus, news, newsletter, print, topics, map, translations, entries of all providers"),
        tuple(
            f"/redaktion/{each}/"
            for each in (
                *("startseite", "karte", "sprachen", "uebersetzungen", "leichte-sprache", "synonyme", "suche"),
                *("barrierefreiheit", "angebote", "anbieter", "verlauf", "themen", "qualitaet", "drucksachen"),
                *("start-check", "menues", "rechtliches", "weiterleitungen", "medien", "aktuelles", "aussehen"),
                *("newsletter", "seiten"),
            )
        ),
    ),
    Right(
        Permission.RULES, _("Change the rules of the portal"), ("/redaktion/einstellungen/", "/redaktion/vergleich/")
    ),
    Right(
        Permission.SECURITY_RULES,
        _("Change the rules of signing in"),
        ("/redaktion/einstellungen/anmeldung/", "/redaktion/einstellungen/anmeldedienst/", "/redaktion/zugang/"),
        _("Who needs a second factor, the sign-in service, terms of use"),
    ),
    Right(
        Permission.CONTRACT,
        _("Accept the contract, connect addresses, open the portal"),
        ("/redaktion/vertrag/", "/redaktion/adressen/", "/redaktion/einrichtung/oeffnen/"),
    ),
    Right(
        Permission.PEOPLE,
        _("See people, put memberships of providers in order"),
        ("/redaktion/personen/",),
    ),
    Right(
        Permission.ACCOUNTS,
        _("Give and take roles, invite, deactivate"),
        (
            "/redaktion/personen/einladungen/",
            "/redaktion/personen/liste.<str:kind>",
            *(f"{_PEOPLE}{each}/" for each in ("rollen", "deaktivieren", "aktivieren", "zweiter-faktor", "sitzungen")),
        ),
        _("Also reset a second factor and end sessions"),
    ),
    Right(
        Permission.PROGRAMS,
        _("Give other programs access"),
        ("/redaktion/zugaenge/", "/redaktion/webhooks/"),
        _("Tokens of the interface, webhooks"),
    ),
    Right(Permission.HELP, _("Sign in as a provider to help"), (f"{_PEOPLE}anmelden-als/",), _("With a reason")),
    Right(
        Permission.LOG,
        _("Read who did what"),
        ("/redaktion/protokoll/",),
        _("What concerns accounts is for the administration only"),
    ),
    Right(
        Permission.OFFERS,
        _("Write offers"),
        ("/konto/angebote/<int:pk>/", "/konto/angebote/neu/gelesen/<int:pk>/seite/"),
    ),
    Right(Permission.OWN_LIST, _("Begin offers in one's own list"), ("/konto/angebote/",)),
    Right(
        Permission.PROFILE_SEE,
        _("See an organisation from the inside"),
        (
            "/konto/anbieter/<int:pk>/",
            "/konto/anbieter/<int:pk>/profil/vorschau/",
            "/konto/anbieter/<int:pk>/profil/aenderung/",
        ),
    ),
    Right(Permission.PROFILE, _("Change the profile of an organisation"), ("/konto/anbieter/<int:pk>/profil/",)),
    Right(
        Permission.MEMBERS,
        _("Decide who belongs to an organisation"),
        (
            *(f"{_MEMBERS}{each}/" for each in ("<int:membership>", "einladungen", "publizieren")),
            "/konto/anbieter/anfragen/<int:pk>/aufnehmen/",
            "/konto/anbieter/anfragen/<int:pk>/ablehnen/",
        ),
    ),
    Right(
        Permission.HAND_OVER,
        _("Hand an organisation over, hand it in again"),
        (f"{_MEMBERS}uebergeben/", "/konto/anbieter/<int:pk>/erneut/"),
    ),
    Right(Permission.LEAVE, _("Leave an organisation"), (f"{_MEMBERS}verlassen/",)),
    Right(
        Permission.OWN_ACCOUNT,
        _("One's own name, password, second factor, sessions and data"),
        ("/konto/person/", "/konto/sicherheit/", "/konto/daten/", "/konto/zugriffe/"),
    ),
)


def right_of(pattern: str) -> Right | None:
    """The row that is about a URL pattern; None for what the table says nothing of (public pages)."""
    found = [(address, right) for right in RIGHTS for address in right.addresses if pattern.startswith(address)]
    return max(found, key=lambda each: len(each[0]))[1] if found else None
