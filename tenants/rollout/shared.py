"""The shared schema comes before the municipalities': one schema, so the library's own command is good enough for it.

Only its locks need care: every municipality's requests read the shared tables, and all of them queue up behind a
waiting ALTER. So it waits briefly for a lock, gives way and comes back, as the rollout does (tenants.rollout.replay).
"""

import time

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations import Migration
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.rollout.planning import Planner
from tenants.rollout.replay import GIVES_WAY, LOCK_TIMEOUT
from tenants.running.context import inside_public, outside
from tenants.running.schema_states import is_table

_PAUSE = 0.5


def public_plan() -> list[str]:
    """The migrations that the shared schema lacks, as `app.name`."""
    return [f"{each.app_label}.{each.name}" for each in _missing()]


def public_is_behind() -> bool:
    """Whether the shared schema is behind the code."""
    with inside_public():
        return bool(_missing())


def migrate_public(patience: float) -> bool:
    """Bring the shared schema to the code's version; False when it was there already.

    Raises RefusedError when somebody keeps a table locked for longer than `patience`, in seconds. What was done until
    then stays done; the next call goes on.
    """
    with inside_public():
        missing, begins = _missing(), not is_table("django_migrations")
    if not missing:
        return False
    until = time.monotonic() + patience
    if begins or all(each.atomic for each in missing):
        _patiently(until, short=not begins)
        return True
    for each in missing:
        # An index that is built while others write waits for them without keeping anybody, and must not be broken off.
        _patiently(until, each.app_label, each.name, short=bool(each.atomic))
    return True


def _missing() -> list[Migration]:
    applied: frozenset[tuple[str, str]] = frozenset()
    if is_table("django_migrations"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM public.django_migrations")
            applied = frozenset((str(app), str(name)) for app, name in cursor.fetchall())
    shared = {config.label for config in apps.get_app_configs() if config.name in settings.SHARED_APPS}
    # Migrations of the municipalities' own apps do nothing here; they are noted along with the next one that does.
    return [each for each in Planner(applied, everything=True).missing() if each.app_label in shared]


def _patiently(until: float, *target: str, short: bool) -> None:
    """Migrate (up to `target`, an app and a name, if given), again and again until the locks are to be had."""
    while True:
        try:
            _migrate(*target, short=short)
        except OperationalError as error:
            if not isinstance(error.__cause__, GIVES_WAY):
                raise
            if time.monotonic() > until:
                raise RefusedError(
                    _("The shared schema could not be changed: somebody keeps its tables locked (%(reason)s).")
                    % {"reason": " ".join(str(error).split())}
                ) from error
            time.sleep(_PAUSE)
        else:
            return


def _migrate(*target: str, short: bool) -> None:
    with outside():
        if short:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT}")
        try:
            call_command("migrate_schemas", *target, shared=True, interactive=False, verbosity=0)
        finally:
            # Which forgets the setting, too.
            connection.close()
