"""Paths of the room, all on the platform's own host."""

from django.urls import path, register_converter

from shared_categories.views import listing, placing, public, releases, single, statistics


class CodeConverter:
    """The code of an entry."""

    regex = "[KZASBWT]-[0-9]{3,8}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(CodeConverter, "code")

app_name = "catalogue"
_LISTS = "betrieb/kategorien/"
_ENTRY = f"{_LISTS}<code:code>/"
urlpatterns = [
    path(_LISTS, listing.entries, name="list"),
    path(f"{_LISTS}beginnen/", listing.begin, name="begin"),
    path(f"{_LISTS}art/<slug:slug>/", listing.of_kind, name="kind"),
    path(f"{_LISTS}art/<slug:slug>/neu/", single.add, name="add"),
    path(f"{_LISTS}ausgaben/", releases.releases, name="releases"),
    path(f"{_LISTS}vergleich/", releases.compare, name="compare"),
    path(f"{_LISTS}statistik/", statistics.statistics, name="statistics"),
    path(f"{_LISTS}statistik.csv", statistics.statistics_csv, name="statistics_csv"),
    path(_ENTRY, single.entry, name="entry"),
    path(f"{_ENTRY}uebersetzungen/", single.translations, name="translations"),
    path(f"{_ENTRY}zuordnungen/", single.link, name="link"),
    path(f"{_ENTRY}zuordnungen/<int:pk>/entfernen/", single.unlink, name="unlink"),
    path(f"{_ENTRY}bewegen/", placing.shift, name="shift"),
    path(f"{_ENTRY}verschieben/", placing.move, name="move"),
    path(f"{_ENTRY}zusammenfuehren/", placing.merge, name="merge"),
    path(f"{_ENTRY}entfernen/", placing.remove, name="remove"),
    path(f"{_ENTRY}wieder/", placing.restore, name="restore"),
    path("katalog/", public.newest, name="newest"),
    path("katalog/<int:number>.json", public.release_json, name="json"),
    path("katalog/<int:number>.csv", public.release_csv, name="csv"),
]
