"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/newsletter/",
        _("Newsletter"),
        _("Issues that make themselves from new and coming offers, and who gets them."),
        "mail",
        EDITORS,
        Group.CONTENT,
        order=60,
        words="Rundbrief, Rundmail, Mailing, Infobrief, Abonnenten, Leser, Verteiler, Adressliste, Empfänger, "
        "abmelden, Ausgabe, Archiv, Fachkräfte, versenden",
    )
)
