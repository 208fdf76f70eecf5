"""What a visitor may use: a list of what is open; everything that is not on it is closed, also what is new tomorrow.

Besides it: public pages, to look at. Not on it, and why:

- `/konto/`: passwords, second factors, own data, memberships: an account's own;
- `/redaktion/personen/`, `/redaktion/beitritte/`: people and roles, and signing in as a provider;
- `/redaktion/zugang/`, `/redaktion/einstellungen/anmeldung/`: the rules of support itself, and of signing in;
- `/redaktion/meldungen/`, newsletters, the log of mails and its addresses: what residents wrote and who they are;
- imports and exports, files of whole lists, and the log as a file: nothing is taken along;
- `/plattform/`: what the municipality says, votes and pays among the others; the operator is a party there.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LOOK, _CHANGE = False, True
ENTER, LEAVE = "hilfe-zugang/<str:key>/", "hilfe-zugang/beenden/"
# By the beginning of a route; the longest that fits counts. True: may be changed by those who may change anything.
_SECTIONS: dict[str, bool | None] = {
    "redaktion/angebote/": _CHANGE,
    "redaktion/angebote/sammeln/": None,
    "redaktion/angebote/liste": None,
    "redaktion/anbieter/": _CHANGE,
    "redaktion/anbieter/sammeln/": None,
    "redaktion/anbieter/liste": None,
    "redaktion/pruefen/": _CHANGE,
    "redaktion/pruefen/vertrauen/": _LOOK,
    "redaktion/seiten/": _CHANGE,
    "redaktion/startseite/": _CHANGE,
    "redaktion/menues/": _CHANGE,
    "redaktion/rechtliches/": _CHANGE,
    "redaktion/weiterleitungen/": _CHANGE,
    "redaktion/weiterleitungen/liste": None,
    "redaktion/medien/": _CHANGE,
    "redaktion/medien/liste": None,
    "redaktion/aktuelles/": _CHANGE,
    "redaktion/leichte-sprache/": _CHANGE,
    "redaktion/themen/": _CHANGE,
    "redaktion/synonyme/": _CHANGE,
    "redaktion/karte/": _CHANGE,
    "redaktion/sprachen/": _CHANGE,
    "redaktion/uebersetzungen/": _CHANGE,
    "redaktion/barrierefreiheit/": _CHANGE,
    "redaktion/suche/": _LOOK,
    "redaktion/start-check/": _LOOK,
    "redaktion/qualitaet/": _LOOK,
    "redaktion/qualitaet/angebote/liste": None,
    "redaktion/qualitaet/anbieter/liste": None,
    "redaktion/qualitaet/links/liste": None,
    "redaktion/mails/texte/": _CHANGE,
    # These send mail: to somebody's own address, or to everybody.
    "redaktion/mails/texte/<slug:key>/probe/": None,
    "redaktion/mails/texte/<slug:key>/versenden/": None,
    "redaktion/einstellungen/": _CHANGE,
    "redaktion/einstellungen/anmeldung/": None,
    "redaktion/einstellungen/anmeldedienst/": None,
    "redaktion/einstellungen/aufbewahrung/": _LOOK,
    # Whoever gets the mails to the editors is not changed from outside.
    "redaktion/einstellungen/kontakt/": _LOOK,
    "redaktion/einstellungen/schreibtisch/": None,
}
# Single pages whose sections are closed.
_PAGES: dict[str, bool] = {
    "redaktion/": _LOOK,
    "redaktion/tasten/": _LOOK,
    "redaktion/protokoll/": _LOOK,
    "redaktion/mails/": _LOOK,
}
# Out of it, and in again with a newer link: open also to those who only look.
ALWAYS = frozenset({ENTER, LEAVE, "konto/abmelden/"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# For those who decide whether to let somebody in.
CLOSED: tuple[Promise, ...] = (
    _("accounts, passwords, second factors, people and roles"),
    _("questions and reports of residents, newsletters, the log of mails"),
    _("exports, imports and lists as files, the log as a file"),
    _("signing in as a provider, these rules, and what the municipality says or votes on the platform"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a page may be looked at, and changed."""

    look: bool
    change: bool


def answer_for(route: str) -> Answer:
    """By the route of a page that is not for everybody."""
    if route in _PAGES:
        return Answer(look=True, change=_PAGES[route])
    fitting = [section for section in _SECTIONS if route.startswith(section)]
    found = _SECTIONS[max(fitting, key=len)] if fitting else None
    return Answer(look=found is not None, change=bool(found))


def may_use(route: str, method: str | None, *, is_public: bool, writes: bool) -> bool:
    """Whether a visitor may use a page by this method."""
    if route in ALWAYS:
        return True
    if method in _SAFE:
        return is_public or answer_for(route).look
    return writes and answer_for(route).change
