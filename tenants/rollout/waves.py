"""The waves of a rollout: which there are, who is in which, in which order they go."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside_public

CANARY, REST = "canary", "rest"
_WAVE = re.compile(r"[a-z0-9-]{1,40}")


def set_wave(slugs: list[str], wave: str, *, by: str) -> int:
    """Put municipalities into a wave and return how many were in another. RefusedError for an unknown short name or an
    impossible name of a wave; then none is changed."""
    if not _WAVE.fullmatch(wave):
        raise RefusedError(_("A wave's name has 1–40 of the characters a–z, 0–9 and -."))
    with inside_public(), transaction.atomic():
        found = list(Municipality.objects.select_for_update().order_by("pk").filter(slug__in=slugs))
        if unknown := sorted(set(slugs) - {each.slug for each in found}):
            raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": ", ".join(unknown)})
        changed = [each for each in found if each.wave != wave]
        for each in changed:
            record("municipality.wave", each, by=by, changes={"wave": [each.wave, wave]})
            each.wave = wave
            each.save(update_fields=["wave"])
    return len(changed)


def check_wave(wave: str) -> None:
    """Raises RefusedError, which names the waves there are, for another one."""
    known = sorted(set(Municipality.objects.values_list("wave", flat=True)))
    if wave and wave not in known:
        raise RefusedError(
            _("There is no wave “%(wave)s”; there are: %(known)s.") % {"wave": wave, "known": ", ".join(known)}
        )


def in_order(waves: set[str]) -> list[str]:
    """The canaries first, the rest last, the others by name."""
    return sorted(waves, key=lambda wave: (wave != CANARY, wave == REST, wave))
