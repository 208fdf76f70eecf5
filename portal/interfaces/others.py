"""What is told of providers, topics, target groups, districts and pages: plain values, as in `records`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from portal.interfaces.models import Change, Kind
from portal.interfaces.records import Record, clock, moment
from portal.pages.models import Page
from portal.providers.cards import logo_url
from portal.providers.models import Provider, ProviderImage
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import Node, Tree


def with_parts(providers: QuerySet[Provider]) -> QuerySet[Provider]:
    """With everything `provider_record` reads: four statements."""
    changed = Change.objects.filter(kind=Kind.PROVIDER, object_id=OuterRef("pk")).values("changed_at")
    logos = ProviderImage.objects.filter(kind=ProviderImage.Kind.LOGO)
    return (
        providers.select_related("carrier", "district")
        .annotate(changed_at=Subquery(changed))
        .prefetch_related("categories", "opening_hours", Prefetch("images", logos))
    )


def provider_record(provider: Any, base: str) -> Record:
    """One organisation, fetched `with_parts`. Persons and mail addresses are told to nobody."""
    url, logo = base + provider.get_absolute_url(), logo_url(provider)
    return {
        "id": provider.pk,
        "url": url,
        "name": provider.name,
        "tagline": provider.tagline,
        "summary": provider.summary,
        "description": provider.description,
        "carrier": provider.carrier.name if provider.carrier else "",
        "category_ids": sorted(category.pk for category in provider.categories.all()),
        "street": provider.street,
        "postcode": provider.postcode,
        "city": provider.city,
        "district_id": provider.district_id,
        "district": provider.district.name if provider.district else "",
        "latitude": provider.latitude,
        "longitude": provider.longitude,
        "precision": provider.precision,
        "phone": provider.phone,
        "phone_2": provider.phone_2,
        "website": provider.website,
        "contact_url": f"{url}kontakt/" if provider.email or provider.contact_email else "",
        "opening_hours": [
            {"weekday": each.weekday, "opens": clock(each.opens), "closes": clock(each.closes)}
            for each in provider.opening_hours.all()
        ],
        "opening_hours_note": provider.opening_hours_note,
        "opening_notes": list(provider.opening_notes),
        "closed_on_holidays": provider.closed_on_holidays,
        "closed_in_school_holidays": provider.closed_in_school_holidays,
        "volunteering": provider.volunteering,
        "logo_url": base + logo if logo else "",
        "published_at": moment(provider.published_at),
        "updated_at": moment(provider.changed_at),
        "checked_on": provider.reviewed_at.isoformat() if provider.reviewed_at else None,
    }


def category_record(node: Node, base: str) -> Record:
    """One topic with its place in the tree."""
    return {
        "id": node.id,
        "url": base + node.search_url,
        "name": str(node.name),
        "parent_id": node.category.parent_id,
        "depth": node.depth,
        "color": node.color,
        "retired": not node.offered,
    }


def categories(tree: Tree, base: str) -> list[Record]:
    """All topics, those above before those below."""
    return [category_record(node, base) for node in tree]


def group_record(group: TargetGroup, base: str) -> Record:
    """One target group; without ages it is for whoever feels meant."""
    return {
        "id": group.pk,
        "url": f"{base}/angebote/?zielgruppe={group.pk}",
        "name": group.name,
        "min_age": group.min_age,
        "max_age": group.max_age,
        "retired": group.retired,
    }


def target_groups(base: str) -> list[Record]:
    """All of them in the town's order."""
    return [group_record(group, base) for group in TargetGroup.objects.order_by("position", "pk")]


def districts(base: str) -> list[Record]:
    """All of them in the town's order."""
    rows: Iterable[District] = District.objects.order_by("position", "pk").defer("outline")
    return [
        {
            "id": district.pk,
            "url": f"{base}/angebote/?ortsteil={district.pk}",
            "name": district.name,
            "latitude": district.latitude,
            "longitude": district.longitude,
            "retired": district.retired,
        }
        for district in rows
    ]


def page_record(page: Page, base: str) -> Record:
    """A page of the editors without its text."""
    return {
        "id": page.pk,
        "url": base + page.get_absolute_url(),
        "slug": page.slug,
        "title": page.title,
        "menu": page.menu,
        "for_professionals": page.for_professionals,
        "easy_url": base + page.easy_url if page.easy_body else "",
        "updated_at": moment(page.updated_at),
    }


def pages(base: str) -> list[Record]:
    """All that anybody may read."""
    return [page_record(page, base) for page in Page.objects.public().order_by("pk").defer("body", "blocks")]
