"""The mails of this room: the municipality's administration is told of each step, the operator of the answer.

Their kinds are not declared with the others (`mail.kinds.declare`): what is said about access to a municipality is not
worded by anybody who has it.
"""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audit.models import Entry
from core.access import Role
from mail.kinds import Group, Kind, Placeholder, link
from mail.rendering import letter
from mail.services import post_letter
from portal.people.log import told
from support.models import State, Visit
from tenants.running.context import inside, inside_public
from tenants.urls import own_address

PAGE = "redaktion/zugang/"
_WHO = Placeholder(gettext_lazy("who"), "Olga Operator")
_REASON = Placeholder(gettext_lazy("reason"), "T-1527: Stadtteile doppelt")
_TO, _WHEN = gettext_lazy("the administration of the municipality"), gettext_lazy("at once")
ASKED = Kind(
    "support_asked",
    Group.ACCOUNTS,
    gettext_lazy("Support asks for access"),
    _TO,
    _WHEN,
    gettext_lazy("{{ portal }}: support asks for access"),
    gettext_lazy(
        "Good day,\n\n"
        "{{ who }} of the platform's operator asks for access to {{ portal }}.\n\n"
        "Reason: {{ reason }}\n"
        "For: {{ scope }}\n"
        "How long: {{ minutes }} minutes\n\n"
        "Nobody gets in until you allow it. Please look at the question by {{ until }}; then it lapses.\n\n"
        "{{ link }}"
    ),
    {
        "who": _WHO,
        "reason": _REASON,
        "scope": Placeholder(gettext_lazy("what it is for"), "nur ansehen"),
        "minutes": Placeholder(gettext_lazy("minutes"), "60"),
        "until": Placeholder(gettext_lazy("when it lapses"), "3. Dezember 2026, 14:00"),
        "link": link(PAGE, button=gettext_lazy("Allow or refuse")),
    },
)
BEGAN = Kind(
    "support_began",
    Group.ACCOUNTS,
    gettext_lazy("Support access began"),
    _TO,
    _WHEN,
    gettext_lazy("{{ portal }}: support access began"),
    gettext_lazy(
        "Good day,\n\n"
        "{{ who }} of the platform's operator has access to {{ portal }} from now on.\n\n"
        "Reason: {{ reason }}\n"
        "For: {{ scope }}\n"
        "It ends by itself: {{ until }}\n\n"
        "You can end it at any time. Everything that is changed meanwhile stands in your log under this name.\n\n"
        "{{ link }}"
    ),
    {
        "who": _WHO,
        "reason": _REASON,
        "scope": Placeholder(gettext_lazy("what it is for"), "nur ansehen"),
        "until": Placeholder(gettext_lazy("when it ends"), "3. Dezember 2026, 14:00"),
        "link": link(PAGE, button=gettext_lazy("See or end it")),
    },
)
ENDED = Kind(
    "support_ended",
    Group.ACCOUNTS,
    gettext_lazy("Support access ended"),
    _TO,
    _WHEN,
    gettext_lazy("{{ portal }}: support access ended"),
    gettext_lazy(
        "Good day,\n\n"
        "the access of {{ who }} to {{ portal }} is over ({{ how }}).\n\n"
        "Reason: {{ reason }}\n"
        "From {{ began }} to {{ ended }}\n\n"
        "{{ deeds }}\n\n"
        "{{ link }}"
    ),
    {
        "who": _WHO,
        "reason": _REASON,
        "how": Placeholder(gettext_lazy("how it ended"), "die Zeit war um"),
        "began": Placeholder(gettext_lazy("beginning"), "13:00"),
        "ended": Placeholder(gettext_lazy("end"), "13:40"),
        "deeds": Placeholder(gettext_lazy("what was changed"), "Es wurde nichts geändert."),
        "link": link(PAGE, button=gettext_lazy("All accesses")),
    },
)
DECIDED = Kind(
    "support_decided",
    Group.EDITORS,
    gettext_lazy("Answer to a question for access"),
    gettext_lazy("the operator who asked"),
    _WHEN,
    gettext_lazy("{{ town }}: {{ answer }}"),
    gettext_lazy("Good day,\n\n{{ town }}: {{ answer }}\nReason you gave: {{ reason }}\n\n{{ link }}"),
    {
        "town": Placeholder(gettext_lazy("municipality"), "Merzig"),
        "answer": Placeholder(gettext_lazy("the answer"), "Zugang erlaubt"),
        "reason": _REASON,
        "link": link("betrieb/kommunen/merzig/zugang/", button=gettext_lazy("To the access")),
    },
    operators=True,
)


def _administration() -> list[str]:
    """Whom to tell, inside the municipality; its editors where nobody administers it."""
    people = User.objects.filter(is_active=True).order_by("pk")
    for role in (Role.ADMIN, Role.EDITOR):
        found = list(people.filter(roles__contains=[role.value]).values_list("email", flat=True))
        if found:
            return found
    return []


def _tell(visit: Visit, kind: Kind, **values: str) -> None:
    """Write to the administration, in German."""
    with inside(visit.municipality), translation.override(settings.LANGUAGE_CODE):
        common = {
            "who": visit.operator_name,
            "reason": visit.reason,
            "scope": str(visit.get_scope_display()),
            "minutes": str(visit.minutes),
            "portal": visit.municipality.name,
            "link": f"{own_address()}{PAGE}",
        }
        worded = letter(kind, str(kind.subject), str(kind.body), {**common, **values})
        for email in _administration():
            post_letter(kind.key, worded, to=email)


def _moment(at: object) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return date_format(localtime(at), "DATETIME_FORMAT")  # type: ignore[arg-type]  # a moment that is there


def asked(visit: Visit) -> None:
    """With the page where it is allowed or refused."""
    _tell(visit, ASKED, until=_moment(visit.expires_at))


def began(visit: Visit) -> None:
    """Who is in, why, until when, and where to end it."""
    _tell(visit, BEGAN, until=_moment(visit.ends_at))


def ended(visit: Visit, deeds: Sequence[Entry]) -> None:
    """What was done, from the municipality's log."""
    with inside(visit.municipality), translation.override(settings.LANGUAGE_CODE):
        lines = [
            f"– {date_format(localtime(each.at), 'TIME_FORMAT')} {each.sentence}" for each in told(deeds, links=False)
        ]
        counted = ngettext("%(number)d change:", "%(number)d changes:", len(lines)) % {"number": len(lines)}
        done = "\n".join([counted, *lines]) if lines else _("Nothing was changed.")
    _tell(
        visit,
        ENDED,
        how=str(visit.get_ended_how_display()),
        began=_moment(visit.began_at),
        ended=_moment(visit.ended_at),
        deeds=done,
    )


def decided(visit: Visit) -> None:
    """To the operator who asked: allowed, refused, or nobody answered."""
    with inside_public(), translation.override(settings.LANGUAGE_CODE):
        answers = {
            State.GRANTED: _("access allowed. Begin within a day."),
            State.REFUSED: _("access refused."),
            State.LAPSED: _("the access lapsed."),
        }
        values = {
            "town": visit.municipality.name,
            "answer": answers[State(visit.state)],
            "reason": visit.reason,
            "link": f"{own_address()}betrieb/kommunen/{visit.municipality.slug}/zugang/",
        }
        post_letter(
            DECIDED.key, letter(DECIDED, str(DECIDED.subject), str(DECIDED.body), values), to=visit.operator_email
        )
