"""A file that is no sound export is refused in one line, and nothing was changed."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from tenants.models import Domain, Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.running.storage import folder_of
from tenants.transfer.exporting import export_municipality
from tenants.transfer.restoring import restore_municipality
from tests.conftest import municipality
from tests.tenants.town import furnish

pytestmark = pytest.mark.usefixtures("own_database")


class Forgery:
    """An export taken apart, to be put together again with changes and, unless told otherwise, right checksums."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as zipped:
            self.members = {name: zipped.read(name) for name in zipped.namelist()}
        self.manifest = json.loads(self.members.pop("manifest.json"))
        self.members.pop("checksums.sha256")
        self.extra = []

    def write(self, path, *, sums=None):
        listed = sums or {name: hashlib.sha256(content).hexdigest() for name, content in self.members.items()}
        checksums = "".join(f"{digest}  {name}\n" for name, digest in listed.items()).encode()
        self.manifest["checksums_sha256"] = hashlib.sha256(checksums).hexdigest()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, content in self.members.items():
                zipped.writestr(name, content)
            for entry, content in self.extra:
                zipped.writestr(entry, content)
            zipped.writestr("checksums.sha256", checksums)
            zipped.writestr("manifest.json", json.dumps(self.manifest))

    def row(self, table, change):
        """Change the first row of a table."""
        name = f"tables/{table}.jsonl"
        first, *rest = self.members[name].splitlines(keepends=True)
        row = json.loads(first)
        change(row)
        self.members[name] = b"".join([json.dumps(row).encode() + b"\n", *rest])


def _rename(forgery, old, new):
    forgery.members = {new if name == old else name: content for name, content in forgery.members.items()}


def _link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry


def _extra_table(forgery):
    forgery.members["tables/zz_evil.jsonl"] = b'{"id": 1}\n'
    forgery.manifest["tables"]["zz_evil"] = {"rows": 1, "columns": {"id": "bigint"}}


def _sql_table(forgery):
    name = 'x"; DROP TABLE accounts_user; --'
    forgery.members[f"tables/{name}.jsonl"] = b"{}\n"
    forgery.manifest["tables"][name] = {"rows": 1, "columns": {}}


def _no_table(forgery):
    del forgery.members["tables/offers_offer.jsonl"]
    del forgery.manifest["tables"]["offers_offer"]


def _column(forgery):
    forgery.manifest["tables"]["offers_offer"]["columns"]["evil"] = "text"


def _newer(forgery):
    forgery.manifest["migrations"].append(["offers", "9999_of_tomorrow"])


def _gap(forgery):
    forgery.manifest["migrations"].remove(["offers", "0001_initial"])


LOGO = "media/theme/logo.svg"
# What is done to the export, and a word of the refusal.
FORGERIES = {
    "a path out of the folder": (lambda f: _rename(f, LOGO, "media/../../evil.svg"), "evil"),
    "an absolute path": (lambda f: _rename(f, LOGO, "/etc/evil"), "evil"),
    "a hidden mark": (lambda f: _rename(f, LOGO, "media/.being-made"), "being-made"),
    "a drive": (lambda f: _rename(f, LOGO, "media/C:evil"), "evil"),
    "a link": (lambda f: f.extra.append((_link("media/link"), "/etc/passwd")), "media/link"),
    "a member nobody listed": (lambda f: f.extra.append(("media/more.svg", "x")), "checksums"),
    "a member of another kind": (lambda f: f.extra.append(("setup.py", "x")), "setup.py"),
    "a bomb": (lambda f: f.members.update({"media/bomb": b"\0" * 250_000_000}), "far more|weit mehr"),
    "an extra table": (_extra_table, "zz_evil"),
    "SQL for a name": (_sql_table, "DROP"),
    "a missing table": (_no_table, "offers_offer"),
    "an extra column": (_column, "offers_offer"),
    "a newer release": (_newer, "9999_of_tomorrow"),
    "a release that never was": (_gap, "gaps|Lücken"),
    "a row with another column": (lambda f: f.row("offers_offer", lambda row: row.update(evil=1)), "offers_offer"),
    "a row that lacks one": (lambda f: f.row("offers_offer", lambda row: row.pop("title")), "offers_offer"),
    "a word for a number": (lambda f: f.row("offers_offer", lambda row: row.update(id="x'; DROP")), "offers_offer"),
    "a text too long": (lambda f: f.row("taxonomy_category", lambda row: row.update(name="x" * 999)), "taxonomy"),
    "a key to nowhere": (lambda f: f.row("offers_offer", lambda row: row.update(provider_id=99)), "provider"),
    "a NUL": (lambda f: f.row("offers_offer", lambda row: row.update(title="\0")), "offers_offer"),
    "no JSON": (lambda f: f.members.update({"tables/offers_offer.jsonl": b"\xff\xfe{\n"}), "offers_offer"),
    "a deep nest": (lambda f: f.members.update({"tables/offers_offer.jsonl": b"[" * 99999 + b"\n"}), "offers_offer"),
    "rows too few": (lambda f: f.members.update({"tables/offers_offer.jsonl": b""}), "offers_offer"),
    "another format": (lambda f: f.manifest.update(format="zip"), "manifest.json"),
    "a later version": (lambda f: f.manifest.update(version=2), "format|Format"),
    "no slug": (lambda f: f.manifest.pop("slug"), "slug"),
    "a slug of SQL": (lambda f: f.manifest.update(slug='x"; DROP SCHEMA public; --'), "DROP"),
    "a huge name": (lambda f: f.manifest.update(name="x" * 500_000), "200"),
    "a name of two lines": (lambda f: f.manifest.update(name="a\nb"), "--name"),
    "a manifest of 10 MB": (lambda f: f.manifest.update(release="x" * 10_000_000), "manifest.json"),
    "no domain": (lambda f: f.manifest.update(domains=[]), "domains"),
    "a number for a domain": (lambda f: f.manifest.update(domains=[{"domain": 1, "is_primary": True}]), "domains"),
    "an unknown state": (lambda f: f.manifest.update(state="x"), "state"),
    "a sequence of text": (lambda f: f.manifest["sequences"].update({"offers_offer.id": ["x", True]}), "sequences"),
    "a sequence too many": (lambda f: f.manifest["sequences"].update({"x.id": [1, True]}), "sequences|Zähler"),
    "a sequence at nought": (lambda f: f.manifest["sequences"].update({"offers_offer.id": [0, True]}), "offers_offer"),
}


@pytest.fixture
def exported(tmp_path):
    furnish(municipality("ahausen"))
    path = tmp_path / "ahausen.zip"
    export_municipality("ahausen", path)
    return path


def _state():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace ORDER BY 1")
        schemas = cursor.fetchall()
    with inside_public():
        towns, hosts = list(Municipality.objects.values()), list(Domain.objects.values())
    return schemas, towns, hosts, sorted(str(path) for path in folder_of("x").parent.glob("**/*"))


def _refusal(path, **names):
    try:
        restore_municipality(path, **names)
    except RefusedError as refusal:
        return str(refusal)
    return ""


def _refused(path, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        restore_municipality(path, slug="neu", host="neu.localhost")
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 500


def test_forged_exports_are_refused_and_change_nothing(exported, tmp_path):
    before = _state()
    for name, (change, words) in FORGERIES.items():
        forgery, path = Forgery(exported), tmp_path / "forged.zip"
        change(forgery)
        forgery.write(path)
        own_names = name in {"a slug of SQL", "no domain"}
        said = _refusal(path) if own_names else _refusal(path, slug="neu", host="neu.localhost")
        assert re.search(words, said), (name, said)
        assert "\n" not in said, name
        assert len(said) < 500, name
        assert _state() == before, name
    assert not (tmp_path.parent / "evil.svg").exists()


def test_a_sound_copy_of_an_export_is_taken(exported, tmp_path):
    Forgery(exported).write(tmp_path / "copy.zip")
    assert restore_municipality(tmp_path / "copy.zip", slug="neu", host="neu.localhost").files == 3


def _encrypted(whole):
    """The first entry of the zip's table of contents says that it needs a password."""
    flags = whole.index(b"PK\x01\x02") + 8
    return whole[:flags] + bytes([whole[flags] | 1]) + whole[flags + 1 :]


def test_damaged_files_are_refused_and_change_nothing(exported, tmp_path):
    before, whole, path = _state(), exported.read_bytes(), tmp_path / "damaged.zip"
    forgery = Forgery(exported)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in forgery.members.items()}
    forgery.write(path, sums={**sums, LOGO: "0" * 64})
    _refused(path, "logo")
    forgery.extra.append((LOGO, b"<svg/>"))
    with pytest.warns(UserWarning, match="Duplicate"):
        forgery.write(path)
    _refused(path, "logo")
    middle = whole.index(b"media/providerimage") + 200_000
    for damaged in (
        b"",
        b"Hello",
        whole[: len(whole) // 2],
        whole[:-30],
        whole[:middle] + bytes(64) + whole[middle + 64 :],
        _encrypted(whole),
    ):
        path.write_bytes(damaged)
        _refused(path, "zip|beschädigt|damaged|gehört|belong")
    with zipfile.ZipFile(path, "w") as foreign:
        foreign.writestr("word/document.xml", "<x/>")
    _refused(path, "document.xml")
    with zipfile.ZipFile(path, "w") as foreign:
        foreign.writestr("manifest.json", "[" * 100_000)
    _refused(path, "manifest.json")
    _refused(Path("/gibt/es/nicht.zip"), "nicht.zip")
    _refused(tmp_path, str(tmp_path.name))
    assert _state() == before
