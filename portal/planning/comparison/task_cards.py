"""The way to this part, in the editors' column."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import Group, TaskCard, register
from portal.planning.task_cards import WHO

register(
    TaskCard(
        "/auswertung/vergleich/",
        _("Comparison"),
        _("Your figures beside the time before, the year before, and the median of similar municipalities."),
        "repeat",
        WHO,
        Group.PLANNING,
        order=55,
        words="Vergleich, Vorjahr, Vorperiode, Median, ähnliche Kommunen, Vergleichsgruppe, Benchmark",
    ),
)
