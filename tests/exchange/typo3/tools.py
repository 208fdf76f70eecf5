"""What tests of the take-over share: the small dump, changed or not, and what is in a schema."""

from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection

SMALL = Path(__file__).parent / "fixtures" / "small.sql"
OFFER = "tx_chancenportal_domain_model_offer"
PROVIDER = "tx_chancenportal_domain_model_provider"


def everything() -> dict[str, list[tuple]]:
    """Every row of every table of the present schema."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


def stored_files() -> set[str]:
    folder = Path(default_storage.path(""))
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def edited(tmp_path, *changes: tuple[str, str]) -> Path:
    """The small dump as it would look after somebody changed something in the old portal."""
    text = SMALL.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "newer.sql"
    path.write_text(text, encoding="utf-8")
    return path
