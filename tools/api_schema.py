"""Writes the description of the open interface: `python -m tools.api_schema`; with `--check` it only compares.

It is checked in, so that a change of the interface is read in review and never happens by the way.
"""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if __name__ == "__main__":
    django.setup()

from portal.interfaces.description import as_text
from portal.interfaces.views.others import SCHEMA


def main(arguments: list[str], file: Path = SCHEMA) -> int:
    """0, or 1 where the file is not what the views say."""
    text = as_text()
    if "--check" in arguments:
        if file.exists() and file.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write(f"{file} is not what the views say: run python -m tools.api_schema and look at the change.\n")
        return 1
    file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
