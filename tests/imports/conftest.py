"""A municipality with lists, an organisation with an administrator, and a browser to send tables with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from portal.imports import tasks
from portal.imports.models import Row, Upload
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership, Provider
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.models import Municipality
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.exchange.excel.workbooks import save
from tests.factories import a_provider


def teach(rule: ApprovalRule = ApprovalRule.CHANGES) -> tuple[Provider, User]:
    """Lists, an organisation and its administrator; changes of public offers need approval."""
    Preferences.load()
    Preferences.objects.update(approval=rule)
    leisure = Category.objects.create(name="Freizeit und Kultur")
    Category.objects.create(name="Sport", parent=leisure)
    Category.objects.create(name="Treffpunkte und Feste")
    for name in ("Kinder", "Eltern"):
        TargetGroup.objects.create(name=name)
    District.objects.create(name="Altstadt")
    club = a_provider(name="TSV Ahausen", summary="Turnen und mehr.", email="tsv@ahausen.example")
    helga = User.objects.create_user("helga@ahausen.example", PASSWORD)
    Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
    return club, helga


@dataclass
class Club:
    """What the tests talk about."""

    provider: Provider
    helga: User
    client: Client
    folder: Path

    def send(self, *rows: dict[str, Any], name: str = "angebote.xlsx", content: bytes = b"") -> Upload:
        """Send a table by the form, and let the job read it."""
        content = content or save(self.folder / "a.xlsx", *rows).read_bytes()
        answer = self.client.post("/konto/import/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        upload = Upload.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))
        tasks.read_table(upload=upload.pk)
        tasks.mark_table(upload=upload.pk)
        upload.refresh_from_db()
        return upload

    def take(self, upload: Upload, **sent: Any) -> Upload:
        """Press the button with what is ticked (or what is sent), and let the job write."""
        page = f"/konto/import/{upload.pk}/wahl/"
        answer = self.client.post(page, {"uebernehmen": "1", **sent})
        assert answer.status_code == 302, answer.content.decode()
        tasks.take_table(upload=upload.pk)
        upload.refresh_from_db()
        return upload

    def page(self, upload: Upload, query: str = "") -> str:
        """The page of a table."""
        answer = self.client.get(f"/konto/import/{upload.pk}/{query}")
        assert answer.status_code == 200
        return str(answer.content.decode())


def row_of(upload: Upload, number: int) -> Row:
    """The row of this number in the table."""
    return Row.objects.get(upload=upload, number=number)


@pytest.fixture
def club(ahausen: Municipality, visitor: Callable[[str], Client], tmp_path: Path) -> Iterator[Club]:
    """The test runs inside ahausen, Helga is signed in."""
    with inside(ahausen):
        provider, helga = teach()
        client = visitor("ahausen")
        answer = client.post("/konto/anmelden/", {"login": helga.email, "password": PASSWORD})
        assert answer.status_code == 302
        yield Club(provider, helga, client, tmp_path)
