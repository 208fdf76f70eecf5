"""The values a reading may propose: what they are called, which keys of an offer they are, on which page they stand."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What of a place a person sees; where its pin lies may be found out more exactly by itself.
_SEEN_OF_A_PLACE = ("name", "street", "postcode", "city")


@dataclass(frozen=True, slots=True)
class Group:
    """One value. `page`: of the offer's form; `field`: where it stands there."""

    label: Promise
    keys: tuple[str, ...]
    page: str
    field: str


GROUPS: dict[str, Group] = {
    "title": Group(_("Title"), ("title",), "was", "id_title"),
    "summary": Group(_("In one or two sentences"), ("summary",), "was", "id_summary"),
    "dates": Group(_("When it takes place"), ("schedule_kind", "schedules"), "wann", "id_kind_0"),
    "place": Group(_("Where it is"), ("locations",), "wo", "id_where_0"),
    "online": Group(_("Taking part online"), ("venue", "online_url"), "wo", "id_online_url"),
    "cost": Group(_("What it costs"), ("cost_kind", "cost_amount", "cost_text"), "wo", "id_cost_kind_0"),
    "registration": Group(_("Link for registering"), ("registration_url",), "wo", "id_registration_url"),
    "contact_name": Group(_("Contact person"), ("contact_name",), "wo", "id_contact_name"),
    "contact_phone": Group(_("Phone"), ("contact_phone",), "wo", "id_contact_phone"),
    "contact_email": Group(_("E-mail address"), ("contact_email",), "wo", "id_contact_email"),
    "picture": Group(_("Picture"), ("images",), "bild", "id_upload"),
    "description": Group(_("Longer text"), ("description",), "bild", "id_text"),
}


def is_changed(key: str, before: dict[str, Any], changes: dict[str, Any]) -> bool:
    """Whether somebody wrote something else there than what was proposed."""
    return any(
        name in changes and _seen(name, before.get(name)) != _seen(name, changes[name]) for name in GROUPS[key].keys
    )


def _seen(name: str, value: Any) -> Any:
    if name != "locations":
        return value
    return [{part: str(place.get(part) or "") for part in _SEEN_OF_A_PLACE} for place in value or ()]
