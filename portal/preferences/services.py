"""Changing the municipality's rules."""

from django.db import transaction

from audit.services import record
from portal.preferences.models import Preferences


@transaction.atomic
def save_rules(preferences: Preferences, *, fields: list[str], by: object) -> None:
    """Keep what a form changed."""
    preferences.save(update_fields=fields)
    record("preferences.change", preferences, by=by, changes={name: getattr(preferences, name) for name in fields})


@transaction.atomic
def renew_terms(*, seen: int, note: str, by: object) -> bool:
    """Let the terms of use count anew, so that every provider is asked. False where somebody did that meanwhile."""
    preferences = Preferences.objects.select_for_update().get(pk=1)
    if preferences.terms_version != seen:
        return False
    preferences.terms_version, preferences.terms_note = seen + 1, note
    preferences.save(update_fields=["terms_version", "terms_note"])
    record("preferences.terms", preferences, by=by, changes={"version": [seen, seen + 1]})
    return True
