"""What else could be of interest to the reader of an offer."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from core.text import fold
from portal.offers.models import Location, Offer
from portal.taxonomy.tree import Tree

# Only the newest of a topic are compared: a topic of ten thousand offers must not make each of their pages slow.
CANDIDATES = 400
FETCHED = 12
MOST = 3
# About five kilometres in Germany, in degrees.
NEAR_LATITUDE, NEAR_LONGITUDE = 0.045, 0.07


def _shares(field: str, offer: Offer) -> Exists:
    """Whether a candidate has a category (target group) of the offer."""
    through = getattr(Offer, field).through
    column = through._meta.get_field(getattr(Offer, field).field.m2m_reverse_field_name()).attname
    own = through.objects.filter(offer_id=offer.pk).values(column)
    return Exists(through.objects.filter(offer_id=OuterRef("pk"), **{f"{column}__in": own}))


def _is_near(offer: Offer) -> Exists:
    """Whether a candidate takes place in a district of the offer's, or close to it. Protected places stay out of it."""
    places = [place for place in offer.locations.all() if not place.hide_exact_address]
    condition = Q(district__in=[place.district_id for place in places if place.district_id])
    for place in places:
        if place.latitude is not None and place.longitude is not None:
            condition |= Q(
                latitude__range=(place.latitude - NEAR_LATITUDE, place.latitude + NEAR_LATITUDE),
                longitude__range=(place.longitude - NEAR_LONGITUDE, place.longitude + NEAR_LONGITUDE),
            )
    return Exists(Location.objects.filter(condition, offer=OuterRef("pk"), hide_exact_address=False))


def _for_the_same_age(offer: Offer) -> Q:
    """Ages overlap; who states none is open to all."""
    low, high = offer.min_age or 0, offer.max_age if offer.max_age is not None else 200
    return (Q(min_age__isnull=True) | Q(min_age__lte=high)) & (Q(max_age__isnull=True) | Q(max_age__gte=low))


def _points(condition: Exists | Q, number: int) -> Case:
    return Case(When(condition, then=Value(number)), default=Value(0), output_field=IntegerField())


def similar_to(offer: Offer, tree: Tree, *, near: bool = True) -> list[Offer]:
    """Current offers of the same topic, the most similar first; none where the offer has no category.

    One query. Points: the very category 4, a target group 2, the age 3, near by 2; among equals those that end first.
    Reads categories and locations of the offer. `near=False` leaves the place aside (where it may not be told).
    """
    roots = {node.root.id for node in tree if node.id in {category.pk for category in offer.categories.all()}}
    if not roots:
        return []
    links = Offer.categories.through.objects.filter(offer_id=OuterRef("pk"), category_id__in=tree.ids_below(roots))
    found = Offer.objects.current().filter(Exists(links)).exclude(pk=offer.pk)
    points = _points(_shares("categories", offer), 4) + _points(_shares("target_groups", offer), 2)
    points += _points(_for_the_same_age(offer), 3)
    if near:
        points += _points(_is_near(offer), 2)
    newest = found.order_by("-published_at", "pk").values("pk")[:CANDIDATES]
    ranked: QuerySet[Offer] = (
        Offer.objects.filter(pk__in=newest)
        .select_related("provider")
        .annotate(points=points)
        .order_by("-points", F("ends_at").asc(nulls_last=True), "pk")
    )
    return _different(list(ranked[:FETCHED]), offer)


def _different(offers: list[Offer], than: Offer) -> list[Offer]:
    """A few of them; the same course with other dates counts once, unless there is nothing else."""
    firsts: dict[str, Offer] = {}
    for each in offers:
        firsts.setdefault(fold(each.title), each)
    own = firsts.pop(fold(than.title), None)
    chosen = list(firsts.values())
    return (chosen + ([own] if own else []))[:MOST]
