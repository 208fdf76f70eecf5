"""All files of one municipality in a bucket: what begins with its name and a slash."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from tenants.running.folders import MARK, Found, PlainFolders
from tenants.running.stores.s3_answers import asking
from tenants.running.stores.trouble import StoreError

# As many as one request may name.
_MOST = 1000


class S3Folders(PlainFolders):
    """As by the storage alone, but a thousand names are listed or deleted by one request, and copies stay there."""

    def __init__(self, store: Any) -> None:
        """`store` is an S3Store, which knows us."""
        super().__init__(store)
        self._store = store

    def _keys(self, folder: str) -> Iterator[dict[str, Any]]:
        pages = self._store.client.get_paginator("list_objects_v2")
        # With the slash: the municipality “ahausen” has nothing of “ahausen-west”.
        prefix = f"{self._store.key(folder)}/"
        with asking(folder):
            for page in pages.paginate(Bucket=self._store.bucket_name, Prefix=prefix):
                for each in page.get("Contents", ()):
                    if not each["Key"].endswith("/"):
                        yield {**each, "name": each["Key"].removeprefix(prefix)}

    def schemas(self) -> list[str]:
        # Some servers name a folder for a while when its last file is gone.
        return [name for name in super().schemas() if next(self._keys(name), None)]

    def walk(self, schema: str) -> Iterator[Found]:
        for each in self._keys(schema):
            yield Found(each["name"], int(each["Size"]), int(each["LastModified"].timestamp() * 10**6) * 1000)

    def mark(self, schema: str) -> None:
        # Asked now: another process may have taken it off a moment ago.
        self._store.forget(f"{MARK}/{schema}")
        super().mark(schema)

    def unmark(self, schema: str) -> None:
        self._store.forget(f"{MARK}/{schema}")
        super().unmark(schema)

    def remove(self, schema: str) -> None:
        keys = [each["Key"] for each in self._keys(schema)]
        for start in range(0, len(keys), _MOST):
            self._delete(keys[start : start + _MOST])
        self._store.forget_all(schema)
        self.unmark(schema)

    def _delete(self, keys: list[str]) -> None:
        wanted = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
        with asking():
            answer = self._store.client.delete_objects(Bucket=self._store.bucket_name, Delete=wanted)
        if errors := answer.get("Errors"):
            text = _("The S3 server did not delete %(number)d files (%(code)s).")
            raise StoreError(text % {"number": len(errors), "code": errors[0].get("Code", "")})

    def copy(self, schema: str, name: str, target: str) -> None:
        """On the server, without its coming here."""
        if self._store.exists(f"{target}/{name}"):
            raise FileExistsError(f"{target}/{name}")
        source = {"Bucket": self._store.bucket_name, "Key": self._store.key(f"{schema}/{name}")}
        with suppress(FileNotFoundError), asking(name):
            self._store.client.copy_object(
                Bucket=self._store.bucket_name, Key=self._store.key(f"{target}/{name}"), CopySource=source
            )
