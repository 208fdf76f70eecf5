"""The mails of this room: one function each, worded by their kind (`mails`)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mail.models import OutboxMessage
from mail.services import post_kind
from portal.preferences.models import Preferences
from portal.upkeep import mails
from portal.upkeep.models import Digest, Letter
from portal.upkeep.tokens import check_token, digest_token
from tenants.urls import own_address
from theming.services import current_theme

MOST_NAMED = 25
MOST_PROVIDERS = 3
EXTEND = "konto/angebote/?zu_tun=endet"


def answers_to() -> str:
    """Where an answer to a reminder goes: to the people of the municipality, never to nobody."""
    rules = Preferences.current()
    return str(rules.mail_reply_to or rules.mail_receiver or current_theme().email)


def day(value: date | None) -> str:
    """A day in words, empty without one."""
    return date_format(value, "j. F Y") if value else ""


def names(found: Collection[str]) -> str:
    """“Chor, Treff and 3 more”."""
    rows = sorted(found)
    if len(rows) <= MOST_PROVIDERS:
        return " · ".join(rows)
    more = len(rows) - MOST_PROVIDERS + 1
    rest = ngettext("%(number)d more", "%(number)d more", more) % {"number": more}
    return " · ".join([*rows[: MOST_PROVIDERS - 1], rest])


def _listed(lines: Sequence[str]) -> str:
    rows = [f"– {line}" for line in lines[:MOST_NAMED]]
    if len(lines) > MOST_NAMED:
        rows.append("– " + _("and %(number)d more") % {"number": len(lines) - MOST_NAMED})
    return "\n".join(rows)


def check_values(
    letter: Letter,
    *,
    providers: Collection[str],
    check: Sequence[str],
    ending: Sequence[tuple[str, datetime]],
    days: tuple[date | None, date | None],
) -> dict[str, Any]:
    """What the mail on unchecked offers says; also for the editors' preview."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "providers": names(providers),
            "list": _listed(check),
            "link": f"{own_address()}angebote/pruefen/{check_token(letter)}/" if letter.pk else f"{own_address()}…",
            "note_day": day(days[0]),
            "hide_day": day(days[1]),
            "ending": _listed(_ends(ending)),
            "ending_link": own_address() + EXTEND if ending else "",
            "last_day": day(letter.last_day),
            "contact": answers_to(),
        }


def _ends(ending: Sequence[tuple[str, datetime]]) -> list[str]:
    return [f"{title} ({day(timezone.localdate(end))})" for title, end in ending]


def ask(letter: Letter, *, answers: str = "", **said: Any) -> OutboxMessage | None:
    """Is everything still right? None where mail to this address comes back. `answers`: where they go, where not to the
    municipality's usual address."""
    values = check_values(letter, **said)
    return post_kind(mails.CHECK, to=letter.address, values=values, reply_to=answers or answers_to())


def warn(letter: Letter, *, providers: Collection[str], ending: Sequence[tuple[str, datetime]]) -> OutboxMessage | None:
    """Only of offers that end soon."""
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "providers": names(providers),
            "ending": _listed(_ends(ending)),
            "link": own_address() + EXTEND,
            "stop_link": f"{own_address()}angebote/pruefen/{check_token(letter)}/abbestellen/",
            "contact": answers_to(),
        }
    return post_kind(mails.ENDING, to=letter.address, values=values, reply_to=answers_to())


def sum_up(digest: Digest, figures: dict[str, int], *, providers: Collection[str], days: int) -> OutboxMessage | None:
    """The summary; a mail program ends it with one press (RFC 8058)."""
    stop = f"{own_address()}konto/zusammenfassung/abbestellen/{digest_token(digest.pk)}/"
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            **{name: str(number) if number or name in {"public", "views"} else "" for name, number in figures.items()},
            "providers": names(providers),
            "days": str(days),
            "link": f"{own_address()}konto/",
            "settings_link": f"{own_address()}konto/person/nachrichten/",
            "stop_link": stop,
        }
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return post_kind(mails.DIGEST, to=digest.user.email, values=values, reply_to=answers_to(), headers=headers)
