"""What this room puts on the operator's pages."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register
from shared_categories.kinds import HERE

register(
    TaskCard(
        HERE,
        _("Shared categories"),
        _("The catalogue that municipalities take topics and target groups from: edit, compare, release."),
        "list",
        frozenset({Role.OPERATOR}),
        order=30,
        landing=True,
    )
)
