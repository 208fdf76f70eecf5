"""The demo's mail server: a table (see PostedMail). It knows a double by its Message-ID, as good mail servers do."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from operations.models import PostedMail
from tenants.running.context import current_schema


class PostboxBackend(BaseEmailBackend):
    """Django's mail backend of the demo; nothing leaves the machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        posted = [
            PostedMail(
                municipality=current_schema(),
                sender=mail.from_email,
                to=", ".join(mail.recipients()),
                subject=str(mail.subject),
                body=str(mail.body),
                message_id=mail.extra_headers.get("Message-ID", ""),
            )
            for mail in email_messages
        ]
        known = PostedMail.objects.filter(message_id__in=[each.message_id for each in posted if each.message_id])
        doubles = set(known.values_list("message_id", flat=True))
        PostedMail.objects.bulk_create(each for each in posted if each.message_id not in doubles)
        return len(posted)
