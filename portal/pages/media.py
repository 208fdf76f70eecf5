"""`/media/…`: the files of this municipality, and of no other."""

import hashlib
import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.models import PRIVATE_FILES
from theming.images import DERIVED, write_scaled

# As core.models.upload_name makes them, and no part may begin with a dot: nothing leads out of the folder.
NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}/){0,4}[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")
# A narrower copy of a picture: made when it is first asked for.
COPY = re.compile(rf"{DERIVED}/(?P<width>[0-9]{{3,4}})/(?P<name>.+)\.webp")
# Names are random and never reused (core.models.upload_name): a file never changes under its name.
FOR_EVER = "public, max-age=31536000, immutable"
# What may be shown in the page; anything else is offered as a download, so that it can never run on our host.
SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# An SVG opened by its own address may neither run scripts nor load anything.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file. A name that is none of ours, a folder and another municipality's file are simply not there."""
    copy = COPY.fullmatch(path)
    if not NAME.fullmatch(path) or _is_private(path) or (copy and _is_private(copy["name"])):
        raise Http404
    if copy and not write_scaled(copy["name"], int(copy["width"])):
        raise Http404
    response = _not_modified(request, path) or _whole(path)
    suffix = PurePosixPath(path).suffix.lower()
    response["Cache-Control"], response["ETag"] = FOR_EVER, _tag(path)
    response["X-Content-Type-Options"] = "nosniff"
    if suffix in SHOWN:
        response["Content-Type"] = SHOWN[suffix]
    else:
        response["Content-Type"] = "application/octet-stream"
        response["Content-Disposition"] = "attachment"
    if suffix == ".svg":
        response["Content-Security-Policy"] = SANDBOX
    return response


def _is_private(path: str) -> bool:
    return path.startswith(f"{PRIVATE_FILES}/")


def _whole(path: str) -> FileResponse:
    try:
        written, file = default_storage.get_modified_time(path), default_storage.open(path)
    except (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError):
        raise Http404 from None
    return FileResponse(file, headers={"Last-Modified": http_date(written.timestamp())})


def _tag(path: str) -> str:
    """The name says all: another file has another one."""
    return f'"{hashlib.blake2b(path.encode(), digest_size=12).hexdigest()}"'


def _not_modified(request: HttpRequest, path: str) -> HttpResponseBase | None:
    """The answer for somebody who has the file already and asks whether it is still there."""
    return get_conditional_response(request, _tag(path)) if default_storage.exists(path) else None
