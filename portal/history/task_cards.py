"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/verlauf/",
        _("History and bin"),
        _("Who changed what and when; compare and restore states, take deleted things back."),
        "repeat",
        EDITORS,
        Group.CHECK,
        order=40,
        words="Verlauf, früherer Stand, Fassung, Version, wiederherstellen, rückgängig, Papierkorb, gelöscht, "
        "zurückholen, Änderungen, wer hat was geändert",
    )
)
