"""The original portal that one demo municipality takes over where its dump is at hand, as any town would."""

from pathlib import Path

from django.conf import settings

from demo.seed import TakeOver
from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over
from tenants.models import Municipality


def dump() -> Path:
    """Where the dump lies beside a checkout; it is not part of the project."""
    return Path(settings.BASE_DIR).parent / "shared" / "data" / "typo3-chancenportal-filled.sql"


def original_portal() -> TakeOver | None:
    """What imports the dump into a municipality; None where the dump is not there."""
    return _import if dump().is_file() else None


def _import(municipality: Municipality) -> None:
    take_over(municipality, Dump(dump()))
