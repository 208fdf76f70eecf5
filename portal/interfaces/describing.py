"""What the description of the interface says of each address: parameters, answers, refusals.

English, as it is in the checked-in description; the page for people says it in the language of its reader.
"""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema

from portal.interfaces.asking import MOST, USUAL
from portal.interfaces.schema import offers, others, writing
from portal.interfaces.schema.common import Problem
from portal.search.parameters import FARTHEST_KM, OLDEST, WEEKDAYS, Sort

PROBLEM_TYPE = "application/problem+json"


def _query(name: str, about: str, kind: Any = str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=about, **more)


LIMIT = _query("limit", "Results on a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL})
CURSOR = _query("cursor", "Where the page begins: follow “next” instead of making one.")
FIELDS = _query("fields", "Only these fields, separated by commas; the id always comes along.")
FACETS = _query("facets", "1: with the number of offers beside each option.", {"type": "string", "enum": ["0", "1"]})
SINCE = _query(
    "updated_since",
    "What changed since this moment (with its offset) or day, and what went. Give as_of of the answer next time.",
)


def _expand(*names: str) -> OpenApiParameter:
    return _query("expand", f"Put these into each result, separated by commas: {', '.join(names)}.")


def _ids(name: str, about: str) -> OpenApiParameter:
    return _query(name, about, {"type": "array", "items": {"type": "integer"}})


def _flag(name: str, about: str) -> OpenApiParameter:
    return _query(name, about, {"type": "string", "enum": ["1"]})


SEARCH = [
    _query("q", "Words, understood as on the portal."),
    _ids("kategorie", "Topics, by id; several mean any of them, those below included."),
    _ids("zielgruppe", "Target groups, by id."),
    _ids("ortsteil", "Districts, by id."),
    _query("ort", "A postcode, place or district, with umkreis."),
    _query("umkreis", "Kilometres around ort.", {"type": "integer", "minimum": 1, "maximum": FARTHEST_KM}),
    _query("von", "First day, as 2026-11-30.", {"type": "string", "format": "date"}),
    _query("bis", "Last day.", {"type": "string", "format": "date"}),
    _query("wochentag", "Days of the week.", {"type": "array", "items": {"type": "string", "enum": list(WEEKDAYS)}}),
    _query("ab", "Begins at this time or later, as 17:00."),
    _query("bis_uhr", "Ends at this time or earlier."),
    _query("alter", "For somebody of this age.", {"type": "integer", "minimum": 0, "maximum": OLDEST}),
    _flag("kostenfrei", "Free of charge."),
    _flag("barrierefrei", "Barrier-free."),
    _flag("engagement", "With volunteering."),
    _flag("online", "Can be joined online."),
    _query("sprache_angebot", "Held in this language, as ISO 639."),
    _query("angabe", "Answers to the municipality's own questions.", {"type": "array", "items": {"type": "string"}}),
    _flag("woertlich", "All words as they stand, none as a filter."),
    _query("ausschnitt", "A part of the map, as in the addresses of the portal."),
    _query("sortierung", "The order.", {"type": "string", "enum": [str(each.value) for each in Sort]}),
]
KEY = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"}, OpenApiParameter.HEADER,
    description="Any name for this request: sent once more within a day, it gets the same answer and does nothing.",
)  # fmt: skip
NUMBER = OpenApiParameter("id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH, description="Its id.")


def _operation(
    name: str,
    tag: str,
    summary: str,
    answer: Any,
    *parameters: OpenApiParameter,
    refusals: tuple[int, ...] = (400, 429),
) -> Any:
    problems = {(status, PROBLEM_TYPE): Problem for status in refusals}
    return extend_schema(
        operation_id=name,
        tags=[tag],
        summary=summary,
        parameters=list(parameters),
        responses={(200, "application/json"): answer, **problems},
    )


def _writing(name: str, summary: str, given: Any, *parameters: OpenApiParameter, new: bool = False) -> Any:
    refusals = (400, 401, 403, *((404,) if parameters[1:] else ()), 409, *((411, 413, 415, 422) if given else ()), 429)
    answers = {(status, "application/json"): writing.Standing for status in ((200, 201) if new else (200,))}
    return extend_schema(
        operation_id=name,
        tags=["offers"],
        summary=summary,
        parameters=list(parameters),
        request={"application/json": given} if given else None,
        responses={**answers, **{(status, PROBLEM_TYPE): writing.Refusal for status in refusals}},
    )


_ONE, _GONE = (400, 404, 429), (400, 404, 410, 429)
hidden = extend_schema(exclude=True)
root = _operation("root", "root", "What there is, and the licence", others.Root, refusals=(429,))
offers_list = _operation(
    "listOffers", "offers", "Offers, all or found by a search", offers.OfferPage,
    LIMIT, CURSOR, FIELDS, _expand(*offers.EXPANDED), FACETS, SINCE, *SEARCH,
)  # fmt: skip
offer_detail = _operation(
    "getOffer", "offers", "One offer", offers.Offer, NUMBER, FIELDS, _expand(*offers.EXPANDED), refusals=_GONE
)
offer_create = _writing(
    "createOffer", "Create an offer, or replace the one with the same external_id", writing.WrittenOffer, KEY, new=True
)
offer_change = _writing("changeOffer", "Change some fields of an offer", writing.ChangedOffer, KEY, NUMBER)
offer_withdraw = _writing("withdrawOffer", "Put an offer away", None, KEY, NUMBER)
offer_state = extend_schema(
    operation_id="getOfferState",
    tags=["offers"],
    summary="Whether an offer you wrote is public, waits or was given back",
    parameters=[NUMBER],
    responses={
        (200, "application/json"): writing.Standing,
        **{(status, PROBLEM_TYPE): Problem for status in (401, 403, 404, 429)},
    },
)
dates_list = _operation(
    "listDates", "dates", "Coming dates of a search, by day and time", offers.DatePage,
    LIMIT, CURSOR, _expand("offer"), *SEARCH,
)  # fmt: skip
providers_list = _operation(
    "listProviders", "providers", "Organisations, all or with some words", others.ProviderPage,
    LIMIT, CURSOR, FIELDS, SINCE, SEARCH[0],
)  # fmt: skip
provider_detail = _operation(
    "getProvider", "providers", "One organisation", others.Provider, NUMBER, FIELDS, refusals=_ONE
)
categories_list = _operation("listCategories", "categories", "The tree of topics", others.CategoryPage, FIELDS)
groups_list = _operation("listTargetGroups", "target-groups", "Target groups", others.TargetGroupPage, FIELDS)
districts_list = _operation("listDistricts", "districts", "Districts", others.DistrictPage, FIELDS)
pages_list = _operation("listPages", "pages", "Pages of the editors", others.PagePage, FIELDS)
page_detail = _operation("getPage", "pages", "One page with its text", others.WholePage, NUMBER, FIELDS, refusals=_ONE)
