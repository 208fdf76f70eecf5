"""The `manage` command (see pyproject.toml)."""

import os
import sys

from launch import LaunchError
from launch.environment import for_command


def main() -> None:
    """Hand the command line to Django; `manage help` lists what there is.

    In a bare shell the command works on what `make run` last started here, and starts its database if need be.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        with for_command():
            execute_from_command_line(sys.argv)
    except LaunchError as error:
        sys.exit(f"CommandError: {error}")


if __name__ == "__main__":
    main()
