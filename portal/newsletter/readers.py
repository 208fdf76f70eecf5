"""What happens to readers. Each verb is one transaction; mails are written with the change that causes them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from audit.services import record
from mail.models import OutboxMessage
from mail.services import recall
from portal.newsletter import letters
from portal.newsletter.models import Admission, Left, Newsletter, Reader, Source, State
from portal.newsletter.models.readers import digest_of
from portal.newsletter.models.sending import Delivery

# Nobody needs the same mail twice within this time, however often somebody presses the button.
RESEND_AFTER = timedelta(minutes=15)


def subscribe(newsletter: Newsletter, email: str, *, language: str, now: datetime) -> None:
    """Ask the owner of an address whether they want it. Says nothing to the caller: whether the address is known is
    nobody's business but its owner's, who gets the answer by mail."""
    email = email.strip().lower()
    defaults = {"language": language, "created_at": now, "source": Source.FORM}
    with transaction.atomic():
        found, _fresh = Reader.objects.get_or_create(newsletter=newsletter, email=email, defaults=defaults)
        reader = Reader.objects.select_for_update().get(pk=found.pk)
        if reader.mailed_at is not None and reader.mailed_at > now - RESEND_AFTER:
            return
        if reader.state == State.PENDING:
            # Asked for by the form now, whatever list the address stood in before.
            reader.created_at, reader.language, reader.source = now, language, Source.FORM
            letters.ask_to_confirm(reader)
        else:
            letters.say_it_exists(reader)
        reader.mailed_at = now
        reader.save(update_fields=["created_at", "language", "source", "mailed_at"])


def confirm(reader: Reader, *, now: datetime) -> Reader:
    """The owner of the address wants it: a reader, or somebody the editors have to admit. Twice changes nothing."""
    with transaction.atomic():
        locked = Reader.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=reader.pk)
        if locked.state != State.PENDING:
            return locked
        on_request = locked.newsletter.admission == Admission.REQUEST
        # Whom an editor entered or read in was admitted by that.
        asks = on_request and locked.source == Source.FORM
        locked.state = State.ASKING if asks else State.ACTIVE
        locked.confirmed_at = now
        locked.save(update_fields=["state", "confirmed_at"])
        # They changed their mind since they left.
        Left.objects.filter(newsletter=locked.newsletter, digest=digest_of(locked.email)).delete()
    return locked


def admit(reader: Reader, *, by: Any) -> bool:
    """Somebody asked for a newsletter for professionals, say, and gets it. False where that was decided already."""
    with transaction.atomic():
        locked = Reader.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=reader.pk)
        if locked.state != State.ASKING:
            return False
        locked.state = State.ACTIVE
        locked.save(update_fields=["state"])
        letters.say_admitted(locked)
        record("newsletter.admitted", locked.newsletter, by=by)
    return True


def refuse(reader: Reader, *, by: Any) -> bool:
    """Somebody asked for it and does not get it; the address is forgotten. False where that was decided already."""
    with transaction.atomic():
        locked = Reader.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=reader.pk)
        if locked.state != State.ASKING:
            return False
        letters.say_refused(locked)
        record("newsletter.refused", locked.newsletter, by=by)
        locked.delete()
    return True


def end(reader: Reader, *, now: datetime) -> None:
    """Forget the address, take back what is not on its way yet, and remember that no list may bring it back."""
    with transaction.atomic():
        locked = Reader.objects.select_for_update().filter(pk=reader.pk).first()
        if locked is None:
            return
        waits = Delivery.objects.filter(reader=locked, mail__state=OutboxMessage.State.QUEUED)
        for number in waits.values_list("mail_id", flat=True):
            recall([number])
        Left.objects.update_or_create(
            newsletter_id=locked.newsletter_id, digest=digest_of(locked.email), defaults={"left_at": now}
        )
        locked.delete()


def remove(reader: Reader, *, by: Any, now: datetime) -> None:
    """The same by the editors: somebody called and asked for it."""
    with transaction.atomic():
        record("newsletter.reader_removed", reader.newsletter, by=by)
        end(reader, now=now)


def enter(newsletter: Newsletter, email: str, *, by: Any, now: datetime) -> bool:
    """An editor enters an address; its owner is asked by mail. False where it is a reader already."""
    email = email.strip().lower()
    with transaction.atomic():
        reader, fresh = Reader.objects.get_or_create(
            newsletter=newsletter, email=email, defaults={"created_at": now, "source": Source.EDITOR, "mailed_at": now}
        )
        if fresh:
            letters.ask_to_confirm(reader)
            record("newsletter.reader_entered", newsletter, by=by)
    return fresh


def forget_unconfirmed(now: datetime) -> int:
    """Those who never answered; returns how many."""
    _total, by_model = Reader.objects.to_forget(now).delete()
    return by_model.get("newsletter.Reader", 0)
