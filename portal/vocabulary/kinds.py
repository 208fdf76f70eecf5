"""The five lists, declared once: what each is called, where it is used, and what may be said of its entries.

All pages, services and tables of this room work on a `Kind`; a further list is one more declaration.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.offers.models import Location, Offer
from portal.providers.models import Carrier, Provider
from portal.start.models import Entry
from portal.taxonomy.models import Category, District, Marker, TargetGroup


@dataclass(frozen=True, slots=True)
class Links:
    """A table whose rows point to entries of a list; `owner` is the column of whose rows they are.

    `unique`: an owner has each entry once (many to many); else the column is one of the owner's own.
    """

    model: type[models.Model]
    column: str
    owner: str
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one list."""

    title: Any
    lead: Any
    add: Any
    all: Any


@dataclass(frozen=True)
class Kind:
    """One list. `parameter`: its name in addresses of the search; `keys`: where snapshots hold it, by kind of text."""

    slug: str
    model: Any
    words: Wording
    offers: Links | None
    providers: Links | None
    others: tuple[Links, ...] = ()
    parameter: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ("name",)
    tree: bool = False

    @property
    def links(self) -> tuple[Links, ...]:
        """Every table that points here."""
        return tuple(each for each in (self.offers, self.providers, *self.others) if each is not None)

    @property
    def url(self) -> str:
        """The page of the list."""
        return "/redaktion/themen/" if self.tree else f"/redaktion/themen/{self.slug}/"

    def entry_url(self, pk: int) -> str:
        """The page of one entry."""
        return f"/redaktion/themen/{self.slug}/{pk}/"


CATEGORIES = Kind(
    "baum",
    Category,
    Wording(
        _("Topics"),
        _("By these, people find offers. Changes are visible at once."),
        _("New topic"),
        _("All topics"),
    ),
    offers=Links(Offer.categories.through, "category_id", "offer_id", unique=True),
    providers=Links(Provider.categories.through, "category_id", "provider_id", unique=True),
    parameter="kategorie",
    keys=(("offer", "categories"), ("provider", "categories")),
    fields=("name", "parent", "icon", "color", "image", "image_alt", "image_copyright"),
    tree=True,
)
TARGET_GROUPS = Kind(
    "zielgruppen",
    TargetGroup,
    Wording(
        _("Target groups"),
        _("Whom offers are for. Who searches for an age finds the groups it belongs to."),
        _("New target group"),
        _("All target groups"),
    ),
    offers=Links(Offer.target_groups.through, "targetgroup_id", "offer_id", unique=True),
    providers=None,
    others=(Links(Entry, "target_group_id", "id"),),
    parameter="zielgruppe",
    keys=(("offer", "target_groups"),),
    fields=("name", "min_age", "max_age"),
)
DISTRICTS = Kind(
    "ortsteile",
    District,
    Wording(
        _("Districts"),
        _("Parts of the municipality: to choose in forms and to search by, with an outline on the map."),
        _("New district"),
        _("All districts"),
    ),
    offers=Links(Location, "district_id", "offer_id"),
    providers=Links(Provider, "district_id", "id"),
    parameter="ortsteil",
    keys=(("offer", "locations"), ("provider", "district")),
    fields=("name", "latitude", "longitude"),
)
MARKERS = Kind(
    "kennzeichen",
    Marker,
    Wording(
        _("Markers"),
        _("Labels of your own on offers, for example of a programme. Internal ones residents never see."),
        _("New marker"),
        _("All markers"),
    ),
    offers=Links(Offer.markers.through, "marker_id", "offer_id", unique=True),
    providers=None,
    keys=(("offer", "markers"),),
    fields=("name", "internal"),
)
CARRIERS = Kind(
    "traeger",
    Carrier,
    Wording(
        _("Carriers"),
        _("What kind of organisation a provider is."),
        _("New kind of carrier"),
        _("All carriers"),
    ),
    offers=None,
    providers=Links(Provider, "carrier_id", "id"),
    keys=(("provider", "carrier"),),
)
KINDS = {kind.slug: kind for kind in (CATEGORIES, TARGET_GROUPS, DISTRICTS, MARKERS, CARRIERS)}
