"""Abstract models and fields that several rooms share. No table of its own."""

import uuid
from pathlib import PurePath
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core import fields
from core.html import check_length, clean_html

HEX_COLOR = r"^#[0-9a-f]{6}$"
hex_color_validator = RegexValidator(HEX_COLOR, _("Please give the colour as # and six digits, for example #00519e."))


# Files below this name have no public address: whoever keeps them shows them to those who may see them.
PRIVATE_FILES = "private"


def upload_name(instance: models.Model, filename: str) -> str:
    """A path nobody can guess or overwrite: `<model>/<random>.<suffix>`; the original name may hold personal data."""
    suffix = PurePath(filename).suffix.lower()[:10]
    return f"{instance._meta.model_name}/{uuid.uuid4().hex}{suffix}"


PRIVATE = "~"
"""No address of `/media/` leads into a folder that begins with this: its files are for who sent them."""


def private_name(instance: models.Model, filename: str) -> str:
    """As `upload_name`, for files that only a view may hand out."""
    return f"{PRIVATE}{upload_name(instance, filename)}"


class HtmlField(fields.TextField):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Text with simple markup, sanitised whenever it is saved: what is in the table may be printed as it is.

    A text that is too long is refused, in forms as in code, and never cut without a word.
    """

    default_validators = [check_length]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        written = super().pre_save(model_instance, add) or ""
        check_length(written)
        cleaned = clean_html(written)
        setattr(model_instance, self.attname, cleaned)
        return cleaned


class Timestamped(models.Model):
    """When a row was made and last changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_default=Now())

    class Meta:
        abstract = True


class CreditedImage(models.Model):
    """An image with the two texts the law asks for: who made it, and what it shows."""

    image = models.ImageField(_("image"), upload_to=upload_name, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt_text = fields.CharField(
        _("description of the image"),
        max_length=300,
        blank=True,
        help_text=_("For people who cannot see the image. Leave empty if it is only decoration."),
    )
    copyright = fields.CharField(
        _("copyright"), max_length=300, help_text=_("Who made the image, for example: Photo: Maria Muster")
    )

    class Meta:
        abstract = True
