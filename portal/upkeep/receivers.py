"""A changed rule is followed at once, not only at night."""

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from core.lazy import lazy
from portal.preferences.services import rules_changed

if TYPE_CHECKING:
    from portal.upkeep import tasks
else:
    tasks = lazy("portal.upkeep.tasks")

FOLLOWED = frozenset({"note_after_days", "hide_after_days"})


@receiver(rules_changed)
def rules_moved(changes: dict[str, Any], **kwargs: Any) -> None:
    """Hiding or noting later, earlier or never again. Nobody gets a mail for it before the night."""
    if changes.keys() & FOLLOWED:
        tasks.follow_rules.defer_once()
