"""What reminders say, and writing their mails."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.ordering import ByName
from mail.services import post_kind
from portal.providers.models import Provider
from portal.quality.models import Reason, Reminder
from portal.quality.reminders.who import addresses_of, offers_of
from tenants.urls import own_address

MOST_NAMED = 25
# Where somebody who keeps a provider finds these offers at once.
_LISTS = {Reason.UNCHECKED: "konto/angebote/?zu_tun=pruefen"}


def key_of(reason: Reason) -> str:
    """Its kind (portal.quality.mails)."""
    return f"quality_{reason.name.lower()}"


def send(numbers: list[int]) -> None:
    """Write the mails of these reminders into the outbox, inside the job's transaction."""
    reminders = list(Reminder.objects.select_for_update(of=("self",)).filter(pk__in=numbers, mails=0).order_by("pk"))
    providers = Provider.objects.in_bulk([each.provider_id for each in reminders])
    addresses = addresses_of(list(providers.values()))
    for each in reminders:
        if each.provider_id in providers:
            each.mails = _write(each, providers[each.provider_id], addresses[each.provider_id])
    Reminder.objects.bulk_update(reminders, ["mails"])


def _write(reminder: Reminder, provider: Provider, to: list[str]) -> int:
    reason = Reason(reminder.reason)
    context = context_of(reason, provider)
    if not context["number"]:
        # Seen to in the meantime.
        return 0
    editor = User.objects.filter(pk=reminder.by_id).first() if reminder.by_id else None
    answers = editor.email if editor else ""
    written = [post_kind(key_of(reason), to=each, values=context, reply_to=answers) for each in dict.fromkeys(to)]
    return sum(message is not None for message in written)


def context_of(reason: Reason, provider: Provider) -> dict[str, Any]:
    """What a mail to this provider says; also for its preview."""
    base = own_address()
    rows = list(offers_of(reason).filter(provider=provider).order_by(ByName("title"), "pk").values_list("pk", "title"))
    lines = [f"– {title}\n  {base}konto/angebote/{pk}/" for pk, title in rows[:MOST_NAMED]]
    with translation.override(settings.LANGUAGE_CODE):
        if len(rows) > MOST_NAMED:
            lines.append("– " + _("and %(number)d more") % {"number": len(rows) - MOST_NAMED})
        return {
            "provider": provider.name,
            "number": len(rows),
            "list": "\n".join(lines),
            "link": base + _LISTS.get(reason, "konto/angebote/"),
        }
