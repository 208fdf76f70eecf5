"""Reading the audit log of a municipality (audit.reading): its words, and who reads what."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import ROLE_NAMES, ActingSession, User
from audit import reading
from audit.models import Entry
from audit.reading import Asked, Book, Told
from core.access import Permission, may
from portal.feedback.models import Case
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.pages.models import Page
from portal.people.deeds import DEEDS, DETAILS, KINDS, TOPICS, UNWORDED
from portal.providers.models import Membership, Provider
from portal.providers.states import State as ProviderState

# What is about accounts: for administrators only.
PRIVATE = ("accounts.user", "accounts.identityprovider", "people.roleinvitation")
BOOK = Book(
    deeds=DEEDS,
    unworded=UNWORDED,
    topics=TOPICS,
    kinds=KINDS,
    details=DETAILS,
    words={
        **dict(ProviderState.choices),
        **dict(OfferState.choices),
        **{role.value: name for role, name in ROLE_NAMES.items()},
        **dict(Membership.Role.choices),
        **dict(ActingSession.End.choices),
    },
    # Kinds of things with a page of their own behind the sign-in.
    pages={
        "accounts.user": (User, "/redaktion/personen/%d/"),
        "providers.provider": (Provider, "/konto/anbieter/%d/"),
        "offers.offer": (Offer, "/konto/angebote/%d/"),
        "feedback.case": (Case, "/redaktion/meldungen/%d/"),
        "pages.page": (Page, "/redaktion/seiten/%d/"),
    },
    programs=_("the portal itself"),
)


def understood(given: Mapping[str, Any]) -> Asked:
    """The filters of an address."""
    return reading.understood(given, BOOK)


def readable_by(viewer: Any) -> QuerySet[Entry]:
    """The newest first; editors do not read what happened to accounts."""
    rows = Entry.objects.order_by("-id")
    return rows if may(viewer, Permission.ACCOUNTS) else rows.exclude(target_type__in=PRIVATE)


def entries(asked: Asked, *, by: Any) -> QuerySet[Entry]:
    """Those that fit."""
    return reading.fitting(readable_by(by), asked, BOOK)


def entries_about(person: User, *, by: Any) -> QuerySet[Entry]:
    """What somebody did, and (for administrators) what was done to their account."""
    own = Q(actor_id=person.pk)
    return readable_by(by).filter(own | Q(target_type="accounts.user", target_id=str(person.pk)))


def told(found: Iterable[Entry], *, links: bool = True) -> list[Told]:
    """Entries in sentences."""
    return reading.told(found, BOOK, links=links)
