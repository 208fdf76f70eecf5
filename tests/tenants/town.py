"""A municipality with rows of every kind and files, and what compares two of them."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from accounts.models import User
from audit.services import record
from portal.taxonomy.models import Category, District, Marker
from tenants.models import Municipality
from tenants.running.context import inside
from tenants.running.storage import files
from tenants.transfer import catalogue
from tenants.transfer.connecting import snapshot
from tenants.transfer.files import kept_files
from tests.factories import an_offer

AWKWARD = "Größe „Ω“ \\ \" \t\r\n  'x' ; DROP TABLE \\. 😀 {$json} \x7f"


def furnish(municipality: Municipality) -> None:
    """Rows with awkward values, gaps in the ids, an audit log, files, and derived files."""
    with inside(municipality), transaction.atomic():
        root = Category.objects.create(name="Bildung", color="#00519e")
        child = Category.objects.create(name="Sprachen", parent=root)
        District.objects.create(
            name="Nord",
            latitude=0.1 + 0.2,
            longitude=1e-7,
            outline={"type": "Polygon", "coordinates": [], "x": [None, 1.5, "ü"]},
        )
        Marker.objects.create(name="gelöscht").delete()
        user = User.objects.create_user(f"eva@{municipality.slug}.example", "x" * 12, roles=["editor", "admin"])
        for number in range(5):
            offer = an_offer(title=f"Kurs {number}", summary=AWKWARD, categories=[child], languages=["de", "tr"])
            record("create", offer, by=user, changes={"title": [None, AWKWARD]})
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (at, actor, action, target_type, target_id, target, changes, previous_hash, "
                "entry_hash) VALUES (now(), 'test', 'x', 'x', '', '', 'null', '', '')"
            )
        default_storage.save("theme/logo.svg", ContentFile(b"<svg/>"))
        default_storage.save("providerimage/größe 1.webp", ContentFile(bytes(range(256)) * 5000))
        default_storage.save("leer.txt", ContentFile(b""))
        default_storage.save("abgeleitet/320/theme/logo.svg.webp", ContentFile(b"derived"))


def rows_of(schema: str) -> dict[str, list[str]]:
    """Every row of every table as its JSON, and where the sequences stand."""
    with snapshot() as link:
        found = {}
        for table in catalogue.tables(link, schema):
            with link.cursor() as cursor, cursor.copy(table.lines()) as copy:
                found[table.name] = [bytes(line).decode() for line in copy]
        positions = catalogue.sequences(link, schema)
        found["sequences"] = [f"{column} {last} {given}" for column, (_name, last, given) in positions.items()]
    return found


def files_of(schema: str) -> dict[str, bytes]:
    """Every file that is not derived."""
    return {found.name: b"".join(files().pieces(schema, found.name)) for found in kept_files(schema)}
