"""What an S3 server answers, told as Python tells of files: missing, or no usable answer and why."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
)
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError

from tenants.running.stores.trouble import StoreError

_MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
_KEY = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "403", "Forbidden", "InvalidClientTokenId"})  # fmt: skip
_CLOCK = frozenset({"RequestTimeTooSkewed", "RequestExpired"})
_FULL = frozenset({"InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "507", "ServiceQuotaExceededException", "EntityTooLarge"})  # fmt: skip
_BUSY = frozenset({"SlowDown", "ServiceUnavailable", "503", "TooManyRequests", "429", "RequestLimitExceeded"})


@contextmanager
def asking(name: str = "") -> Iterator[None]:
    """Around questions to the server. FileNotFoundError where it has no such file, StoreError for all other trouble."""
    try:
        yield
    except ClientError as error:
        raise _told(error, name) from error
    except (ConnectTimeoutError, ReadTimeoutError) as error:
        raise StoreError(_("The S3 server does not answer in time."), errno.ETIMEDOUT) from error
    except EndpointConnectionError as error:
        raise StoreError(_("The S3 server cannot be reached."), errno.ECONNREFUSED) from error
    except (HTTPClientError, HTTPError, BotoCoreError) as error:
        text = _("The S3 server broke off: %(kind)s.") % {"kind": type(error).__name__}
        raise StoreError(text) from error


def _told(error: ClientError, name: str) -> OSError:
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code in _MISSING:
        return FileNotFoundError(errno.ENOENT, "No such file", name)
    if code == "NoSuchBucket":
        return StoreError(_("The S3 server has no such bucket as STORAGE_URL names."))
    if code in _KEY:
        return StoreError(_("The S3 server refuses the key of STORAGE_URL (%(code)s).") % {"code": code}, errno.EACCES)
    if code in _CLOCK:
        return StoreError(_("The clocks of this machine and of the S3 server differ too much: set them by NTP."))
    if code in _FULL:
        return StoreError(_("The S3 server has no room left (%(code)s).") % {"code": code}, errno.ENOSPC)
    if code in _BUSY:
        return StoreError(_("The S3 server is overloaded (%(code)s).") % {"code": code}, errno.EBUSY)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return StoreError(_("The S3 server answers with an error (%(code)s).") % {"code": code or status})


def is_taken(error: ClientError) -> bool:
    """Whether the server refused to write over something (If-None-Match)."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    return code in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
