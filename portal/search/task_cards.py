"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/synonyme/",
        _("Synonyms"),
        _("Words that mean the same when somebody searches."),
        "search",
        EDITORS,
        Group.TOOLS,
        order=70,
        words="Synonyme, Suchwort, anderes Wort, Abkürzung",
    )
)
