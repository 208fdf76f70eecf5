"""A stored mail as it goes over the wire: plain text and HTML, its pictures, its header lines, its envelope."""

from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from typing import Any

from django.core.mail import EmailMultiAlternatives

from mail.bouncing.envelope import return_address
from mail.look import Picture, dressed
from mail.models import OutboxMessage

# RFC 5322, 2.1.1.
LONGEST_LINE = 998


class Composed(EmailMultiAlternatives):
    """multipart/alternative of plain text and HTML; with pictures the HTML is multipart/related with them.

    Django would hang pictures beside both, where mail programs show them as attachments.
    """

    pictures: tuple[Picture, ...] = ()

    def message(self) -> Any:  # type: ignore[override]  # the stubs are of a later Django, with one argument more
        """With header lines as long as they are: Python would begin a long one on the line below its name, which some
        mail programs take for an empty one (a subject, the address that unsubscribes)."""
        made: Any = super().message()
        made.policy = made.policy.clone(max_line_length=LONGEST_LINE)
        return made

    def _create_mime_attachment(self, content: Any, mimetype: str) -> MIMEBase:
        part: MIMEBase = super()._create_mime_attachment(content, mimetype)  # type: ignore[misc]  # stubs leave it out
        if mimetype != "text/html" or not self.pictures:
            return part
        whole = MIMEMultipart("related", type="text/html")
        whole.attach(part)
        for each in self.pictures:
            image = MIMEImage(each.data, each.subtype)
            image.add_header("Content-ID", f"<{each.name}>")
            image.add_header("Content-Disposition", "inline", filename=f"{each.name}.{each.subtype}")
            whole.attach(image)
        return whole


def composed(message: OutboxMessage) -> Composed:
    """What is given to the mail server. The envelope is the mailbox that takes what comes back, if there is one."""
    page = dressed(message.subject, message.html, message.language) if message.html else None
    body = message.body if page is None else f"{message.body.rstrip()}\n\n-- \n{page.below}\n"
    mail = Composed(
        subject=message.subject,
        body=body,
        from_email=return_address(message.pk) or message.sender,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            **message.headers,
            "From": message.sender,
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
        },
    )
    if page is not None:
        mail.pictures = page.pictures
        mail.attach_alternative(page.html, "text/html")
    return mail
