"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/karte/",
        _("Map"),
        _("Outlines of the municipality and its districts, background of the map."),
        "map",
        EDITORS,
        Group.CONTENT,
        order=50,
        words="GeoJSON, Grenze, Ortsteil, Kacheln, Hintergrund",
    )
)
