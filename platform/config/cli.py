"""The `manage` command (see pyproject.toml)."""

import gc
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand

from core.lazy import lazy
from launch import LaunchError

if TYPE_CHECKING:
    from launch import environment
else:
    environment = lazy("launch.environment")


class _Utility(ManagementUtility):
    """Django's own, but for the checks of the whole code, URL maps included, that it makes before every command.

    They load every page's module, for seconds. `make check` and the tests make them; so do
    Django's own commands and the library's.
    """

    def fetch_command(self, subcommand: str) -> BaseCommand:
        # What a start has loaded stays: no use in looking through it for what may go, now or later.
        gc.freeze()
        gc.enable()
        command = super().fetch_command(subcommand)
        if not type(command).__module__.startswith(("django.", "django_tenants.")):
            command.requires_system_checks = []
        return command


def _database() -> AbstractContextManager[None]:
    """In a bare shell: what `make run` last started here; its database is started if need be."""
    return nullcontext() if os.environ.get("DATABASE_URL") else environment.for_command()


def _read_settings() -> None:
    """At once, so that what the environment lacks is one sentence and not a page of Django's."""
    settings.SECRET_KEY  # noqa: B018 - reading it is the point


def main() -> None:
    """Hand the command line to Django; `manage help` lists what there is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Until everything is loaded: it saves a tenth of the time.
    gc.disable()
    try:
        with _database():
            _read_settings()
            _Utility(sys.argv).execute()
    except (LaunchError, ImproperlyConfigured) as error:
        sys.exit(f"CommandError: {error}")
    finally:
        # The interpreter's last look through everything would cost a sixth of a short command, and frees nothing that
        # the end of the process does not.
        gc.freeze()


if __name__ == "__main__":
    main()
