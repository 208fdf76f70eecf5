"""Reading and changing the appearance of the municipality we are inside."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from audit.services import record
from tenants.running.changes import remembered
from theming.css import Stylesheet, rooms_with_colours
from theming.images import fitted
from theming.models import PartnerLogo, Theme
from theming.showing import shown

# width and height in pixels at twice the size shown, and bytes: the page budget is 100 KB for everything
IMAGE_LIMITS: dict[str, tuple[int, int, int]] = {
    "hero_image": (1040, 840, 40_000),
    "logo": (480, 192, 12_000),
    "favicon": (96, 96, 6_000),
}
PARTNER_LIMITS = (320, 96, 8_000)
# What a new municipality takes from a template: what fits everywhere, never pictures or contacts.
TEMPLATE_FIELDS = (
    "hero_title",
    "hero_text",
    "brand_color",
    "accent_color",
    "font",
    "corner",
    "dark_mode_allowed",
    "header_layout",
    "footer_layout",
)


def current_theme() -> Theme:
    """The row, or the defaults where none was saved. Shared by all who ask: nobody may change it."""
    if (draft := shown()) is not None:
        return draft.theme
    return remembered("theming.theme", lambda: Theme.objects.first() or Theme(), rooms=("theming",))


def current_stylesheet() -> Stylesheet:
    """Built from the theme and every registered colour."""
    if (draft := shown()) is not None:
        return draft.sheet
    return remembered(
        "theming.stylesheet", lambda: current_theme().stylesheet(), rooms=("theming", *rooms_with_colours())
    )


def partner_logos() -> list[PartnerLogo]:
    """In the order the editors chose."""
    if (draft := shown()) is not None:
        return draft.partners
    return remembered(
        "theming.partners", lambda: list(PartnerLogo.objects.all()[: PartnerLogo.MOST]), rooms=("theming",)
    )


@transaction.atomic
def save_theme(theme: Theme, *, by: Any) -> Theme:
    """Check and save; new pictures are made small first. ValidationError says which field is wrong."""
    before = Theme.objects.select_for_update().first()
    for name, (width, height, most_bytes) in IMAGE_LIMITS.items():
        _shrink(theme, name, width, height, most_bytes)
    theme.brand_color, theme.accent_color = theme.brand_color.lower(), theme.accent_color.lower()
    theme.full_clean(exclude=["id"], validate_unique=False)
    theme.save()
    record("theming.saved", theme, by=by, changes=_changes(before, theme))
    return theme


@transaction.atomic
def add_partner_logo(name: str, *, image: File[bytes], url: str = "", order: int = 0, by: Any) -> PartnerLogo:
    """ValidationError when there are too many, the name is taken or the file is no picture."""
    if PartnerLogo.objects.count() >= PartnerLogo.MOST:
        raise ValidationError(_("There are already %(most)d partner logos.") % {"most": PartnerLogo.MOST})
    width, height, most_bytes = PARTNER_LIMITS
    logo = PartnerLogo(name=name, url=url, order=order)
    logo.image = fitted(image, name="partner", width=width, height=height, most_bytes=most_bytes)
    logo.full_clean()
    logo.save()
    record("theming.partner_added", logo, by=by)
    return logo


def as_template() -> dict[str, Any]:
    """What another municipality may take over from this one."""
    theme = current_theme()
    return {name: getattr(theme, name) for name in TEMPLATE_FIELDS}


def begin(*, portal_name: str, copied: dict[str, Any]) -> Theme:
    """The row of a new municipality; leaves one that is there alone."""
    theme, _created = Theme.objects.get_or_create(pk=1, defaults={"portal_name": portal_name[:80], **copied})
    return theme


def _shrink(theme: Theme, name: str, width: int, height: int, most_bytes: int) -> None:
    """Only a file that was just uploaded: one already stored has been through here."""
    file = getattr(theme, name)
    if not file or getattr(file, "_committed", True):
        return
    try:
        setattr(theme, name, fitted(file, name=name, width=width, height=height, most_bytes=most_bytes))
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from error


def _changes(before: Theme | None, after: Theme) -> dict[str, Any]:
    """Field to [old, new] for the audit log, as text."""
    old = model_to_dict(before) if before else {}
    return {
        name: [str(old.get(name) or ""), str(value or "")]
        for name, value in model_to_dict(after).items()
        if str(old.get(name) or "") != str(value or "")
    }
