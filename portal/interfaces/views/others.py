"""Providers, topics, target groups, districts and pages; the entrance and the description of all."""

from bisect import bisect_right
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import is_valid_path, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from neighbours.showing import around
from portal.interfaces import changes, others
from portal.interfaces.answering import Reading, RefusedError, base_of, json_answer
from portal.interfaces.asking import OWN, SINCE, Asked, asked, make_cursor
from portal.interfaces.describing import (
    categories_list,
    districts_list,
    groups_list,
    hidden,
    page_detail,
    pages_list,
    provider_detail,
    providers_list,
    root,
)
from portal.interfaces.licences import licence_record
from portal.interfaces.models import Kind
from portal.interfaces.records import Record, moment
from portal.interfaces.schema.others import CATEGORY_FIELDS, DISTRICT_FIELDS, GROUP_FIELDS, PAGE_FIELDS, PROVIDER_FIELDS
from portal.interfaces.views.offers import MOST_NUMBER, next_url, refuse_search
from portal.pages.models import Page
from portal.pages.views import text_of
from portal.providers.models import Provider
from portal.search.parameters import Known, parse
from portal.search.providers import Known as Named
from portal.search.providers import place_of, ranked_providers
from portal.taxonomy.tree import load_tree
from tenants.running.hosts import municipality_of

SCHEMA = Path(__file__).parents[1] / "openapi.json"
PROVIDERS = "providers"
LISTS = ("offers", "dates", "providers", "categories", "target-groups", "districts", "pages")
_WITHOUT_PAGES = OWN - {"cursor", "limit", "expand", SINCE, "facets"}


class Root(Reading):
    """What there is, and under which terms."""

    @root
    def get(self, request: Any) -> HttpResponse:
        """Addresses of the lists, the licence, the publisher."""
        base, here = base_of(request), municipality_of(request).id
        lists = {name.replace("-", "_"): f"{base}/api/v1/{name}/" for name in LISTS}
        return json_answer(
            {
                "publisher": municipality_of(request).name,
                "licence": licence_record(),
                "documentation": f"{base}/api/",
                "openapi": f"{base}/api/v1/openapi.json",
                "downloads": f"{base}/daten/",
                **lists,
                "members": [
                    {"name": town.name, "api": f"{town.address}api/v1/"}
                    for town in around().roof.towns
                    if town.number != here
                ],
            }
        )


class Schema(Reading):
    """The description of the interface as it is checked in."""

    @hidden
    def get(self, request: Any) -> HttpResponse:
        """OpenAPI 3.1."""
        return HttpResponse(SCHEMA.read_bytes(), content_type="application/vnd.oai.openapi+json;version=3.1")


class Missing(Reading):
    """Whatever else somebody asks for below the interface, in whatever way."""

    http_method_names = ("get", "head", "options", "post", "put", "patch", "delete")

    @hidden
    def get(self, request: Any, path: str = "") -> HttpResponse:
        """A problem, no page. Most who land here left out the slash at the end, or have one too many."""
        meant = request.path[:-1] if request.path.endswith("/") else f"{request.path}/"
        if is_valid_path(meant) and resolve(meant).func != request.resolver_match.func:
            raise RefusedError(404, _("This address is written so: %(address)s") % {"address": meant})
        raise Http404

    post = put = patch = delete = get


class ProviderList(Reading):
    """All public organisations, or those that have some words."""

    @providers_list
    def get(self, request: Any) -> HttpResponse:
        """As the list of the portal has them."""
        changing = SINCE in request.GET
        wanted = asked(
            request.GET,
            fields=PROVIDER_FIELDS,
            cursor=changes.CURSOR if changing else PROVIDERS,
            may=OWN - {"expand", "facets"},
        )
        return self._found(request, wanted) if wanted.since is None else self._changed(request, wanted, wanted.since)

    def _found(self, request: Any, wanted: Asked) -> HttpResponse:
        query, ignored = parse(wanted.search, Known())
        ranked = ranked_providers(query.text)
        first = bisect_right(ranked, _place_in(wanted), key=place_of) if wanted.cursor is not None else 0
        page = [each.id for _later, each in ranked[first : first + wanted.limit]]
        following = first + len(page)
        cursor = _cursor_after(ranked[following - 1]) if page and following < len(ranked) else ""
        told = _told(request, page)
        return json_answer(
            {
                "total": len(ranked),
                "next": next_url(request, cursor),
                "ignored": [{"name": each.name[:80], "value": each.short_value} for each in ignored],
                "results": [wanted.shown(told[pk]) for pk in page if pk in told],
            }
        )

    def _changed(self, request: Any, wanted: Asked, since: datetime) -> HttpResponse:
        refuse_search(wanted)
        safe = changes.as_of()
        found, cursor = changes.changed_since(Kind.PROVIDER, wanted, since, now=timezone.now())
        told = _told(request, [each.pk for each in found if not each.gone])
        results = [
            wanted.shown(told[each.pk])
            if each.pk in told
            else {"id": each.pk, "deleted": True, "reason": "withdrawn", "at": moment(each.moment)}
            for each in found
        ]
        return json_answer({"as_of": moment(safe), "next": next_url(request, cursor), "results": results})


def _cursor_after(ranked: tuple[bool, Named]) -> str:
    """Its place by what they are ordered by, wherever it stands by then."""
    later, name, pk = place_of(ranked)
    return make_cursor(PROVIDERS, o=int(later), n=name, l=pk)


def _place_in(wanted: Asked) -> tuple[bool, str, int]:
    return bool(wanted.at("o", int)), wanted.at("n", str), wanted.at("l", int)


def _told(request: Any, ids: list[int]) -> dict[int, Record]:
    base = base_of(request)
    rows = others.with_parts(Provider.objects.public().filter(pk__in=ids))
    return {row.pk: others.provider_record(row, base) for row in rows}


class ProviderDetail(Reading):
    """One organisation."""

    @provider_detail
    def get(self, request: Any, pk: int) -> HttpResponse:
        """What its profile shows."""
        wanted = asked(request.GET, fields=PROVIDER_FIELDS, may=("fields",))
        if pk >= MOST_NUMBER or pk not in (told := _told(request, [pk])):
            raise Http404
        return json_answer(wanted.shown(told[pk]))


def _whole(request: Any, records: list[Record], fields: tuple[str, ...]) -> HttpResponse:
    """A short list at once."""
    wanted = asked(request.GET, fields=fields, may=_WITHOUT_PAGES)
    results = [wanted.shown(record) for record in records]
    return json_answer({"total": len(results), "next": None, "results": results})


class CategoryList(Reading):
    """The tree of topics."""

    @categories_list
    def get(self, request: Any) -> HttpResponse:
        """All of them; those that are retired still stand at older offers."""
        return _whole(request, others.categories(load_tree(), base_of(request)), CATEGORY_FIELDS)


class TargetGroupList(Reading):
    """For whom offers are."""

    @groups_list
    def get(self, request: Any) -> HttpResponse:
        """All of them."""
        return _whole(request, others.target_groups(base_of(request)), GROUP_FIELDS)


class DistrictList(Reading):
    """The parts of the town."""

    @districts_list
    def get(self, request: Any) -> HttpResponse:
        """All of them."""
        return _whole(request, others.districts(base_of(request)), DISTRICT_FIELDS)


class PageList(Reading):
    """The editors' pages."""

    @pages_list
    def get(self, request: Any) -> HttpResponse:
        """All public ones, without their text."""
        return _whole(request, others.pages(base_of(request)), PAGE_FIELDS)


class PageDetail(Reading):
    """One page with its text."""

    @page_detail
    def get(self, request: Any, pk: int) -> HttpResponse:
        """What readers see of it, as HTML."""
        wanted = asked(request.GET, fields=(*PAGE_FIELDS, "html"), may=("fields",))
        if pk >= MOST_NUMBER:
            raise Http404
        page = get_object_or_404(Page.objects.public(), pk=pk)
        record = others.page_record(page, base_of(request))
        # Blocks are made ready for a visitor: what has ended or has no content is none of it.
        record["html"] = text_of(page, request)
        return json_answer(wanted.shown(record))
