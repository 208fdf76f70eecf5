"""Writing one demo municipality into its schema: in bulk, because three of them must be there within seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import vouch_for
from accounts.models import User
from core.access import Role
from core.text import slug_of
from demo.accessibility import declare
from demo.calendars import a_calendar
from demo.columns import address_columns, contact_columns
from demo.content.types import CategorySpec, MunicipalitySeed, OfferSeed, ProviderSeed
from demo.flyers import a_flyer
from demo.history import leave_revisions
from demo.keeping import let_some_grow_old
from demo.mails import leave_mails
from demo.menus import lay_out_menus
from demo.news import leave_news
from demo.newsletters import send_newsletters
from demo.outlines import outlines_of
from demo.pages import a_page_in_blocks
from demo.papers import begin_papers
from demo.pictures import Gallery, measure_pictures
from demo.planning import bring_figures, invent_a_past
from demo.programs import give_programs_access
from demo.rules import rules_of
from demo.start import fill_start_page
from demo.surveys import ask_around
from demo.tables import a_table
from demo.visits import visit
from portal.maps.models import MapSettings
from portal.media.services import adopt_images
from portal.offers.choices import ScheduleKind, Venue
from portal.offers.documents import refresh_search_text
from portal.offers.kind import KIND as OFFER
from portal.offers.models import Location, Offer, OfferImage, Schedule
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.states import State
from portal.pages.models import Menu, Page
from portal.preferences.models import ApprovalRule, DataLicence, Preferences, SecondFactorRule
from portal.providers.kind import KIND as PROVIDER
from portal.providers.models import Carrier, Fact, Membership, OpeningHours, Provider, ProviderImage
from portal.providers.models import State as ProviderState
from portal.taxonomy.models import Category, District, TargetGroup
from theming.models import PartnerLogo, Theme
from theming.services import save_theme

BY = "seed_demo"
# In this town a provider has sent a table and a flyer.
BUSY = "saarbruecken"
# The others are their provider's people, by their membership.
ROLES = {"admin": Role.ADMIN, "editor": Role.EDITOR, "planner": Role.PLANNER}
# What the demo calls expired is public; that it is over follows from its dates.
STATES = {"expired": State.PUBLISHED}
Progress = Callable[[str], None]


def _granted(role: str) -> list[str]:
    return [ROLES[role].value] if role in ROLES else []


@dataclass
class Filler:
    """The municipality we are inside, while it is filled; ids of what was written, by the keys of the seed."""

    seed: MunicipalitySeed
    password: str
    progress: Progress
    gallery: Gallery = field(default_factory=Gallery)
    districts: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    carriers: dict[str, int] = field(default_factory=dict)
    providers: dict[str, int] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    occurrences: int = 0

    def fill(self) -> None:
        """Everything, in an order in which each finds what it points to."""
        self.progress(_("settings"))
        self._settings()
        self._appearance()
        self._pages()
        self.progress(_("categories"))
        self._taxonomy()
        self.progress(_("providers"))
        self._providers()
        self._accounts()
        fill_start_page(self.gallery)
        self.progress(_("offers"))
        offers = self._offers()
        self.progress(_("dates"))
        self._dates(offers)
        self.progress(_("words for the search"))
        refresh_search_text(offers)
        self.progress(_("pictures and history"))
        adopt_images()
        leave_revisions(PROVIDER, list(self.providers.values()))
        leave_revisions(OFFER, [offer.pk for offer in offers])
        leave_mails()
        send_newsletters()
        visit(timezone.localdate())
        bring_figures(timezone.localdate())
        invent_a_past()
        if self.seed.slug == BUSY:
            ask_around(timezone.localdate())
            a_page_in_blocks(self.gallery, self.users["editor"])
        self._of_one_provider(self.users["provider_admin"])
        begin_papers(self.users["editor"])
        give_programs_access(self.seed.slug, self.users["admin"])
        measure_pictures()

    def _of_one_provider(self, user: User) -> None:
        """What keeps an organisation busy."""
        let_some_grow_old(user)
        a_calendar(user)
        if self.seed.slug == BUSY:
            a_table(user)
            a_flyer(user)

    def _settings(self) -> None:
        settings, words = self.seed.settings, self.seed.settings.words
        preferences = Preferences.load()
        preferences.offer_approval = settings.approval
        preferences.approval = ApprovalRule.CHANGES if settings.approval else ApprovalRule.PROVIDERS
        preferences.place_mode = settings.place_mode
        # The accounts of the demo sign in with a password everybody knows; who looks around has no second factor.
        preferences.second_factor = SecondFactorRule.NOBODY
        preferences.data_licence = DataLicence.BY
        for key, column in (
            ("provider", "provider_name"),
            ("providers", "providers_name"),
            ("district", "district_name"),
            ("districts", "districts_name"),
            ("whole_area", "whole_area_name"),
        ):
            if key in words:
                setattr(preferences, column, words[key])
        preferences.latitude, preferences.longitude = self.seed.centre
        preferences.full_clean()
        preferences.save()

    def _appearance(self) -> None:
        look = self.seed.theme
        theme = Theme.load()
        postcode, city = look.footer_lines[-1].split(" ", 1)
        for column, value in {
            "portal_name": look.portal_name,
            "claim": look.claim,
            "hero_title": look.hero_title,
            "hero_text": look.hero_text,
            "hero_image_alt": look.hero.alt,
            "hero_image_copyright": look.hero.copyright,
            "logo_alt": look.logo.alt,
            "brand_color": look.brand,
            "accent_color": look.accent,
            "font": look.font,
            "dark_mode_allowed": True,
            "organisation": look.footer_lines[0],
            "street": look.footer_lines[-2],
            "postcode": postcode,
            "city": city,
            "phone": look.phone,
            "email": look.email,
            "hero_image": self.gallery.name(look.hero, Theme),
            "logo": self.gallery.name(look.logo, Theme),
        }.items():
            setattr(theme, column, value)
        PartnerLogo.objects.bulk_create(
            PartnerLogo(name=partner.name, url=partner.url, order=order, **self.gallery.file(partner.logo, PartnerLogo))
            for order, partner in enumerate(self.seed.partners)
        )
        # After the logos: so they are part of the first state of the look.
        save_theme(theme, by=BY)

    def _pages(self) -> None:
        Page.objects.filter(slug__in=[page.slug for page in self.seed.pages]).delete()
        Page.objects.bulk_create(
            Page(
                slug=page.slug,
                title=page.title,
                body=page.html,
                position=position,
                menu=Menu.FOOTER if page.footer and page.slug != "ueber-uns" else Menu.HEADER,
            )
            for position, page in enumerate(self.seed.pages)
        )
        lay_out_menus()
        leave_news(timezone.localdate())
        declare(self.seed.slug, timezone.localdate())

    def _taxonomy(self) -> None:
        # What a new municipality starts with; this one brings its own.
        TargetGroup.objects.all().delete()
        groups = TargetGroup.objects.bulk_create(
            TargetGroup(name=group.name, min_age=group.min_age, max_age=group.max_age, position=position)
            for position, group in enumerate(self.seed.target_groups)
        )
        self.groups = _ids(self.seed.target_groups, groups)
        carriers = Carrier.objects.bulk_create(Carrier(name=carrier.name) for carrier in self.seed.carriers)
        self.carriers = _ids(self.seed.carriers, carriers)
        points, outlines = self.seed.district_centres, outlines_of(self.seed.slug)
        MapSettings.load()
        MapSettings.objects.update(outline=outlines["municipality"])
        districts = District.objects.bulk_create(
            District(
                name=each.name,
                position=position,
                latitude=points[each.key][0],
                longitude=points[each.key][1],
                outline=outlines["districts"][each.key],
            )
            for position, each in enumerate(self.seed.districts)
        )
        self.districts = _ids(self.seed.districts, districts)
        self._level(self.seed.categories, None)

    def _level(self, nodes: tuple[CategorySpec, ...], parent: int | None) -> None:
        rows = Category.objects.bulk_create(
            Category(parent_id=parent, name=node.name, color=node.colour, icon=node.icon, position=position)
            for position, node in enumerate(nodes)
        )
        self.categories |= _ids(nodes, rows)
        for node in nodes:
            self._level(node.children, self.categories[node.key])

    def _providers(self) -> None:
        rows = Provider.objects.bulk_create(self._provider(each) for each in self.seed.providers)
        self.providers = _ids(self.seed.providers, rows)
        OpeningHours.objects.bulk_create(
            OpeningHours(provider=row, weekday=hours.weekday + 1, opens=hours.opens, closes=hours.closes)
            for each, row in zip(self.seed.providers, rows, strict=True)
            for hours in each.opening
        )
        Fact.objects.bulk_create(
            Fact(provider=row, label=fact.label, text=fact.html, position=position)
            for each, row in zip(self.seed.providers, rows, strict=True)
            for position, fact in enumerate(each.facts)
        )
        _link(Provider.categories.through, "provider_id", "category_id", self.seed.providers, rows, self._of_categories)
        ProviderImage.objects.bulk_create(
            ProviderImage(
                provider=row, kind=ProviderImage.Kind.CONTENT, **self.gallery.fields(each.image, ProviderImage)
            )
            for each, row in zip(self.seed.providers, rows, strict=True)
            if each.image
        )

    def _provider(self, each: ProviderSeed) -> Provider:
        return Provider(
            name=each.name,
            slug=slug_of(each.name, fallback="anbieter"),
            tagline=each.tagline,
            summary=each.teaser,
            description=each.description_html,
            state=ProviderState.PUBLISHED,
            published_at=_some_day(each.key, 200, 600),
            reviewed_at=_some_day(each.key, 5, 180).date(),
            carrier_id=self.carriers[each.carrier],
            district_id=self.districts.get(each.place.district),
            phone=each.phone,
            email=each.email,
            website=each.website,
            **address_columns(each.place),
            **contact_columns(each.contact),
        )

    def _accounts(self) -> None:
        users = User.objects.bulk_create(
            User(email=each.email, name=each.name, roles=_granted(each.role), password=self.password)
            for each in self.seed.accounts
        )
        vouch_for(users)
        self.users = {account.role: user for account, user in zip(self.seed.accounts, users, strict=True)}
        kinds = {"provider_admin": Membership.Role.ADMINISTRATOR, "provider_member": Membership.Role.MEMBER}
        Membership.objects.bulk_create(
            Membership(provider_id=self.providers[account.provider], user=user, role=kinds[account.role])
            for account, user in zip(self.seed.accounts, users, strict=True)
            if account.provider
        )

    def _offers(self) -> list[Offer]:
        seeds = self.seed.offers
        rows = Offer.objects.bulk_create([self._offer(each) for each in seeds], batch_size=200)
        Location.objects.bulk_create(
            Location(
                offer=row,
                name=place.name,
                note=place.info,
                district_id=self.districts.get(place.district),
                position=position,
                **address_columns(place),
            )
            for each, row in zip(seeds, rows, strict=True)
            for position, place in enumerate(each.places)
        )
        _link(Offer.categories.through, "offer_id", "category_id", seeds, rows, self._of_categories)
        _link(Offer.target_groups.through, "offer_id", "targetgroup_id", seeds, rows, self._of_groups)
        OfferImage.objects.bulk_create(
            OfferImage(offer=row, kind=OfferImage.Kind.HERO, **self.gallery.fields(each.image, OfferImage))
            for each, row in zip(seeds, rows, strict=True)
            if each.image
        )
        return rows

    def _offer(self, each: OfferSeed) -> Offer:
        state = STATES.get(each.state, State(each.state) if each.state not in STATES else State.PUBLISHED)
        seen = state in {State.PUBLISHED, State.PAUSED}
        ours = each.provider == self.seed.accounts[3].provider
        return Offer(
            provider_id=self.providers[each.provider],
            title=each.title,
            slug=slug_of(each.title, fallback="angebot"),
            summary=each.teaser,
            description=each.description_html,
            state=state,
            min_age=each.min_age,
            max_age=each.max_age,
            languages=list(each.languages),
            venue=(Venue.BOTH if each.places else Venue.ONLINE) if each.online else Venue.ON_SITE,
            cost_kind=each.cost.kind,
            cost_amount=each.cost.amount,
            cost_text=each.cost.text,
            access=each.access,
            accessibility=each.accessible,
            conditions=each.registration,
            volunteering=each.engagement,
            schedule_kind=ScheduleKind(each.schedule.kind),
            schedule_note=each.schedule.note,
            ends_at=end_of(rules_of(each.schedule)),
            author=self.users["provider_admin"] if ours else None,
            published_at=_some_day(each.key, 1, 150) if seen else None,
            reviewed_at=_some_day(each.key, 1, 90).date() if seen else None,
            **contact_columns(each.contact),
        )

    def _dates(self, offers: list[Offer]) -> None:
        rules = []
        for each, offer in zip(self.seed.offers, offers, strict=True):
            for position, rule in enumerate(rules_of(each.schedule)):
                rule.offer, rule.position = offer, position
                rules.append(rule)
        Schedule.objects.bulk_create(rules, batch_size=500)
        self.occurrences = write_occurrences(rules)

    def _of_categories(self, each: Any) -> list[int]:
        return [self.categories[key] for key in each.categories]

    def _of_groups(self, each: Any) -> list[int]:
        return [self.groups[key] for key in each.target_groups]


def _ids(specs: Iterable[Any], rows: Iterable[models.Model]) -> dict[str, int]:
    return {spec.key: row.pk for spec, row in zip(specs, rows, strict=True)}


def _link(
    through: Any, left: str, right: str, seeds: Iterable[Any], rows: Iterable[Any], of: Callable[[Any], list[int]]
) -> None:
    through.objects.bulk_create(
        [
            through(**{left: row.pk, right: target})
            for seed, row in zip(seeds, rows, strict=True)
            for target in of(seed)
        ],
        batch_size=1000,
    )


def _some_day(key: str, least: int, most: int) -> datetime:
    """A morning so many days ago, always the same for a key and a day."""
    ago = Random(f"{key}-{least}").randint(least, most)
    return datetime.combine(timezone.localdate() - timedelta(days=ago), time(9), timezone.get_current_timezone())
