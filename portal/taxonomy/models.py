"""How a municipality orders its offers."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.geo import NOWHERE, SOMEWHERE
from core.models import HEX_COLOR, hex_color_validator, upload_name
from core.ordering import ByName

OLDEST = 120


class OfferedQuerySet(models.QuerySet[Any]):
    """Which of the things one chooses from."""

    def offered(self, keeping: Collection[int] = ()) -> Self:
        """Those that can be chosen today, and those somebody has chosen already."""
        return self.filter(models.Q(retired=False) | models.Q(pk__in=list(keeping)))


class Offered(models.Model):
    """Something to choose from. What is retired stays where it was chosen and is found, but nobody can choose it."""

    retired = models.BooleanField(_("retired"), default=False, db_default=False)

    objects: ClassVar[OfferedQuerySet] = OfferedQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        abstract = True


class Category(Offered):
    """A topic residents search by; a tree of any depth, without circles (a trigger refuses them).

    Trees are small and every page shows them: they are loaded whole (`portal.taxonomy.tree`), not walked in SQL.
    """

    parent = models.ForeignKey(
        "self",
        verbose_name=_("above it"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="children",
    )
    name = fields.CharField(_("name"), max_length=120)
    color = fields.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[hex_color_validator],
        help_text=_("Empty: as the parent's."),
    )
    icon = fields.CharField(_("icon"), max_length=40, blank=True, help_text=_("Empty: as the parent's."))
    image = models.ImageField(_("image"), upload_to=upload_name, blank=True)
    image_alt = fields.CharField(_("description of the image"), max_length=300, blank=True)
    image_copyright = fields.CharField(_("copyright"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("position", ByName("name"), "id")
        constraints = (
            models.UniqueConstraint(
                fields=("parent", "name"),
                nulls_distinct=False,
                name="category_name_unique_among_siblings",
                violation_error_message=_("There is already a category of this name at this place."),
            ),
            models.CheckConstraint(name="category_name_given", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="category_color_hex", condition=models.Q(color="") | models.Q(color__regex=HEX_COLOR)
            ),
            models.CheckConstraint(
                name="category_not_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="category_image_credited",
                condition=models.Q(image="") | ~models.Q(image_copyright=""),
                violation_error_message=_("Please say who made the image."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class TargetGroup(Offered):
    """Whom offers are for. With ages, a search by age finds it."""

    name = fields.CharField(_("name"), max_length=120, unique=True)
    min_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    max_age = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ("position", ByName("name"), "id")
        constraints = (
            models.CheckConstraint(name="target_group_name_given", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="target_group_ages_in_order",
                condition=models.Q(min_age__isnull=True)
                | models.Q(max_age__isnull=True)
                | models.Q(min_age__lte=models.F("max_age")),
                violation_error_message=_("The lowest age must not be above the highest."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class District(Offered):
    """A part of the municipality. The outline is GeoJSON (Polygon or MultiPolygon, WGS 84, longitude first)."""

    name = fields.CharField(_("name"), max_length=120, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    outline = models.JSONField(_("outline"), null=True, blank=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ("position", ByName("name"), "id")
        constraints = (
            models.CheckConstraint(name="district_name_given", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="district_centre_complete",
                condition=NOWHERE | SOMEWHERE,
            ),
            models.CheckConstraint(
                name="district_outline_is_polygon",
                condition=models.Q(outline__isnull=True)
                | models.Q(outline__has_key="type", outline__type__in=["Polygon", "MultiPolygon"]),
                violation_error_message=_("The outline must be a GeoJSON polygon."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.outline is not None and not self.outline.get("coordinates"):
            raise ValidationError({"outline": _("The outline has no coordinates.")})


class Marker(Offered):
    """A label of the municipality's own that offers can carry and residents filter by, e.g. “Elternschule”."""

    name = fields.CharField(_("name"), max_length=80, unique=True)
    internal = models.BooleanField(
        _("internal"),
        default=False,
        db_default=False,
        help_text=_("Only the editorial team sees it; residents do not."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("marker")
        verbose_name_plural = _("markers")
        ordering = ("position", ByName("name"), "id")
        constraints = (models.CheckConstraint(name="marker_name_given", condition=~models.Q(name="")),)

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Where the number of something that was merged leads, for ever: old links, saved searches, earlier versions.

    `kind` is the name of the model; no keys, because a room above (carriers) is meant too. Numbers are never given
    twice, not even after an export: sequences are part of it.
    """

    kind = fields.CharField(_("kind"), max_length=30)
    old = models.BigIntegerField(_("former number"))
    new = models.BigIntegerField(_("number today"))
    name = fields.CharField(_("former name"), max_length=160)

    class Meta:
        verbose_name = _("former number")
        verbose_name_plural = _("former numbers")
        constraints = (
            models.UniqueConstraint(fields=("kind", "old"), name="alias_once"),
            models.CheckConstraint(name="alias_leads_elsewhere", condition=~models.Q(old=models.F("new"))),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.old}: {self.name}"
