"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/vergleich/",
        _("Comparison"),
        _("Take part in the comparison with similar municipalities, or end it."),
        "chart",
        EDITORS,
        Group.RULES,
        order=75,
        words="Vergleich, Vergleichsgruppe, Benchmark, Median, Teilnahme, ähnliche Kommunen",
    )
)
