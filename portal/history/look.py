"""What belongs to the appearance besides its row of plain columns: the logos of the partners."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from portal.history.plain import Besides
from portal.revisions.kinds import Difference
from theming.models import PartnerLogo, Theme

PARTNERS = "partners"
_COLUMNS = ("name", "url", "image", "width", "height")


def partner_said(logo: PartnerLogo) -> dict[str, Any]:
    """What one of them says."""
    return {name: str(value) if name == "image" else value for name in _COLUMNS for value in [getattr(logo, name)]}


def _take_partners(_row: Theme) -> list[dict[str, Any]]:
    return [partner_said(each) for each in PartnerLogo.objects.all()]


def _apply_partners(row: Theme, wanted: Sequence[Mapping[str, Any]]) -> list[str]:
    if _take_partners(row) == list(wanted):
        return []
    there = [each for each in wanted if default_storage.exists(each["image"])]
    PartnerLogo.objects.all().delete()
    PartnerLogo.objects.bulk_create(PartnerLogo(order=order, **each) for order, each in enumerate(there))
    names = ", ".join(each["name"] for each in wanted if each not in there)
    return [_("Left out, because the picture does not exist any more: %(names)s.") % {"names": names}] if names else []


def _lines(rows: Iterable[Mapping[str, Any]], *names: str) -> tuple[str, ...]:
    return tuple(" · ".join(str(each[name]) for name in names if each[name]) for each in rows)


def _differences_of_partners(old: Any, new: Any) -> list[Difference]:
    if (old or []) == (new or []):
        return []
    was, is_now = (_lines(side or [], "name", "url") for side in (old, new))
    return [Difference(PARTNERS, str(PartnerLogo._meta.verbose_name_plural), "list", was, is_now)]


LOGOS = Besides(PARTNERS, _take_partners, _apply_partners, _differences_of_partners, [])
