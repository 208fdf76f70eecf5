"""The room's mails: whom they go to and what they say. A municipality may word each of them itself (mail.wording)."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import User
from core.access import Role
from mail.services import post_kind
from portal.feedback.models import AccessibilityStatement, Case, Kind
from portal.preferences.models import Preferences
from tenants.urls import own_address
from theming.services import current_theme

MOST_EDITORS = 10


def absolute(path: str) -> str:
    """A path of this portal as a full address; empty stays empty."""
    return own_address() + path.lstrip("/") if path else ""


def editors(*, kind: str = "") -> list[str]:
    """Who hears of a case: for barriers the address named for them, the one that the rules name, the portal's, else
    the editors' own."""
    named = ""
    if kind == Kind.BARRIER:
        named = AccessibilityStatement.objects.values_list("email", flat=True).first() or ""
    return [named] if named else receivers_by(Preferences.current())


def receivers_by(rules: Preferences) -> list[str]:
    """Who gets the mails to the editors under some rules."""
    if official := rules.mail_receiver or current_theme().email:
        return [official]
    people = User.objects.filter(is_active=True, roles__contains=[Role.EDITOR.value]).order_by("pk")
    return list(people.values_list("email", flat=True)[:MOST_EDITORS])


def _send(key: str, to: str, context: dict[str, Any], *, reply_to: str = "", fleeting: bool = False) -> None:
    language = translation.get_language() or ""
    post_kind(f"feedback_{key}", to=to, values=context, language=language, reply_to=reply_to, fleeting=fleeting)


def _in_german() -> Any:
    """Editors and providers read German, whatever language the visitor's page was in."""
    return translation.override(settings.LANGUAGE_CODE)


def contact(*, to: str, title: str, url: str, name: str, email: str, message: str) -> None:
    """A visitor's message, passed on and forgotten. The answer goes straight to the visitor."""
    with _in_german():
        context = {"title": title, "link": absolute(url), "name": name, "email": email, "message": message}
        _send("contact", to, context, reply_to=email, fleeting=True)


def contact_copy(*, to: str, title: str, url: str, message: str) -> None:
    """The visitor's copy. Neither their name nor anything else they could choose is in it but the message."""
    _send("contact_copy", to, {"title": title, "link": absolute(url), "message": message}, fleeting=True)


def received(case: Case) -> None:
    """Tell the editors that a case is waiting. Its text stays on their page: mail is no safe place for it."""
    with _in_german():
        due = date_format(localtime(case.due_at), "DATE_FORMAT") if case.due_at else ""
        context = {
            "kind": case.get_kind_display(),
            "topic": case.get_topic_display() if case.topic else "",
            "about": case.about,
            "due": due,
            "link": absolute(case.get_absolute_url()),
        }
        for address in editors(kind=case.kind):
            _send("received", address, context)


def wrong(case: Case, *, to: str) -> None:
    """Tell the provider what somebody found wrong, without saying who."""
    with _in_german():
        context = {
            "topic": case.get_topic_display(),
            "title": case.about,
            "link": absolute(case.target_url),
            "message": case.text,
        }
        _send("wrong", to, context, fleeting=True)


def answer(case: Case, *, text: str, reply_to: str) -> None:
    """The editors' answer. The question is not repeated: nobody proved that the address belongs to who asked."""
    with _in_german():
        day = date_format(localtime(case.received_at), "DATE_FORMAT")
        _send("answer", case.sender_email, {"text": text, "day": day, "number": case.pk}, reply_to=reply_to)


def overdue(cases: list[Case]) -> None:
    """Tell the editors, once for each case, that its time to answer is over."""
    with _in_german():
        lines = "\n".join(f"- {case}: {absolute(case.get_absolute_url())}" for case in cases)
        for address in editors():
            _send("overdue", address, {"number": len(cases), "cases": lines})


def review() -> None:
    """Tell the editors that the accessibility statement wants a new look."""
    with _in_german():
        for address in editors(kind=Kind.BARRIER):
            _send("review", address, {"link": absolute("/redaktion/barrierefreiheit/")})
