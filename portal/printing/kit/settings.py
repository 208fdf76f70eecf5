"""What posters and letters are to say, as their papers keep it, and what they are about today."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from core.access import Role, allowed_roles
from portal.offers.models import Offer
from portal.printing.models import Paper
from portal.providers.models import Provider, ProviderQuerySet
from tenants.urls import own_address
from theming.services import current_theme


class About(models.TextChoices):
    """Where the QR code of a poster leads."""

    PORTAL = "portal", _("the whole portal")
    PROVIDER = "provider", _("one provider")
    OFFER = "offer", _("one offer")
    PAGE = "page", _("another page of the portal")


class Sheet(models.TextChoices):
    """How large a poster is."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"


class Who(models.TextChoices):
    """Who gets a letter."""

    ALL = "all", _("all public providers with a postal address")
    WITHOUT_ACCOUNT = "without_account", _("only those for which nobody has an account yet")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a poster is about: its name, its page, and the row behind it (None: the portal)."""

    name: str
    url: str
    thing: Offer | Provider | None = None

    @property
    def typed(self) -> str:
        """The address as people read it."""
        return self.url.partition("://")[2].rstrip("/")


@dataclass(frozen=True, slots=True)
class Poster:
    """The settings of a poster, a postcard or a flyer."""

    about: str = About.PORTAL
    target: int = 0
    headline: str = ""
    text: str = ""
    call: str = ""
    sheet: str = Sheet.A4
    # Of a page: where it stands.
    path: str = ""

    @classmethod
    def of(cls, paper: Paper) -> "Poster":
        """As the paper keeps them."""
        return cls(**_known(cls, paper))

    def kept(self) -> dict[str, Any]:
        """As they stand in the row."""
        return asdict(self)

    def subject(self) -> Subject | None:
        """What it leads to; None where that is not public (any more)."""
        start = own_address()
        thing: Offer | Provider | None = None
        if self.about == About.OFFER:
            thing = Offer.objects.published().filter(pk=self.target).first()
        elif self.about == About.PROVIDER:
            thing = Provider.objects.public().filter(pk=self.target).first()
        elif self.about == About.PAGE:
            there = is_public(self.path)
            return Subject(current_theme().portal_name, f"{start.rstrip('/')}{self.path}") if there else None
        else:
            return Subject(current_theme().portal_name, start)
        return Subject(str(thing), f"{start.rstrip('/')}{thing.get_absolute_url()}", thing) if thing else None


@dataclass(frozen=True, slots=True)
class Letters:
    """The settings of letters to providers."""

    who: str = Who.ALL
    text: str = ""
    signed: str = ""

    @classmethod
    def of(cls, paper: Paper) -> "Letters":
        """As the paper keeps them."""
        return cls(**_known(cls, paper))

    def kept(self) -> dict[str, Any]:
        """As they stand in the row."""
        return asdict(self)

    def receivers(self) -> ProviderQuerySet:
        """Public providers whose whole postal address is known, by name."""
        rows = Provider.objects.public().exclude(street="").exclude(postcode="").exclude(city="")
        return rows.filter(memberships=None) if self.who == Who.WITHOUT_ACCOUNT else rows


def is_public(path: str) -> bool:
    """Whether the portal has a page for everybody at this address."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return found.view_name != "pages:moved" and Role.VISITOR in allowed_roles(found.func)


def _known(kind: Any, paper: Paper) -> dict[str, Any]:
    names = {each.name for each in fields(kind)}
    return {name: value for name, value in paper.says.items() if name in names}
