"""Files in a bucket of an S3 server, each by one request that stores it whole or not at all.

django-storages gives names, addresses and types; how a file goes and comes is ours, because everything here has an end
(`Deadline`), is compared with its SHA-256, and never writes over another file.

This room alone asks a server past core.outgoing: that one guards against addresses that people give us. The S3 server
is the operator's own, named in the environment, and wants signed requests that boto3 alone makes.
"""

import hashlib
import tempfile
import threading
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from typing import IO, Any

from botocore.exceptions import ClientError
from cachetools import TTLCache
from django.core.files.base import File
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage
from storages.utils import clean_name
from urllib3.exceptions import HTTPError

from tenants.running.folders import Folders
from tenants.running.stores.near import Near
from tenants.running.stores.s3_answers import asking, is_taken
from tenants.running.stores.s3_clients import TRIES, USUAL, Clients
from tenants.running.stores.s3_contents import Contents, Deadline, Facts, Out, gathered
from tenants.running.stores.s3_folders import S3Folders
from tenants.running.stores.trouble import DamagedError, StoreError

CHUNK = 2**18
IN_MEMORY = 8 * 2**20
# How long it is believed that a file is there, for which this process has been told so.
BELIEVED_SECONDS, BELIEVED = 60, 20_000
# Good for clocks that are minutes apart, on a link that somebody follows at once.
LINK_SECONDS = 15 * 60


def _short(size: int, whole: int) -> str:
    return _("The S3 server sent %(size)d of %(whole)d bytes.") % {"size": size, "whole": whole}


class S3Store(S3Storage):  # type: ignore[misc]  # has no types
    """A bucket, or the part of one below `location`. `links`: the address by which browsers reach it, if they may."""

    def __init__(self, *, links: str = "", near_bytes: int = 0, near_folder: str = "", **options: Any) -> None:
        super().__init__(file_overwrite=False, client_config=USUAL, **options)
        self._links = links
        self._near = Near(near_folder, near_bytes)
        self._clients = Clients(self._create_session, str(self.region_name))
        self._believed: TTLCache[str, Facts] = TTLCache(BELIEVED, BELIEVED_SECONDS)
        self._lock = threading.Lock()
        self._out = Out()

    @property
    def connection(self) -> Any:
        """What django-storages asks by; its own makes one a thread."""
        return self._clients.get(str(self.endpoint_url))

    @property
    def client(self) -> Any:
        """boto3's client of the server."""
        return self.connection.meta.client

    def key(self, name: str) -> str:
        """The name as the server has it."""
        return str(self._normalize_name(clean_name(name)))

    # What is known of a file

    def facts(self, name: str) -> Facts:
        """Size, time and hash of a file. FileNotFoundError where there is none."""
        with self._lock:
            known = self._believed.get(name)
        return known or self._asked(name)

    def _asked(self, name: str) -> Facts:
        with self._out.heeded(), asking(name):
            answer = self.client.head_object(Bucket=self.bucket_name, Key=self.key(name))
        return self._believe(name, answer)

    def _believe(self, name: str, answer: Mapping[str, Any]) -> Facts:
        if "ContentLength" not in answer or "LastModified" not in answer:
            raise DamagedError(_("The S3 server gave half an answer."))
        said = answer.get("Metadata", {}).get("sha256", "")
        facts = Facts(int(answer["ContentLength"]), answer["LastModified"], said)
        with self._lock:
            self._believed[name] = facts
        return facts

    def forget(self, name: str) -> None:
        """Believe nothing more of a file."""
        with self._lock:
            self._believed.pop(name, None)
        self._near.drop(name)

    def forget_all(self, schema: str) -> None:
        """The same for all files of a municipality."""
        with self._lock:
            for name in [each for each in self._believed if each.startswith(f"{schema}/")]:
                del self._believed[name]
        self._near.drop_all(schema)

    def exists(self, name: str) -> bool:
        try:
            self.facts(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        return self.facts(name).size

    def get_modified_time(self, name: str) -> datetime:
        return self.facts(name).written

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with self._out.heeded(), asking(name):
            folders, names = super().listdir(name)
        return folders, names

    # Storing and fetching

    def _save(self, name: str, content: "File[Any]") -> str:
        with gathered(content) as whole:
            name = str(clean_name(name))
            while not self._stored(name, whole):
                name = self.get_available_name(name)
        return name

    def _stored(self, name: str, whole: Contents) -> bool:
        """Whether it is stored under this name; False where another file has it."""
        # By its name: what a browser called its kind is no reason to show it as that.
        wanted = self._get_write_parameters(name)
        try:
            with self._out.heeded(), asking(name):
                self._put(name, whole, wanted)
        except OSError as error:
            cause = error.__cause__
            if not isinstance(cause, ClientError) or not is_taken(cause):
                raise
            # Asked twice because the first answer was lost: then it is our own.
            again = cause.response.get("ResponseMetadata", {}).get("RetryAttempts", 0)
            return bool(again) and self._asked(name).sha256 == whole.sha256
        return True

    def _put(self, name: str, whole: Contents, wanted: dict[str, Any]) -> None:
        self.forget(name)
        self.client.put_object(
            Bucket=self.bucket_name,
            Key=self.key(name),
            Body=whole.paced(),
            ContentLength=whole.size,
            ContentMD5=whole.md5,
            Metadata={"sha256": whole.sha256},
            IfNoneMatch="*",
            **wanted,
        )

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        if mode not in {"r", "rb"}:
            raise ValueError("Files of this store are written by save() alone.")
        return File(self._near_copy(name) or self._fetched(name), name=name)

    def _near_copy(self, name: str) -> IO[bytes] | None:
        if not self._near.has(name):
            return None
        try:
            return self._near.copy(name, self.facts(name).size)
        except FileNotFoundError:
            self._near.drop(name)
            raise

    def _fetched(self, name: str) -> IO[bytes]:
        """The whole file on this machine, as it was stored: never half of it, and never for minutes."""
        deadline, trouble = Deadline(), StoreError("")
        for _number in range(TRIES):
            try:
                return self._fetched_once(name, deadline)
            except DamagedError as error:
                trouble = error
                if deadline.is_over():
                    break
        raise trouble

    def _fetched_once(self, name: str, deadline: Deadline) -> IO[bytes]:
        with self._out.heeded(), asking(name):
            answer = self.client.get_object(Bucket=self.bucket_name, Key=self.key(name))
        facts = self._believe(name, answer)
        deadline.grow(facts.size)
        out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - who asked closes it
        try:
            with closing(answer["Body"]) as body:
                self._pour(body, out, facts, deadline)
            out.seek(0)
            self._near.keep(name, out, facts.size)
        except BaseException:
            out.close()
            raise
        return out

    def _pour(self, body: Any, out: IO[bytes], facts: Facts, deadline: Deadline) -> None:
        digest, size = hashlib.sha256(), 0
        # What is there, not so much: a server that says one byte now and then would hold us for ever.
        read = body._raw_stream.read1  # noqa: SLF001 - botocore's own reading waits for the whole piece
        try:
            while piece := read(CHUNK):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
                deadline.check()
        except (HTTPError, TimeoutError, ConnectionError) as error:
            raise DamagedError(_short(size, facts.size)) from error
        if size != facts.size:
            raise DamagedError(_short(size, facts.size))
        if facts.sha256 and digest.hexdigest() != facts.sha256:
            raise DamagedError(_("The S3 server sent other bytes than were stored (SHA-256)."))

    def delete(self, name: str) -> None:
        with self._out.heeded(), asking(name):
            self.client.delete_object(Bucket=self.bucket_name, Key=self.key(name))
        self.forget(name)

    # What this store can besides

    def folders(self) -> Folders:
        """All files of one municipality at once."""
        return S3Folders(self)

    def link(self, name: str, file_name: str, content_type: str) -> str | None:
        """An address by which whoever has it can fetch the file for a quarter of an hour; None where there is none."""
        if not self._links or not self.exists(name):
            return None
        client = self._clients.get(self._links).meta.client
        wanted = {
            "Bucket": self.bucket_name,
            "Key": self.key(name),
            "ResponseContentDisposition": content_disposition_header(True, file_name),
            "ResponseContentType": content_type,
            "ResponseCacheControl": "private, no-store",
        }
        return str(client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=LINK_SECONDS))

    def check(self) -> None:
        """StoreError unless the bucket answers, at once."""
        client = self._clients.get(str(self.endpoint_url), probing=True).meta.client
        try:
            with asking(self.bucket_name):
                client.head_bucket(Bucket=self.bucket_name)
            self._out.over()
        except FileNotFoundError as error:
            raise StoreError(_("The S3 server has no bucket “%(name)s”.") % {"name": self.bucket_name}) from error

    def prepare(self) -> None:
        """Make the bucket where there is none and the key may, then `check`."""
        with asking(self.bucket_name):
            try:
                self.client.head_bucket(Bucket=self.bucket_name)
            except ClientError as error:
                if str(error.response.get("Error", {}).get("Code")) not in {"404", "NoSuchBucket"}:
                    raise
                self.client.create_bucket(Bucket=self.bucket_name)
        self.check()
