"""What becomes of the addresses of a list: looked up without changing anything, then taken over in parts.

A part is one transaction: the readers it makes, their mails with the jobs that deliver them, how far it is. So a
killed worker neither loses nor doubles anybody.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.services import record
from mail.models import Unreachable
from mail.services import post_many
from portal.newsletter import letters
from portal.newsletter.lists.reading import Written
from portal.newsletter.models import AddressList, Left, Newsletter, Reader, Source, State
from portal.newsletter.models.lists import Finding
from portal.newsletter.models.readers import digest_of

PART = 200
LINE, TEXT, ADDRESS, FINDING, MEANT = range(5)
Row = list[Any]


def judged(newsletter: Newsletter, written: Sequence[Written]) -> list[Row]:
    """Each entry with what it is. A fixed number of statements, however long the list is."""
    addresses = {each.address or each.meant for each in written} - {""}
    addresses |= {each.meant for each in written}
    readers = set(Reader.objects.filter(newsletter=newsletter, email__in=addresses).values_list("email", flat=True))
    gone = set(Unreachable.objects.filter(address__in=addresses).values_list("address", flat=True))
    left = set(Left.objects.filter(newsletter=newsletter).values_list("digest", flat=True))
    seen: set[str] = set()
    rows = []
    for each in written:
        finding = _finding(each, readers, gone, left, seen)
        seen.add(each.address)
        if finding == Finding.TYPO:
            seen.add(each.meant)
        rows.append([each.line, each.text[:200], each.address, str(finding), each.meant])
    return rows


def _finding(each: Written, readers: set[str], gone: set[str], left: set[str], seen: set[str]) -> Finding:
    address = each.address or each.meant
    if not address:
        return Finding.BAD
    known = (
        (Finding.DOUBLE, {address, each.meant or address} & seen),
        (Finding.KNOWN, {address, each.meant or address} & readers),
        (Finding.LEFT, left and {digest_of(address), digest_of(each.meant or address)} & left),
        (Finding.TYPO, each.meant),
        (Finding.GONE, address in gone),
    )
    return next((finding for finding, holds in known if holds), Finding.NEW)


def numbers(found: AddressList) -> Counter[str]:
    """How many entries there are of each kind."""
    return Counter(row[FINDING] for row in found.rows)


def keep(newsletter: Newsletter, rows: list[Row], *, key: str, name: str, by: Any, now: datetime) -> AddressList:
    """Keep what was found until somebody says yes. A second click finds the list of the first."""
    found, _fresh = AddressList.objects.get_or_create(
        key=key, defaults={"newsletter": newsletter, "rows": rows, "name": name[:150], "by": by, "created_at": now}
    )
    return found


def begin(found: AddressList, *, asks: bool, evidence: str, corrected: bool, by: Any) -> bool:
    """Let it be taken over in the background. False where that was said already."""
    with transaction.atomic():
        locked = AddressList.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=found.pk)
        if locked.state != AddressList.State.READY:
            return False
        locked.asks, locked.evidence, locked.corrected = asks, "" if asks else evidence, corrected
        locked.state, locked.by = AddressList.State.TAKING, by
        locked.save()
        record(
            "newsletter.list_begun",
            locked.newsletter,
            by=by,
            changes={"entries": len(locked.rows), "asks": asks, "evidence": locked.evidence},
        )
    return True


def take_part(pk: int, *, now: datetime) -> bool:
    """Take over the next addresses; whether there are more. Called in the transaction of a job."""
    rows = AddressList.objects.select_for_update(of=("self",)).select_related("newsletter", "by")
    found = rows.filter(pk=pk).first()
    if found is None or found.state != AddressList.State.TAKING:
        return False
    part = found.rows[found.place : found.place + PART]
    found.taken += _write(found, [address for row in part if (address := _to_take(row, found))], now=now)
    found.place += len(part)
    if found.place < len(found.rows):
        found.save(update_fields=["place", "taken"])
        return True
    found.state = AddressList.State.DONE
    # What was taken is among the readers now; what was not is of use for whoever kept the list.
    found.rows = [row for row in found.rows if not _to_take(row, found)]
    found.save(update_fields=["place", "taken", "state", "rows"])
    record("newsletter.list_taken", found.newsletter, by=found.by, changes={"taken": found.taken})
    return False


def _to_take(row: Row, found: AddressList) -> str:
    if row[FINDING] == Finding.NEW:
        return str(row[ADDRESS])
    return str(row[MEANT]) if row[FINDING] == Finding.TYPO and found.corrected else ""


def _write(found: AddressList, addresses: Sequence[str], *, now: datetime) -> int:
    """The readers that were none yet, and where they are to be asked, their mails."""
    digests = {digest_of(each): each for each in addresses}
    left = Left.objects.filter(newsletter=found.newsletter, digest__in=digests).values_list("digest", flat=True)
    # They may have subscribed and left since the list was looked at.
    gone = {digests[each] for each in left}
    addresses = [each for each in addresses if each not in gone]
    made = [
        Reader(
            newsletter=found.newsletter,
            email=each,
            source=Source.LIST,
            evidence=found.evidence,
            created_at=now,
            mailed_at=now if found.asks else None,
            state=State.PENDING if found.asks else State.ACTIVE,
            confirmed_at=None if found.asks else now,
        )
        for each in addresses
    ]
    # Somebody may have subscribed since the list was looked at: theirs stays.
    Reader.objects.bulk_create(made, ignore_conflicts=True)
    fresh = list(Reader.objects.filter(key__in=[each.key for each in made]).select_related("newsletter"))
    if found.asks:
        post_many(letters.CONFIRM, letters.asking(fresh))
    return len(fresh)
