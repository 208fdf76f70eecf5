"""Pictures of the municipality in the sizes a page needs (see theming.images)."""

from __future__ import annotations

from django import template
from django.db.models.fields.files import FieldFile
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.models import CreditedImage
from theming.images import CARD_WIDTH, scaled_url, srcset

register = template.Library()
# What an <img> without srcset would load: wide enough for a phone.
USUAL = 640


@register.simple_tag
def sources(picture: CreditedImage) -> SafeString:
    """The attributes src and srcset; give the element `sizes`, width and height too."""
    usual = scaled_url(picture.image, USUAL) if picture.width > USUAL else picture.image.url
    return format_html('src="{}" srcset="{}"', usual, srcset(picture.image, picture.width))


@register.filter
def widths(file: FieldFile, width: int | None) -> str:
    """The value of a srcset for a picture of this width."""
    return srcset(file, width or 0)


@register.filter
def thumb_url(picture: CreditedImage) -> str:
    """A small copy, for portraits and logos."""
    return scaled_url(picture.image, CARD_WIDTH)


@register.simple_tag
def scaled(file: FieldFile, width: int) -> str:
    """The address of the copy of this width."""
    return scaled_url(file, width)
