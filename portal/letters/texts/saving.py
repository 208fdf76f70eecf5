"""Changing the words of a kind of mail."""

from django.db import transaction

from accounts.models import User
from audit.services import record
from mail.kinds import Kind
from mail.models import MailChoice, MailText
from mail.wanting import is_wanted


@transaction.atomic
def save(kind: Kind, language: str, *, subject: str, body: str, by: User) -> MailText:
    """Keep a text of one's own. What is as it was before is no change."""
    text = MailText.objects.select_for_update().filter(key=kind.key, language=language).first()
    if text is not None and (text.subject, text.body) == (subject, body):
        return text
    text = text or MailText(key=kind.key, language=language)
    before = {"subject": text.subject, "body": text.body}
    text.subject, text.body = subject, body
    text.save()
    changes = {name: [before[name], getattr(text, name)] for name in before if before[name] != getattr(text, name)}
    record("mail_text.change", text, by=by, changes={"language": language, **changes})
    return text


@transaction.atomic
def choose(kind: Kind, *, wanted: bool, by: User) -> None:
    """Let mails of an optional kind go out, or not."""
    before = is_wanted(kind)
    choice, _new = MailChoice.objects.update_or_create(key=kind.key, defaults={"wanted": wanted})
    if before != wanted:
        record("mail_text.choice", choice, by=by, changes={"wanted": [before, wanted]})


@transaction.atomic
def reset(kind: Kind, language: str, *, by: User) -> bool:
    """Back to the text that came with the portal; False where it was in use already."""
    text = MailText.objects.select_for_update().filter(key=kind.key, language=language).first()
    if text is None:
        return False
    record("mail_text.reset", text, by=by, changes={"subject": text.subject, "body": text.body})
    text.delete()
    return True
