"""Turning switches: each change is one transaction and one entry in the platform's log."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from switches.declared import switch_of
from switches.models import Setting
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside_public

ON, OFF, UNSET = "on", "off", "unset"


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom a switch is turned: one municipality (short name), a wave, or, without both, all."""

    slug: str = ""
    wave: str = ""

    @property
    def is_all(self) -> bool:
        return not (self.slug or self.wave)


def turn(name: str, whom: Whom, wanted: str, *, by: Any) -> bool:
    """Turn a switch `on` or `off` for somebody, or `unset` what was turned for them; whether anything changed.

    RefusedError for a switch the code does not declare (what is left of one can only be unset) and for whoever is not
    there.
    """
    if wanted != UNSET and switch_of(name) is None:
        raise RefusedError(_("There is no switch “%(name)s”.") % {"name": name})
    with inside_public(), transaction.atomic():
        town = _town(whom)
        there = Setting.objects.select_for_update().filter(name=name, wave=whom.wave, municipality=town).first()
        before = _word(there)
        if before == wanted:
            return False
        setting = _write(there or Setting(name=name, wave=whom.wave, municipality=town), wanted, by)
        said: dict[str, Any] = {"switch": [before, wanted]}
        if town is not None:
            said["municipality"] = town.name
        elif whom.wave:
            said["wave"] = whom.wave
        record("switches.turned", setting, by=by, changes=said)
    return True


def _town(whom: Whom) -> Municipality | None:
    if whom.slug and whom.wave:
        raise RefusedError(_("Either one municipality or a wave, please."))
    if whom.slug:
        town = Municipality.objects.filter(slug=whom.slug).first()
        if town is None:
            raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": whom.slug})
        return town
    if whom.wave and not Municipality.objects.filter(wave=whom.wave).exists():
        raise RefusedError(_("There is no municipality in the wave “%(wave)s”.") % {"wave": whom.wave})
    return None


def _word(setting: Setting | None) -> str:
    return UNSET if setting is None else ON if setting.is_on else OFF


def _write(setting: Setting, wanted: str, by: Any) -> Setting:
    """The row as it is wished; what is unset keeps its number for the log."""
    if wanted == UNSET:
        number = setting.pk
        setting.delete()
        setting.pk = number
        return setting
    setting.is_on, setting.turned_at = wanted == ON, timezone.now()
    setting.turned_by = str(getattr(by, "email", by))
    setting.save()
    return setting


def forget(name: str, *, by: Any) -> int:
    """Remove all settings of a switch that the code declares no more; how many there were."""
    if switch_of(name) is not None:
        raise RefusedError(_("The switch “%(name)s” is still asked.") % {"name": name})
    with inside_public(), transaction.atomic():
        rows = list(Setting.objects.select_for_update().order_by("pk").filter(name=name))
        if rows:
            record("switches.forgotten", rows[0], by=by, changes={"number": len(rows)})
            Setting.objects.filter(pk__in=[each.pk for each in rows]).delete()
    return len(rows)
