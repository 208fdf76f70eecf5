"""The links in mails on a newsletter (`portal.subscriptions.links`): the first confirms, the others end it."""

from portal.newsletter.models.readers import CONFIRM_WITHIN, Reader
from portal.subscriptions.links import key_of, signed

_ROOM = "newsletter"


def confirm_token(reader: Reader) -> str:
    """For the link in the first mail; good for a week."""
    return signed(reader.key, room=_ROOM, purpose="confirm")


def manage_token(reader: Reader) -> str:
    """For the links below every other mail; good as long as the reader is one."""
    return signed(reader.key, room=_ROOM, purpose="manage")


def _find(key: str | None) -> Reader | None:
    return None if key is None else Reader.objects.select_related("newsletter").filter(key=key).first()


def to_confirm(token: str) -> Reader | None:
    """The reader a first mail was about; None for a link that is forged, too old or without reader."""
    return _find(key_of(token, room=_ROOM, purpose="confirm", max_age=CONFIRM_WITHIN))


def to_manage(token: str) -> Reader | None:
    """The reader of a link below a mail."""
    return _find(key_of(token, room=_ROOM, purpose="manage"))
