"""Schemas that are not as their migrations make them, because somebody changed them by hand or an update broke."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.rollout.fingerprint import differences, digests, fingerprint
from tenants.rollout.recording import SCRATCH, scratch
from tenants.rollout_records import DriftCheck
from tenants.running.context import inside_public
from tenants.running.locks import whole_platform
from tenants.running.schema_states import Key, Schema, schemas

# How long checks are kept, and how many differences of one schema.
KEPT = timedelta(days=90)
MOST = 100


def drifted() -> tuple[int, dict[str, list[str]]]:
    """How many schemas were compared, and for each that differs what it lacks (-) and has besides (+); noted in the
    shared table DriftCheck, which the operator's pages read.

    Schemas of every state are compared, each with a scratch schema made by the migrations it has. Raises RefusedError
    while a rollout is under way.
    """
    with inside_public(), whole_platform("check_drift"):
        found: dict[str, list[str]] = {}
        by_state: dict[frozenset[Key], list[Schema]] = defaultdict(list)
        everybody = schemas()
        for schema in everybody:
            if schema.applied is None:
                found[schema.schema_name] = [_("has no tables")]
            else:
                by_state[schema.applied].append(schema)
        for applied, alike in by_state.items():
            found.update(_compare(applied, [schema.schema_name for schema in alike]))
    found = dict(sorted(found.items()))
    with inside_public(), transaction.atomic():
        DriftCheck.objects.filter(at__lt=timezone.now() - KEPT).delete()
        DriftCheck.objects.create(compared=len(everybody), found={name: lines[:MOST] for name, lines in found.items()})
    return len(everybody), found


def _compare(applied: frozenset[Key], names: list[str]) -> dict[str, list[str]]:
    with scratch(applied):
        wanted, lines = digests([SCRATCH])[SCRATCH], fingerprint(SCRATCH)
    with inside_public():
        differing = [name for name, digest in digests(names).items() if digest != wanted]
        return {name: differences(name, lines) for name in differing}
