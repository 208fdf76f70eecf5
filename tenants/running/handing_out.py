"""Downloads of files that are for some people only: whoever may have one gets it, and nobody keeps it on the way.

Where files lie in a bucket that browsers reach (`links` in STORAGE_URL), the answer leads there, signed, for a quarter
of an hour: a slow reader then holds none of our threads. Everywhere else the file comes through us. Pictures within
pages always do: a page asks no other host for anything.
"""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase

_HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def handed_out(file: FieldFile, *, name: str, content_type: str = "application/octet-stream") -> HttpResponseBase:
    """A file as a download under this name. Http404 where it is gone. Who may have it was asked before."""
    storage: Any = file.storage
    link = storage.link(str(file.name), file_name=name, content_type=content_type)
    if link is not None:
        return HttpResponseRedirect(link, headers=_HEADERS)
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, as_attachment=True, filename=name, content_type=content_type, headers=_HEADERS)
