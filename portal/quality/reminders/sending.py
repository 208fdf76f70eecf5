"""What reminders say, and writing their mails.

Whoever was reminded within the week, by the portal or by an editor, of whatever, gets none: one mail gathers everything
of one person (`portal.upkeep`, which writes those on unchecked offers).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.ordering import ByName
from mail.services import post_kind
from portal.providers.models import Provider
from portal.quality.models import Reason, Reminder
from portal.quality.reminders.who import offers_of
from portal.upkeep import mails, sending
from portal.upkeep.models import Letter, Purpose
from portal.upkeep.people import Person, responsible
from portal.upkeep.planning import one_at_a_time, reminded_lately
from tenants.urls import own_address

MOST_NAMED = 25


def key_of(reason: Reason) -> str:
    """Its kind (portal.quality.mails; that of unchecked offers is the portal's own reminder)."""
    return mails.CHECK if reason == Reason.UNCHECKED else f"quality_{reason.name.lower()}"


def send(numbers: list[int]) -> None:
    """Write the mails of these reminders into the outbox, inside the job's transaction. Where nobody gets one, because
    all were reminded within the week, the reminder is as if nobody had asked for it."""
    reminders = list(Reminder.objects.select_for_update(of=("self",)).filter(pk__in=numbers, mails=0).order_by("pk"))
    if not reminders:
        return
    one_at_a_time()
    reason, by = Reason(reminders[0].reason), reminders[0].by_id
    editor = User.objects.filter(pk=by).first() if by else None
    providers = list(Provider.objects.filter(pk__in=[each.provider_id for each in reminders]))
    people = responsible(providers)
    write = _unchecked if reason == Reason.UNCHECKED else _others(reason)
    got = write(providers, people, editor.email if editor else "")
    for each in reminders:
        each.mails = sum(each.provider_id in about for about in got.values())
    Reminder.objects.bulk_update(reminders, ["mails"])
    Reminder.objects.filter(pk__in=[each.pk for each in reminders], mails=0).delete()


Got = dict[str, set[int]]


def _unchecked(_providers: Sequence[Provider], people: dict[int, list[Person]], answers: str) -> Got:
    return sending.send_for_editors({each.address for found in people.values() for each in found}, answers=answers)


def _others(reason: Reason) -> Any:
    def write(providers: Sequence[Provider], people: dict[int, list[Person]], answers: str) -> Got:
        lately, wanted = reminded_lately(), defaultdict[Person, list[Provider]](list)
        for each in providers:
            for person in people[each.pk]:
                if person.address not in lately:
                    wanted[person].append(each)
        return {
            person.address: {each.pk for each in own}
            for person, own in wanted.items()
            if _write(reason, person, own, answers)
        }

    return write


def _write(reason: Reason, person: Person, providers: list[Provider], answers: str) -> bool:
    context = context_of(reason, providers)
    if not context["number"]:
        # Seen to in the meantime.
        return False
    mail = post_kind(key_of(reason), to=person.address, values=context, reply_to=answers)
    if mail is None:
        return False
    Letter.objects.create(
        address=person.address,
        user_id=person.user,
        purpose=Purpose.EDITORS,
        written_at=timezone.now(),
        mail_id=mail.pk,
    )
    return True


def context_of(reason: Reason, providers: Sequence[Provider]) -> dict[str, Any]:
    """What a mail about these organisations says; also for its preview."""
    if reason == Reason.UNCHECKED:
        return sending.preview([each.pk for each in providers])
    base, of = own_address(), offers_of(reason).filter(provider__in=providers)
    rows = list(of.order_by(ByName("provider__name"), ByName("title"), "pk").values_list("pk", "title"))
    lines = [f"– {title}\n  {base}konto/angebote/{pk}/" for pk, title in rows[:MOST_NAMED]]
    with translation.override(settings.LANGUAGE_CODE):
        if len(rows) > MOST_NAMED:
            lines.append("– " + _("and %(number)d more") % {"number": len(rows) - MOST_NAMED})
        return {
            "provider": " · ".join(each.name for each in providers),
            "number": len(rows),
            "list": "\n".join(lines),
            "link": f"{base}konto/angebote/",
        }
