"""Which optional kinds of mail a municipality lets go out."""

from mail.kinds import Kind
from mail.models import MailChoice


def is_wanted(kind: Kind) -> bool:
    """Whether mails of this kind are written; only optional ones are asked for."""
    if not kind.optional:
        return True
    chosen = MailChoice.objects.filter(key=kind.key).values_list("wanted", flat=True).first()
    return kind.usually if chosen is None else chosen
