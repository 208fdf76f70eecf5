"""Published offers on each adopted entry: what municipalities can be compared by."""

from django.db import connection
from django.utils import timezone

from portal.offers.models import Offer
from portal.taxonomy.adoption.models import Adopted
from portal.vocabulary.kinds import TARGET_GROUPS
from shared_categories.models import Kind
from shared_categories.uses import note
from tenants.models import Municipality
from tenants.running.context import current_schema, inside_public

# An offer counts once for a topic, also where it stands in several below it.
_WITH_BELOW = """
WITH RECURSIVE below (top, id) AS (
    SELECT id, id FROM taxonomy_category
    UNION ALL SELECT below.top, child.id FROM below JOIN taxonomy_category child ON child.parent_id = below.id)
SELECT top, count(DISTINCT link.offer_id) FROM below
JOIN offers_offer_categories link ON link.category_id = below.id
WHERE link.offer_id = ANY(%s)
GROUP BY top
"""


def published() -> dict[tuple[str, int], int]:
    """Published offers of topics (with those below) and target groups, by kind and number."""
    offers = list(Offer.objects.published().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_WITH_BELOW, [offers])
        found = {(str(Kind.CATEGORY), pk): number for pk, number in cursor.fetchall()}
    links = TARGET_GROUPS.offers
    assert links is not None
    for group in links.model._default_manager.filter(offer_id__in=offers).values_list(links.column, flat=True):
        key = (str(Kind.TARGET_GROUP), int(group))
        found[key] = found.get(key, 0) + 1
    return found


def note_uses() -> None:
    """Write it for the operator: codes and numbers, no names of anybody."""
    numbers = published()
    adopted = Adopted.objects.exclude(object_id=None).values_list("code", "kind", "object_id")
    uses = {code: numbers.get((kind, pk or 0), 0) for code, kind, pk in adopted}
    schema = current_schema()
    with inside_public():
        town = Municipality.objects.get(schema_name=schema)
    note(town, uses, timezone.localdate())
