"""The profile of a provider as one value: everything that belongs to its text, and nothing else."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.html import clean_html
from core.text import slug_of
from portal.media.snapshot import clean_images, set_images, storable_images, take_images
from portal.providers.models import Carrier, Fact, OpeningHours, Provider, ProviderImage, Weekday
from portal.revisions.children import link_ids, set_children, set_links
from portal.revisions.kinds import Applied, Content, Problem
from portal.revisions.scalars import Scalars, clock, ids, number, words
from portal.taxonomy.aliases import followed, held
from portal.taxonomy.models import Category, District

FORMAT = 2
DAYS = 7
LONGEST_NOTE = 200
ADDRESS = ("street", "postcode", "city", "latitude", "longitude", "precision")
CONTACT = ("contact_salutation", "contact_name", "contact_role", "contact_phone", "contact_email")
TEXTS = (
    "name",
    "tagline",
    "summary",
    "description",
    "carrier",
    "district",
    "email",
    "phone",
    "phone_2",
    "website",
    "opening_hours_note",
    "closed_on_holidays",
    "closed_in_school_holidays",
    "employees",
    "volunteering",
    *ADDRESS,
    *CONTACT,
)
CREDITED = frozenset({"content", "contact"})
SINGLE = frozenset({"logo", "contact"})
scalars = Scalars(Provider, TEXTS)


def take(provider: Provider) -> Content:
    """What the profile says now. Prefetch its relations for many."""
    return {
        **scalars.take(provider),
        "categories": link_ids(provider, "categories"),
        "opening_hours": sorted(map(_hours, provider.opening_hours.all()), key=_order),
        "opening_notes": day_notes(provider),
        "facts": [{"label": fact.label, "text": fact.text} for fact in provider.facts.all()],
        "images": take_images(provider),
    }


def day_notes(provider: Provider) -> list[dict[str, Any]]:
    """The notes on single weekdays, as a snapshot has them."""
    return [{"weekday": day, "text": text} for day, text in enumerate(provider.opening_notes, 1) if text]


def _hours(each: OpeningHours) -> dict[str, Any]:
    return {"weekday": each.weekday, "opens": clock(each.opens), "closes": clock(each.closes)}


def _order(each: dict[str, Any]) -> tuple[int, str, str]:
    return each["weekday"], each["opens"] or "", each["closes"] or ""


def canonical(content: Mapping[str, Any]) -> Content:
    """The same profile in one spelling, whatever of it is given."""
    hours = [
        {"weekday": day, "opens": clock(each.get("opens")), "closes": clock(each.get("closes"))}
        for each in content.get("opening_hours") or ()
        if (day := number(each.get("weekday"), 7)) is not None
    ]
    return {
        **placed(scalars.canonical(content)),
        "categories": ids(content.get("categories")),
        "opening_hours": sorted(hours, key=_order),
        "opening_notes": _notes(content.get("opening_notes")),
        "facts": [
            {"label": words(fact.get("label")), "text": clean_html(words(fact.get("text")))}
            for fact in content.get("facts") or ()
        ],
        "images": clean_images(content.get("images"), ProviderImage),
    }


def _notes(given: Iterable[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """One text for each day that has any, on one line."""
    found: dict[int, str] = {}
    for each in given or ():
        day, text = number(each.get("weekday"), DAYS), " ".join(words(each.get("text")).split())
        if day and text:
            found.setdefault(day, text[:LONGEST_NOTE].strip())
    return [{"weekday": day, "text": found[day]} for day in sorted(found)]


def second_format(content: Content) -> Content:
    """Until format 1 there were no notes on weekdays, and nothing was said about holidays."""
    return {"opening_notes": [], "closed_on_holidays": False, "closed_in_school_holidays": False, **content}


def placed(content: Content) -> Content:
    """Coordinates are there in full or not at all."""
    given = (content["latitude"], content["longitude"])
    if None in given or not content["precision"] or abs(content["latitude"] or 0) > 90:
        return {**content, "latitude": None, "longitude": None, "precision": ""}
    return content


def missing(content: Content) -> list[Problem]:
    """What a profile needs before it may be submitted."""
    found = [Problem("name", _("Please give the name of the organisation."))] if not content["name"] else []
    if not (content["summary"] or content["description"]):
        found.append(Problem("summary", _("Please say in one or two sentences what you do.")))
    if not (content["email"] or content["phone"] or content["contact_email"] or content["contact_phone"]):
        found.append(Problem("email", _("Please give an e-mail address or a phone number.")))
    found += scalars.problems(content)
    found += [Problem(name, sentence) for name, sentence in _unfit(content)[1]]
    return found


def _unfit(content: Content) -> tuple[Content, list[tuple[str, str]]]:
    """What the tables can hold of a profile, and what they cannot, with a sentence each."""
    kept, told = dict(content), list[tuple[str, str]]()
    if kept["postcode"] and not (len(kept["postcode"]) == 5 and kept["postcode"].isdecimal()):
        kept["postcode"] = ""
        told.append(("postcode", _("A postcode has five digits.")))
    kept["opening_hours"] = _possible_hours(content["opening_hours"])
    if len(kept["opening_hours"]) != len(content["opening_hours"]):
        told.append(("opening_hours", _("Opening hours need a weekday, a beginning and a later end, each once.")))
    kept["facts"] = [{**fact, "label": fact["label"][:120]} for fact in content["facts"] if fact["label"]]
    if kept["facts"] != content["facts"]:
        told.append(("facts", _("A fact needs a label of at most 120 characters.")))
    kept["images"], pictures = storable_images(content["images"], credited=CREDITED, single=SINGLE)
    return kept, told + [("images", sentence) for sentence in pictures]


def _possible_hours(hours: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for each in hours:
        opens, closes = each["opens"], each["closes"]
        if each["weekday"] in Weekday.values and opens and closes and opens < closes:
            found.setdefault((each["weekday"], opens), each)
    return list(found.values())


def _known(content: Content, only: Collection[str]) -> tuple[Content, list[str]]:
    """Without what was deleted since, and a sentence on each such thing."""
    kept, told = dict(content), list[str]()
    for name, model in (("carrier", Carrier), ("district", District)):
        if kept[name] is None:
            continue
        if name not in only:
            kept[name] = followed(model, [kept[name]])[0]
            continue
        kept[name] = next(iter(held(model, [kept[name]])), None)
        if kept[name] is None:
            label = scalars.fields[name].verbose_name
            told.append(_("“%(name)s” was left out: it does not exist any more.") % {"name": label})
    if "categories" in only:
        there = held(Category, kept["categories"])
        if len(there) < len(followed(Category, kept["categories"])):
            told.append(_("Some categories were left out: they do not exist any more."))
        kept["categories"] = sorted(there)
    return kept, told


def apply(
    provider: Provider, content: Content, only: Collection[str] | None = None, *, searchable: bool = True
) -> Applied:
    """Make the profile say this (or these keys of it), as far as it can be stored. Inside a transaction.

    `searchable=False` leaves the searchable texts of its offers alone: for a look at what is taken back at once.
    """
    wanted = canonical(content)
    names = set(wanted) if only is None else set(only) & set(wanted)
    storable, told = _unfit(wanted)
    storable, vanished = _known(storable, names)
    left_out = [sentence for name, sentence in told if name in names] + vanished
    _write_row(provider, storable, names, searchable=searchable)
    if "categories" in names:
        set_links(provider, "categories", storable["categories"])
    if "opening_hours" in names:
        set_children(provider, "opening_hours", storable["opening_hours"], said=_hours, make=_make_hours(provider))
    if "facts" in names:
        said = lambda fact: {"label": fact.label, "text": fact.text}  # noqa: E731 - one expression
        set_children(provider, "facts", storable["facts"], said=said, make=_make_fact(provider))
    if "images" in names:
        storable["images"], gone = set_images(provider, storable["images"])
        left_out += gone
    return Applied(storable, tuple(left_out))


def _write_row(provider: Provider, content: Content, names: set[str], *, searchable: bool) -> None:
    values = scalars.row_values(content, names)
    if "opening_notes" in names:
        values["opening_notes"] = _in_a_week(content["opening_notes"])
    changed = {name: value for name, value in values.items() if getattr(provider, name) != value}
    for name, value in changed.items():
        setattr(provider, name, value)
    provider.updated_at = timezone.now()
    if searchable and ("name" in changed or "tagline" in changed):
        # Stands in the searchable text of all its offers: whoever listens to the row writes that anew.
        provider.save()
        return
    provider.slug = slug_of(provider.name, fallback="anbieter")
    Provider.objects.filter(pk=provider.pk).update(**changed, updated_at=provider.updated_at)


def _in_a_week(notes: list[dict[str, Any]]) -> list[str]:
    said = {each["weekday"]: each["text"] for each in notes}
    return [said.get(day, "") for day in range(1, DAYS + 1)] if said else []


def _make_hours(provider: Provider) -> Any:
    return lambda each, _position: OpeningHours(provider=provider, **each)


def _make_fact(provider: Provider) -> Any:
    return lambda each, position: Fact(provider=provider, position=position, **each)
