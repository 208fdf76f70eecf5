"""The original portal that one demo municipality takes over where its dump is at hand, as any town would."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands

from demo.seed import TakeOver
from tenants.models import Municipality

COMMAND = "import_typo3"


def dump() -> Path:
    """Where the dump lies beside a checkout; it is not part of the project."""
    return Path(settings.BASE_DIR).parent / "shared" / "data" / "typo3-chancenportal-filled.sql"


def take_over() -> TakeOver | None:
    """What imports the dump into a municipality; None where the dump is not there."""
    if not dump().is_file() or COMMAND not in get_commands():
        return None
    return _import


def _import(municipality: Municipality) -> None:
    call_command(COMMAND, municipality.slug, str(dump()), stdout=StringIO(), stderr=StringIO())
