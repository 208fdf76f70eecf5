"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/einbetten/",
        _("Embed"),
        _("Search, list, calendar or an offer for the pages of other websites."),
        "external",
        EDITORS,
        Group.TOOLS,
        order=60,
        words="einbetten, iframe, Widget, Homepage, Vereinsseite, Snippet, HTML, Rahmen",
    )
)
