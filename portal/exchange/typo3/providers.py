"""Providers with their facts, opening hours, categories and images."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from core.text import slug_of
from portal.exchange.typo3 import files, values
from portal.exchange.typo3.context import BATCH, MODEL, Context, Line, Plan, Step
from portal.exchange.typo3.markup import html
from portal.exchange.typo3.places import contact, email, phones, place, website
from portal.exchange.typo3.report import Outcome
from portal.exchange.typo3.texts import keep_what_was, leave_revisions
from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer
from portal.providers.kind import KIND
from portal.providers.models import Fact, OpeningHours, Provider, ProviderImage, State

TABLE = MODEL + "provider"
LABELS = MODEL + "label"
CATEGORIES = "tx_chancenportal_provider_category_mm"
_STATES = {  # by (active, approved), reference 2.3
    (False, False): State.DRAFT,
    (True, False): State.SUBMITTED,
    (True, True): State.PUBLISHED,
    (False, True): State.PAUSED,
}
_MOST_EMPLOYEES = 1_000_000


def take_over(context: Context, pictures: files.Pictures) -> dict[int, list[int]]:
    """Make or update the providers; returns the uids of each organisation group's providers."""
    parts = _Parts(context)
    organisations: dict[int, list[int]] = defaultdict(list)
    steps = []
    for line in context.lines(TABLE):
        if not line.text("name"):
            context.report.skip(TABLE, line.uid, _("without a name"), field="name")
            continue
        plan = _plan(context, line, parts, pictures)
        group = line.number("owner_group")
        if group in context.members:
            if not organisations[group]:
                plan.rows.append(("fe_groups", group))
            organisations[group].append(line.uid)
        step = context.settle("provider", Provider, plan)
        if step is not None:
            steps.append(step)
    parts.leave()
    _carry_out(context, steps)
    for group in context.members:
        if not organisations[group]:
            context.report.skip("fe_groups", group, _("its provider was not taken over"))
    return organisations


class _Parts:
    """Labels and category references by provider, those without a valid counterpart skipped."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.labels: dict[int, list[Line]] = defaultdict(list)
        for line in context.lines(LABELS, hidden=False):
            if line.text("name"):
                self.labels[line.number("provider")].append(line)
            else:
                context.report.skip(LABELS, line.uid, _("without a name; the original did not show it"), field="name")
        self.categories = References(context, CATEGORIES, "category")

    def leave(self) -> None:
        for lines in self.labels.values():
            for line in lines:
                self.context.report.skip(LABELS, line.uid, _("its provider was not taken over"))
        self.categories.leave(_("its provider was not taken over"))


class References:
    """An mm table: what each row on the left refers to on the right. Its rows have no uid, only uid_local."""

    def __init__(self, context: Context, table: str, kind: str) -> None:
        self.context, self.table = context, table
        self._found: dict[int, dict[int, int]] = defaultdict(dict)
        for row in context.dump.rows(table, {"uid_local", "uid_foreign"}):
            left, right = values.reference(row.get("uid_local")), values.reference(row.get("uid_foreign"))
            own = context.id_of(kind, right)
            if own is None:
                reason = _("refers to %(uid)d, which does not exist or was not taken over") % {"uid": right}
                context.report.skip(table, left, reason, field="uid_foreign")
            elif right in self._found[left]:
                context.report.skip(table, left, _("the same reference twice"), field="uid_foreign")
            else:
                self._found[left][right] = own

    def take(self, left: int) -> tuple[list[int], list[tuple[str, int]]]:
        """Our ids of everything a row refers to, and the mm rows for the account."""
        found = self._found.pop(left, {})
        return sorted(set(found.values())), [(self.table, left)] * len(found)

    def leave(self, reason: str) -> None:
        for left, found in self._found.items():
            for _right in found:
                self.context.report.skip(self.table, left, reason, field="uid_local")


def _plan(context: Context, line: Line, parts: _Parts, pictures: files.Pictures) -> Plan:
    labels = parts.labels.pop(line.uid, [])
    categories, rows = parts.categories.take(line.uid)
    images = pictures.of(line)
    rows += [(LABELS, label.uid) for label in labels] + [(files.TABLE, image.line.uid) for image in images]
    hours = values.opening_hours(line.text("opening_hours")) or []
    content = {
        "categories": categories,
        "facts": [{"label": label.line("name", 120), "text": html(label, "text")} for label in labels],
        "hours": [[hour.weekday + 1, hour.start, hour.end] for hour in hours],
        "images": [image.described() for image in images],
    }
    return Plan(line, _fields(context, line, structured=bool(hours)), content, rows, images)


def _fields(context: Context, line: Line, *, structured: bool) -> dict[str, Any]:
    name = line.line("name", 255)
    address = place(line)
    if address.rest:
        address.fields["street"] = line.fit("address", address.rest, 200)
        line.repair("address", _("has no postcode; taken over as the street"))
    carrier = line.number("carrier")
    if carrier and context.id_of("carrier", carrier) is None:
        line.repair("carrier", _("refers to something that does not exist, left out"))
    employees = line.number("number_of_employees")
    author = line.number("author") or line.number("creator")
    return {
        "name": name,
        "slug": slug_of(name, fallback="anbieter"),
        "tagline": line.line("subline", 255),
        "summary": line.line("short_description", 300),
        "description": html(line, "long_description"),
        "state": _state(line).value,
        "carrier_id": context.id_of("carrier", carrier),
        "email": email(line, "email"),
        **dict(zip(("phone", "phone_2"), phones(line, "phone", "phone2", fields=2), strict=True)),
        "website": website(line, "website"),
        "opening_hours_note": "" if structured else line.text("opening_hours"),
        "employees": employees if 0 < employees < _MOST_EMPLOYEES else None,
        # Until 2019 a choice: 1 wanted, 2 possible, 3 not possible.
        "volunteering": line.number("participation") in (1, 2),
        "author_id": context.id_of("user", author),
        **address.fields,
        **contact(line),
    }


def _state(line: Line) -> State:
    state = _STATES[bool(line.number("active")), bool(line.number("approved"))]
    if state == State.PUBLISHED and line.hidden:
        line.repair("hidden", _("hidden in TYPO3, so not public here"))
        return State.PAUSED
    return state


def _carry_out(context: Context, steps: list[Step]) -> None:
    for start in range(0, len(steps), BATCH):
        context.carry_out(steps[start : start + BATCH], lambda chunk: _save(context, chunk))


def _save(context: Context, steps: list[Step]) -> None:
    fresh = [step for step in steps if step.own is None]
    made = [Provider(**step.plan.fields, published_at=_published_at(step.plan)) for step in fresh]
    Provider.objects.bulk_create(made)
    changed = [step for step in steps if step.own is not None]
    keep_what_was(KIND, [step.own for step in changed if step.own is not None])
    loaded = Provider.objects.in_bulk([step.own for step in changed])
    for step in changed:
        provider = loaded[step.own]
        for name, value in step.plan.fields.items():
            setattr(provider, name, value)
        provider.published_at = provider.published_at or _published_at(step.plan)
        provider.save()
        provider.facts.all().delete()
        provider.opening_hours.all().delete()
        files.discard(context, provider.images.all())
        made.append(provider)
    _attach(context, [*fresh, *changed], made)
    refresh_search_text(Offer.objects.filter(provider__in=list(loaded)).only("pk"))


def _published_at(plan: Plan) -> Any:
    return plan.times()[0] if plan.fields["state"] == State.PUBLISHED else None


def _attach(context: Context, steps: list[Step], providers: list[Provider]) -> None:
    pairs = list(zip(steps, providers, strict=True))
    facts = [
        Fact(provider=provider, position=position, **fact)
        for step, provider in pairs
        for position, fact in enumerate(step.plan.parts["facts"])
    ]
    Fact.objects.bulk_create(facts, batch_size=BATCH)
    hours = [
        OpeningHours(provider=provider, weekday=weekday, opens=opens, closes=closes)
        for step, provider in pairs
        for weekday, opens, closes in step.plan.parts["hours"]
    ]
    OpeningHours.objects.bulk_create(hours, batch_size=BATCH, ignore_conflicts=True)
    for step, provider in pairs:
        provider.categories.set(step.plan.parts["categories"])
        files.store(context, ProviderImage, {"provider": provider}, step.plan.images, provider=provider.pk)
        provider.created_at, provider.updated_at = step.plan.times()
    Provider.objects.bulk_update(providers, ["created_at", "updated_at"], batch_size=BATCH)
    for step, provider in pairs:
        if step.own is None:
            context.learn("provider", step.plan.line.uid, provider.pk, fresh=True)
        context.ledger.remember(step.plan.line, provider, step.digest, provider.updated_at)
        context.account(step.plan, Outcome.IMPORTED)
    leave_revisions(KIND, providers)
