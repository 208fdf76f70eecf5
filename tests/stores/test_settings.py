"""STORAGE_URL and STORAGE_OLD_URL: what cannot be meant is refused in a sentence, and no secret stands in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.stores import store, stores

SECRET = "f3a9c1e75b2d40861797"
GOOD = f"s3://portal:{SECRET}@127.0.0.1:8333/chancenportal"
NEAR = {"near_bytes": 0, "near_folder": "/tmp/x"}


def test_a_bucket_its_server_and_what_stands_behind():
    made = store("STORAGE_URL", f"{GOOD}/stadt/a?region=eu-central-1&links=https://files.example.org", NEAR)
    assert made["BACKEND"] == "tenants.running.stores.s3.S3Store"
    assert made["OPTIONS"] == {
        "endpoint_url": "https://127.0.0.1:8333",
        "access_key": "portal",
        "secret_key": SECRET,
        "bucket_name": "chancenportal",
        "location": "stadt/a",
        "region_name": "eu-central-1",
        "links": "https://files.example.org",
        **NEAR,
    }
    escaped = store("STORAGE_URL", "s3://k%40y:a%2Fb%3Fc%23d%40e0123456@[::1]/bucket?secure=0", NEAR)["OPTIONS"]
    assert (escaped["access_key"], escaped["secret_key"]) == ("k@y", "a/b?c#d@e0123456")
    assert (escaped["endpoint_url"], escaped["location"], escaped["region_name"]) == ("http://[::1]", "", "us-east-1")
    assert store("STORAGE_URL", "", NEAR) == store("STORAGE_URL", "disk", NEAR)
    assert store("STORAGE_URL", "", NEAR)["BACKEND"] == "tenants.running.stores.disk.DiskStore"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://portal:geheimgeheim@x/bucket", "must be “disk” or look like"),
        (f"s3://portal:{SECRET}@/bucket", "must be “disk” or look like"),
        (f"s3://portal:{SECRET}@host:port/bucket", "must be “disk” or look like"),
        (f"s3://portal:a#{SECRET}@host/bucket", "must be “disk” or look like"),
        (f"s3://portal:{SECRET}@host/", "3 to 63"),
        (f"s3://portal:{SECRET}@host/Bucket", "3 to 63"),
        (f"s3://portal:{SECRET}@host/bucket/../x", "letters"),
        ("s3://host/bucket", "missing"),
        ("s3://portal@host/bucket", "missing"),
        (f"s3://:{SECRET}@host/bucket", "missing"),
        ("s3://portal:short@host/bucket", "too weak"),
        ("s3://portal:aaaaaaaaaaaaaaaaaaaaaaaa@host/bucket", "too weak"),
        ("s3://minioadmin:minioadmin12345678@host/bucket", "too weak"),
        (f"s3://{SECRET}:{SECRET}@host/bucket", "too weak"),
        (f"{GOOD}?regoin=eu", "regoin"),
        (f"{GOOD}?secure=maybe", "secure is 1"),
        (f"{GOOD}?region=EU%20West", "region is a word"),
        (f"{GOOD}?links=files.example.org", "links is the address"),
        (f"{GOOD}?links=https://files.example.org/a", "links is the address"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_its_secret(url, word):
    with pytest.raises(ImproperlyConfigured) as refused:
        store("STORAGE_URL", url, NEAR)
    said = str(refused.value)
    assert word in said
    assert said.startswith("STORAGE_URL")
    assert SECRET not in said
    assert "minioadmin" not in said


def test_an_old_place_is_another_place():
    made = stores(GOOD, "disk", near_bytes=0, near_folder="/tmp/x")
    assert made["BACKEND"] == "tenants.running.stores.moving.MovingStore"
    assert made["OPTIONS"]["old"] == store("STORAGE_OLD_URL", "disk", NEAR)
    with pytest.raises(ImproperlyConfigured, match="same place"):
        stores(GOOD, GOOD.replace("portal:", "other:"), near_bytes=0, near_folder="/tmp/x")
    with pytest.raises(ImproperlyConfigured, match="STORAGE_OLD_URL"):
        stores("disk", "s3://x", near_bytes=0, near_folder="/tmp/x")


def _start(**variables):
    environ = {**os.environ, "DEMO": "0", "BASE_DOMAIN": "portal.example", "DATABASE_URL": "postgres://x@127.0.0.1/x"}
    command = [sys.executable, "-c", "import django; django.setup(); print('started')"]
    environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", **variables}
    return subprocess.run(
        command, env=environ, cwd=Path(settings.BASE_DIR), capture_output=True, text=True, check=False
    )


def test_nothing_starts_with_a_weak_secret():
    strong = "0123456789abcdefghij" * 3
    for given, word in (
        ({"SECRET_KEY": "kurz"}, "SECRET_KEY has 4 characters"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY consists of 1 different characters"),
        ({"SECRET_KEY": strong, "STORAGE_URL": "s3://portal:portal@host/bucket"}, "the secret is too weak"),
    ):
        done = _start(**given)
        assert done.returncode != 0
        assert word in done.stderr.splitlines()[-1]
        assert "started" not in done.stdout
