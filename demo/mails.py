"""The demo's mails: a text of the town's own, and what became of some mails, so that nobody looks at empty pages."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from mail.kinds import kind_of
from mail.models import MailText, OutboxMessage
from mail.services import post_kind
from mail.wording import shipped_text
from portal.providers.models import Provider

_OWN = "offer_approved"
_GREETING = "Herzliche Grüße\nIhre Redaktion von {{ portal }}"
_UNKNOWN = "550 5.1.1 <%s>: Recipient address rejected: User unknown in virtual mailbox table"


def leave_mails() -> None:
    """Some were sent, one came back. Nothing of it leaves the house (operations.postbox)."""
    kind = kind_of(_OWN)
    subject, body = shipped_text(kind, "de")
    MailText.objects.get_or_create(
        key=_OWN, language="de", defaults={"subject": subject, "body": f"{body}\n\n{_GREETING}"}
    )
    providers = list(Provider.objects.exclude(email="").order_by("pk")[:6])
    now = timezone.now()
    for number, provider in enumerate(providers):
        message = post_kind(
            "feedback_wrong",
            to=provider.email,
            values={
                "title": provider.name,
                "link": "",
                "topic": "Adresse",
                "message": "Die Hausnummer stimmt nicht mehr.",
            },
        )
        if message is not None:
            OutboxMessage.objects.filter(pk=message.pk).update(
                state=OutboxMessage.State.SENT,
                created_at=now - timedelta(days=number, seconds=4),
                sent_at=now - timedelta(days=number),
                attempts=1,
            )
    if providers:
        first = providers[0].email
        OutboxMessage.objects.filter(to=first).update(
            bounced_at=F("sent_at") + timedelta(minutes=2), bounce=_UNKNOWN % first
        )
