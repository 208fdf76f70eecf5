"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/aktuelles/",
        _("News"),
        _("Short items with a date, for residents and for whoever reads the feed."),
        "info",
        EDITORS,
        Group.CONTENT,
        order=31,
        words="Meldung, Neuigkeit, Nachricht, Blog, Presse, Feed, RSS, Atom, Ankündigung",
    )
)
