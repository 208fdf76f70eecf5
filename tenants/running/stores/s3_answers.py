"""What an S3 server answers, told as Python tells of files: missing, or no usable answer and why."""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from urllib3.exceptions import HTTPError

from tenants.running.stores.trouble import StoreError

# Seconds that servers bear; Amazon says a quarter of an hour.
_MOST_APART = 14 * 60
_MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
_KEY = "InvalidAccessKeyId SignatureDoesNotMatch AccessDenied InvalidClientTokenId Forbidden 403"
_FULL = "InsufficientStorage QuotaExceeded XMinioStorageFull XMinioAdminBucketQuotaExceeded 507"
_BUSY = "SlowDown ServiceUnavailable TooManyRequests RequestLimitExceeded 503 429"
# What servers call it, what we say, and what a disk would call it.
_TOLD: tuple[tuple[str, str, int], ...] = (
    (_KEY, gettext_noop("The S3 server refuses the key of STORAGE_URL (%(code)s)."), errno.EACCES),
    (_FULL, gettext_noop("The S3 server has no room left (%(code)s)."), errno.ENOSPC),
    (_BUSY, gettext_noop("The S3 server is overloaded (%(code)s)."), errno.EBUSY),
    ("NoSuchBucket", gettext_noop("The S3 server has no such bucket as STORAGE_URL names (%(code)s)."), errno.EIO),
    (
        "RequestTimeTooSkewed RequestExpired",
        gettext_noop("The clocks of this machine and of the S3 server differ too much (%(code)s): set them by NTP."),
        errno.EIO,
    ),
)


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
    if code in {"403", "Forbidden"} and _hours_apart(error):
        code = "RequestTimeTooSkewed"
    said = {"code": code or error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)}
    for codes, text, number in _TOLD:
        if code in codes.split():
            return StoreError(_(text) % said, number)
    return StoreError(_("The S3 server answers with an error (%(code)s).") % said)


def _hours_apart(error: ClientError) -> bool:
    """Whether a refusal without a reason, as the answer to HEAD, comes from a server with quite another time."""
    said = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        return abs(parsedate_to_datetime(said).timestamp() - time.time()) > _MOST_APART
    except ValueError:
        return False


def is_taken(error: ClientError) -> bool:
    """Whether the server refused to write over something (If-None-Match)."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    return code in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
