"""The original's addresses, `/angebote/info/<slug>` and `/anbieter/info/<slug>`, lead to ours.

Slugs there were not unique: of two with the same, the first keeps the address, which the original also showed.
"""

from django.utils.translation import gettext as _

from portal.exchange.typo3.context import BATCH, MODEL, Context, Line
from portal.offers.models import Offer
from portal.pages.models import Redirect
from portal.providers.models import Provider

_LONGEST = 500


def take_over(context: Context) -> None:
    taken = dict(Redirect.objects.values_list("old_path", "new_path"))
    fresh: dict[str, Redirect] = {}
    for kind, model, prefix in (
        ("provider", Provider, "/anbieter/info/"),
        ("offer", Offer, "/angebote/info/"),
    ):
        objects = model._default_manager.in_bulk(list(context.ids.get(kind, {}).values()))
        for row in context.dump.rows(MODEL + kind, {"uid", "slug"}):
            line = Line(MODEL + kind, row, context.report)
            target = objects.get(context.id_of(kind, line.uid))
            slug = line.text("slug").strip("/")
            if target is None or not slug:
                continue
            old, new = f"{prefix}{slug}"[:_LONGEST], target.get_absolute_url()
            present = taken.get(old) or (fresh[old].new_path if old in fresh else "")
            if not present:
                fresh[old] = Redirect(old_path=old, new_path=new)
            elif _number(present) != _number(new):
                line.repair("slug", _("another one has the same old address and keeps it"))
    Redirect.objects.bulk_create(fresh.values(), batch_size=BATCH)


def _number(path: str) -> str:
    """What tells one object's address from another's: the slug may have followed a new title."""
    return path.strip("/").split("/")[1].partition("-")[0]
