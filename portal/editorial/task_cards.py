"""The way to the editors' desk itself."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, TaskCard, register

register(
    TaskCard(
        "/redaktion/",
        _("Editorial desk"),
        _("All tasks and settings of the editorial team."),
        "list",
        EDITORS,
        order=10,
        landing=True,
    )
)
