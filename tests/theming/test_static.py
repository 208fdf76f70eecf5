"""The files as production serves them: collected, hashed, compressed."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

# gzipped bytes; fonts are counted as they are. The whole first view must stay below 100 KB.
BUDGET = {"css": 24_000, "js": 20_000, "svg": 8_000, "woff2": 32_000}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("static")
    kept = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": kept}, STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root / "theming"


def test_every_file_a_style_sheet_names_is_there(collected: Path) -> None:
    base = next(collected.glob("base.*.css")).read_text()
    assert 'url("vendor/fira-sans-400-latin.' in base
    assert base.count("url(") == base.count(".woff2")


def size(files: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def test_the_first_view_keeps_the_budget(collected: Path) -> None:
    vendor = collected / "vendor"
    parts = {
        "css": [next(collected.glob(f"{name}.*.css")) for name in ("base", "parts", "forms")]
        + [next(vendor.glob("kern.*.css"))],
        "js": [next(collected.glob("app.*.js")), next(vendor.glob("htmx.min.*.js"))],
        "svg": [next(vendor.glob("icons.*.svg"))],
        "woff2": [next(vendor.glob(f"fira-sans-{weight}-latin.*.woff2")) for weight in (400, 600)],
    }
    for kind, files in parts.items():
        assert size(files) <= BUDGET[kind], kind
