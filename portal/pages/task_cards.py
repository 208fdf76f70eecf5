"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/leichte-sprache/",
        _("Leichte Sprache"),
        _("Texts in Leichte Sprache and videos in German Sign Language."),
        "book",
        EDITORS,
        Group.CONTENT,
        order=40,
        words="leicht lesbar, Gebärdensprache, Video",
    )
)
