"""Where files are kept, from a URL in the environment: on this machine's disk, or in a bucket of an S3 server.

Read before anything else is loaded, so it looks at the text alone; whether the server lets us in is asked by
`manage prepare` (tenants.running.stores.starting).
"""

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DISK: dict[str, Any] = {"BACKEND": "tenants.running.stores.disk.DiskStore"}
S3 = "tenants.running.stores.s3.S3Store"
MOVING = "tenants.running.stores.moving.MovingStore"

SHAPE = "s3://KEY:SECRET@HOST:PORT/BUCKET"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?:[A-Za-z0-9_-]{1,60}/)*[A-Za-z0-9_-]{1,60}")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
# Whoever guesses it has the files of everybody. Amazon's own have 40 letters, other servers take what one writes.
LEAST_SECRET, LEAST_LETTERS = 16, 6
_KNOWN = ("minioadmin", "password", "secret", "changeme", "change-me", "passwort", "geheim", "example", "beispiel")


def stores(url: str, old_url: str, *, near_bytes: int, near_folder: str) -> dict[str, Any]:
    """The entry `platform` of Django's STORAGES for STORAGE_URL and STORAGE_OLD_URL."""
    near = {"near_bytes": near_bytes, "near_folder": near_folder}
    new = store("STORAGE_URL", url, near)
    if not old_url:
        return new
    old = store("STORAGE_OLD_URL", old_url, near)
    if _place(old) == _place(new):
        raise ImproperlyConfigured("STORAGE_OLD_URL leads to the same place as STORAGE_URL. Unset it.")
    return {"BACKEND": MOVING, "OPTIONS": {"new": new, "old": old}}


def store(name: str, url: str, near: dict[str, Any]) -> dict[str, Any]:
    """One store. ImproperlyConfigured, never with the secret in it, for what cannot be meant."""
    if url in {"", "disk"}:
        return dict(DISK)
    parts, host, port = _address(name, url)
    bucket, _slash, prefix = unquote(parts.path).strip("/").partition("/")
    if not _BUCKET.fullmatch(bucket):
        raise ImproperlyConfigured(
            f"{name}: a bucket's name has 3 to 63 small letters, digits, dots and hyphens. It must look like {SHAPE}."
        )
    if prefix and not _PREFIX.fullmatch(prefix):
        raise ImproperlyConfigured(f"{name}: what follows the bucket may have letters, digits, “_”, “-” and “/” only.")
    chosen = _choices(name, parts.query)
    scheme = "http" if chosen.get("secure") == "0" else "https"
    options = {
        "endpoint_url": f"{scheme}://{host}" + (f":{port}" if port else ""),
        "access_key": unquote(parts.username or ""),
        "secret_key": _secret(name, unquote(parts.username or ""), unquote(parts.password or "")),
        "bucket_name": bucket,
        "location": prefix,
        "region_name": chosen.get("region", "us-east-1"),
        "links": chosen.get("links", ""),
        **near,
    }
    return {"BACKEND": S3, "OPTIONS": options}


def _address(name: str, url: str) -> tuple[Any, str, int | None]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        # Without its cause, which quotes the address.
        raise ImproperlyConfigured(f"{name} must be “disk” or look like {SHAPE}.") from (error and None)
    if parts.scheme != "s3" or not host or parts.fragment:
        raise ImproperlyConfigured(
            f"{name} must be “disk” or look like {SHAPE} (a “/”, “#”, “?” or “@” in the secret as %2F, %23, %3F, %40)."
        )
    return parts, f"[{host}]" if ":" in host else host, port


def _choices(name: str, query: str) -> dict[str, str]:
    """What follows the question mark."""
    chosen = {key: values[-1] for key, values in parse_qs(query, keep_blank_values=True).items()}
    if unknown := chosen.keys() - {"region", "secure", "links"}:
        raise ImproperlyConfigured(
            f"{name}: “{min(unknown)}” is not known. After the “?” may stand region, secure and links."
        )
    if chosen.get("secure", "1") not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name}: secure is 1 (with TLS, as usual) or 0 (plain http, in your own network).")
    if not _REGION.fullmatch(chosen.get("region", "us-east-1")):
        raise ImproperlyConfigured(f"{name}: region is a word such as eu-central-1.")
    if links := chosen.get("links", ""):
        parts = urlsplit(links)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ImproperlyConfigured(
                f"{name}: links is the address by which browsers reach the S3 server, such as "
                "https://files.example.org, without a path."
            )
    return chosen


def _secret(name: str, key: str, secret: str) -> str:
    if not key or not secret:
        raise ImproperlyConfigured(f"{name}: the key or its secret is missing. It must look like {SHAPE}.")
    known = any(word in secret.lower() for word in _KNOWN)
    if len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_LETTERS or secret == key or known:
        raise ImproperlyConfigured(
            f"{name}: the secret is too weak. It needs {LEAST_SECRET} characters that nobody guesses, for example "
            "from `openssl rand -hex 20`, and the same on the S3 server."
        )
    return secret


def _place(entry: dict[str, Any]) -> tuple[str, ...]:
    options = entry.get("OPTIONS", {})
    return tuple(str(options.get(each, "")) for each in ("endpoint_url", "bucket_name", "location"))
