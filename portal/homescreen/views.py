"""What browsers fetch to install the portal, and the page they show without a connection."""

import hashlib
import json
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.homescreen.manifest import TYPE, manifest
from portal.homescreen.sharing import own_path, words_of
from tenants.running.changes import remembered
from theming import symbol
from theming.head import site_url
from theming.services import current_theme

WORKER = Path(__file__).parent / "worker" / "worker.js"


@require_safe
@allow(Role.VISITOR)
def show_manifest(request: HttpRequest) -> HttpResponse:
    """The name, colours and symbols of the municipality's portal."""
    body = json.dumps(manifest(current_theme()), ensure_ascii=False)
    return HttpResponse(body, content_type=TYPE)


@require_safe
@allow(Role.VISITOR)
def show_symbol(request: HttpRequest, size: str, edge: str) -> HttpResponse:
    """The symbol in one size; drawn again when the look changes."""

    def drawn() -> bytes:
        return symbol.draw(current_theme(), int(size), maskable=bool(edge))

    body = remembered(f"homescreen.{size}{edge}", drawn, rooms=("theming",))
    return HttpResponse(body, content_type="image/png")


@cache
def release() -> str:
    """Another word for each release: of the program, of what its pages load, and of the worker itself."""
    parts: Any = (version_of("chancenportal"), getattr(staticfiles_storage, "manifest_hash", ""), _worker())
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


@cache
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")


@require_safe
@allow(Role.VISITOR)
def show_worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Browsers compare it byte by byte: a new release is a new one."""
    body = _worker().replace("@RELEASE@", release())
    return HttpResponse(body, content_type="text/javascript; charset=utf-8")


@require_safe
@allow(Role.VISITOR)
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the worker where there is no connection; its lists are drawn from what the browser kept."""
    return render(request, "homescreen/offline.html", {"crumbs": [{"label": _("No connection"), "url": ""}]})


@require_safe
@allow(Role.VISITOR)
def share(request: HttpRequest) -> HttpResponse:
    """Where phones send what somebody shares: a page of ours, or words to search for."""
    texts = [request.GET.get(name, "") for name in ("url", "text", "title")]
    hosts = {request.get_host().lower(), site_url(request).split("://", 1)[1].lower()}
    path = own_path(texts, hosts)
    if path and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return redirect(path)
    words = words_of(texts[1:])
    return redirect(f"/angebote/?{urlencode({'q': words})}" if words else "/angebote/")
