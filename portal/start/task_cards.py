"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/startseite/",
        _("Start page"),
        _("What residents see first: choose sections, their order and your own tiles."),
        "house",
        EDITORS,
        Group.CONTENT,
        order=30,
        words="Hinweis, Tipp, Notruf, Alter, Kacheln, Homepage",
    )
)
