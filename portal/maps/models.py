"""How one municipality's map looks and where its pictures come from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.singleton import Singleton, singleton_constraint
from portal.maps.geometry import OutlineError, polygon_of
from portal.maps.sources import SourceError, check_template

LOWEST_ZOOM, HIGHEST_ZOOM = 5, 19


class MapSettings(Singleton):
    """The one row. Without a source of tiles the map shows the outlines only, and no request leaves the house."""

    tile_url = fields.CharField(
        _("address of the background map"),
        max_length=300,
        blank=True,
        help_text=_(
            "With {z}, {x} and {y}, for example https://tiles.example.de/{z}/{x}/{y}.png. "
            "Empty: the map shows the outlines only. Our server fetches the tiles; visitors never ask the source."
        ),
    )
    attribution = fields.CharField(
        _("source note of the background map"),
        max_length=200,
        blank=True,
        help_text=_("For example: © OpenStreetMap contributors. It is shown on the map."),
    )
    min_zoom = models.PositiveSmallIntegerField(
        _("smallest zoom level"), default=8, help_text=_("8 shows a whole region, 17 single houses.")
    )
    max_zoom = models.PositiveSmallIntegerField(
        _("largest zoom level"), default=17, validators=[MaxValueValidator(HIGHEST_ZOOM)]
    )
    outline = models.JSONField(_("outline of the municipality"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("map settings")
        verbose_name_plural = _("map settings")
        constraints = (
            singleton_constraint("map_settings_one_row"),
            models.CheckConstraint(
                name="map_settings_zoom_in_order",
                condition=models.Q(
                    min_zoom__gte=LOWEST_ZOOM, min_zoom__lte=models.F("max_zoom"), max_zoom__lte=HIGHEST_ZOOM
                ),
                violation_error_message=_("The smallest zoom level must be between 5 and the largest, at most 19."),
            ),
            models.CheckConstraint(
                name="map_settings_web_address",
                condition=models.Q(tile_url="") | models.Q(tile_url__regex=r"^https?://"),
                violation_error_message=_("The address must begin with https://."),
            ),
            models.CheckConstraint(
                name="map_settings_source_named",
                condition=models.Q(tile_url="") | ~models.Q(attribution=""),
                violation_error_message=_("Please give the source note that the background map's licence asks for."),
            ),
            models.CheckConstraint(
                name="map_settings_outline_is_polygon",
                condition=models.Q(outline__isnull=True)
                | models.Q(outline__has_key="type", outline__type__in=["Polygon", "MultiPolygon"]),
                violation_error_message=_("The outline must be a GeoJSON polygon."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Map settings"))

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.tile_url:
            try:
                check_template(self.tile_url)
            except SourceError as problem:
                errors["tile_url"] = str(problem)
        if self.outline is not None:
            try:
                self.outline = polygon_of(self.outline)
            except OutlineError as problem:
                errors["outline"] = str(problem)
        if errors:
            raise ValidationError(errors)
