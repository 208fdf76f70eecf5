"""What this room puts on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/konto/import/",
        _("Offers from a table"),
        _("Read in an Excel file, see beforehand what changes, and take your offers along as a file."),
        "upload",
        frozenset({Role.PROVIDER}),
        order=15,
        words="excel xlsx csv ods tabelle import export vorlage hochladen herunterladen einlesen libreoffice",
        landing=True,
        under="/konto/angebote/",
    )
)
