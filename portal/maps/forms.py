"""What editors decide about the map."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.seen import Seen
from core.text import clean_text, fold
from portal.maps import projections
from portal.maps.geometry import OutlineError, has_area, outline_of
from portal.maps.models import MapSettings
from portal.taxonomy.models import District

LARGEST_FILE = 4 * 2**20
_NAMES = ("name", "NAME", "GEN", "gen", "Name", "ortsteil", "stadtteil", "bezeichnung")


def _geojson(file: Any) -> Any:
    if (file.size or 0) > LARGEST_FILE:
        raise forms.ValidationError(_("The file is too large (at most 4 MB)."))
    try:
        return json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise forms.ValidationError(_("This is no GeoJSON file.")) from None


class MapForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Source of the background, outlines from files."""

    outline_file = forms.FileField(
        label=gettext_lazy("Outline of the municipality (GeoJSON)"),
        required=False,
        help_text=gettext_lazy("Polygons in WGS 84, as geoportals offer them. It replaces the present outline."),
    )
    districts_file = forms.FileField(
        label=gettext_lazy("Outlines of the districts (GeoJSON)"),
        required=False,
        help_text=gettext_lazy("A collection of polygons; the property “name” of each must be a district's name."),
    )
    remove_outlines = forms.BooleanField(label=gettext_lazy("Remove all outlines"), required=False)

    class Meta:
        model = MapSettings
        fields = ("tile_url", "attribution", "min_zoom", "max_zoom")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        """What of the files was left out or put right, for whoever chose them."""

    def _outline(self, geojson: Any, crs: int | None = None) -> dict[str, Any]:
        found = outline_of(geojson, crs=crs)
        self.notes += [note for note in found.notes if note not in self.notes]
        return found.geometry

    def clean_outline_file(self) -> dict[str, Any] | None:
        file = self.cleaned_data["outline_file"]
        if not file:
            return None
        try:
            return self._outline(_geojson(file))
        except (OutlineError, RecursionError) as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_districts_file(self) -> dict[int, dict[str, Any]]:
        """District id to its outline; a name that is none of ours is an error that names it."""
        file = self.cleaned_data["districts_file"]
        if not file:
            return {}
        given = _geojson(file)
        features = given.get("features") if isinstance(given, dict) else None
        if not isinstance(features, list) or not features:
            raise forms.ValidationError(_("This is no GeoJSON collection with districts."))
        try:
            areas = [feature for feature in features if has_area(feature)]
            if not areas:
                raise forms.ValidationError(_("This is no GeoJSON with polygons."))
            if len(areas) < len(features):
                left = _("Left out, because there is no area in them: %(count)d entries.")
                self.notes.append(left % {"count": len(features) - len(areas)})
            crs = projections.named(given)
            return {
                pk: self._outline({"type": "FeatureCollection", "features": each}, crs) for pk, each in _named(areas)
            }
        except (OutlineError, RecursionError) as problem:
            raise forms.ValidationError(str(problem)) from problem


def _named(areas: list[Any]) -> list[tuple[int, list[Any]]]:
    """The areas of each district, by its id; a name that is none of ours is an error that names it."""
    known = {fold(name): pk for pk, name in District.objects.values_list("pk", "name")}
    found: dict[int, list[Any]] = {}
    strange: list[str] = []
    for feature in areas:
        name = _name_of(feature)
        if fold(name) in known:
            found.setdefault(known[fold(name)], []).append(feature)
        else:
            strange.append(name or "?")
    if strange:
        names = ", ".join(dict.fromkeys(strange[:8]))
        raise forms.ValidationError(_("No district has this name: %(names)s") % {"names": names})
    return list(found.items())


def _name_of(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    return next((clean_text(str(properties[key])).strip() for key in _NAMES if properties.get(key)), "")
