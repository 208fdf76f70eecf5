"""Failed jobs: what failed where, trying again, dropping. Each button is also `manage failed_jobs`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from core.ordering import name_key
from health.rows import queues
from health.showing import whole
from health.views.common import page
from jobs.failed import MOST, described, drop, failed, kinds, retry, room_of
from jobs.models import QueuedJob
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import PUBLIC

PER_PAGE = 50
LONGEST = 128


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose jobs (a short name, or “public” for the platform's own) and which kind."""

    place: str = ""
    task: str = ""

    @property
    def query(self) -> str:
        """The same question as parameters."""
        return urlencode({name: value for name, value in (("kommune", self.place), ("auftrag", self.task)) if value})

    @property
    def jobs(self) -> "QuerySet[QueuedJob]":
        """The jobs themselves. A municipality's short name is its schema's name."""
        return failed(schema_name=self.place, task=self.task)


def _understood(given: Mapping[str, str]) -> Asked:
    return Asked(*(given.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("kommune", "auftrag")))


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """Those that fit, the newest first, with what may be done to one and to all that fit."""
    asked = _understood(request.GET)
    shown = Paginator(asked.jobs, PER_PAGE).get_page(request.GET.get("seite"))
    names = dict(Municipality.objects.order_by().values_list("schema_name", "name"))
    number = shown.paginator.count
    context = {
        "asked": asked,
        "number": number,
        "heading": _number(number),
        "page": shown,
        "jobs": [{"it": job, "place": names.get(job.schema_name, "")} for job in described(shown)],
        "selects": _selects(asked, names),
        "most": MOST,
        "too_many": number > MOST,
        "here": f"{reverse('health:failed')}?{asked.query}" if asked.query else reverse("health:failed"),
    }
    return page(request, "health/failed.html", context, crumbs=[(_("Failed jobs"), "")])


def _number(number: int) -> str:
    return ngettext("%(number)s failed job", "%(number)s failed jobs", number) % {"number": whole(number)}


def _selects(asked: Asked, names: dict[str, str]) -> list[dict[str, Any]]:
    everything = ("", pgettext("no filter chosen", "all"), False)
    numbers = {schema: queue.failed for schema, queue in queues().items() if queue.failed}
    places = sorted(numbers, key=lambda schema: name_key(names.get(schema, "")))
    return [
        {
            "name": "kommune",
            "label": _("Municipality"),
            "options": [
                everything,
                *((each, f"{_place(each, names)} ({whole(numbers[each])})", asked.place == each) for each in places),
            ],
        },
        {
            "name": "auftrag",
            "label": _("Job"),
            "options": [
                everything,
                *((task, f"{room_of(task)}: {task} ({whole(n)})", asked.task == task) for task, n in kinds()),
            ],
        },
    ]


def _place(schema_name: str, names: dict[str, str]) -> str:
    return _("Platform") if schema_name == PUBLIC else names.get(schema_name, schema_name)


def _back(request: HttpRequest, asked: Asked) -> HttpResponse:
    """To where the button stood: the page of a municipality, or the list with its filters."""
    slug = request.POST.get("zurueck", "")
    if slug and Municipality.objects.filter(slug=slug).exists():
        return redirect("health:one", slug=slug)
    return redirect(f"{reverse('health:failed')}?{asked.query}" if asked.query else reverse("health:failed"))


def _retry(request: HttpRequest, jobs: "QuerySet[QueuedJob]", asked: Asked) -> HttpResponse:
    try:
        again, left = retry(jobs, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
        return _back(request, asked)
    if again:
        text = ngettext("%(number)s job is tried again.", "%(number)s jobs are tried again.", again)
        messages.success(request, text % {"number": whole(again)})
    if left:
        text = ngettext(
            "%(number)s job was left: one like it is waiting already. Drop it.",
            "%(number)s jobs were left: others like them are waiting already. Drop them.",
            left,
        )
        messages.warning(request, text % {"number": whole(left)})
    if not again and not left:
        messages.info(request, _("There was nothing to try again: somebody was faster."))
    return _back(request, asked)


@require_POST
@allow(Role.OPERATOR)
def retry_all(request: HttpRequest) -> HttpResponse:
    """Try all again that fit the filters, the newest first, so many at once."""
    asked = _understood(request.POST)
    return _retry(request, asked.jobs, asked)


@require_POST
@allow(Role.OPERATOR)
def retry_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one again."""
    jobs = failed().filter(pk=pk)
    _must_exist(jobs)
    return _retry(request, jobs, _understood(request.POST))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def drop_all(request: HttpRequest) -> HttpResponse:
    """Say what dropping all that fit the filters means; then do it."""
    asked = _understood(request.POST if request.method == "POST" else request.GET)
    return _drop(request, asked.jobs, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def drop_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for one."""
    jobs = failed().filter(pk=pk)
    _must_exist(jobs)
    return _drop(request, jobs, _understood(request.POST if request.method == "POST" else request.GET))


def _must_exist(jobs: "QuerySet[QueuedJob]") -> None:
    if not jobs.exists():
        raise Http404


def _drop(request: HttpRequest, jobs: "QuerySet[QueuedJob]", asked: Asked) -> HttpResponse:
    if request.method == "POST":
        dropped = drop(jobs, by=request.user)
        text = ngettext("%(number)s job was dropped.", "%(number)s jobs were dropped.", dropped)
        messages.success(request, text % {"number": whole(dropped)})
        return _back(request, asked)
    number = jobs.count()
    context = {
        "asked": asked,
        "number": min(number, MOST),
        "jobs": described(jobs[:10]),
        "further": max(min(number, MOST) - 10, 0),
        "back": request.GET.get("zurueck", ""),
    }
    crumbs = [(_("Failed jobs"), reverse("health:failed")), (pgettext("failed jobs", "Drop"), "")]
    return page(request, "health/drop.html", context, crumbs=crumbs)
