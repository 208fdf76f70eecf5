"""Looking logs over, and what was found: noted in one place, so that the operator's pages ask no municipality."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit.checkpoints import Log
from audit.verifying import Finding, Verdict, verify, write_checkpoint
from core.access import Role
from mail.services import post_kind
from operations.models import LogCheck
from tenants.models import Municipality
from tenants.running.context import PUBLIC, current_schema, inside_public
from tenants.urls import own_address

# A log nobody has looked at for so long is said to be so: the job comes every night.
LATE = timedelta(hours=50)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A log that is not whole, for a page or a mail."""

    name: str
    slug: str
    sentence: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """Those in which something was found: the first of them, and how many more there are."""

    logs: list[Found]
    more: int

    def __bool__(self) -> bool:
        return bool(self.logs)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the logs stand, as looked over last."""

    own: LogCheck | None
    own_sentence: str
    number: int
    entries: int
    missing: int
    first_at: datetime | None
    last_at: datetime | None
    checkpoint_at: datetime | None
    is_late: bool
    found: Broken


def look_over(*, write_down: bool = False) -> Verdict:
    """Look over the log of the schema we are inside and note what was found; with `write_down` a whole one leaves a
    checkpoint."""
    log = log_of_here()
    verdict = verify(log)
    if write_down:
        write_checkpoint(log, verdict)
    _note(log.schema, verdict)
    return verdict


def log_of_here() -> Log:
    """Which log that is."""
    schema = current_schema()
    with inside_public():
        number = Municipality.objects.filter(schema_name=schema).values_list("pk", flat=True).first()
    return Log(schema, number or 0)


def _note(schema: str, verdict: Verdict) -> None:
    now = timezone.now()
    values = {
        "verified_at": now,
        "finding": verdict.finding.value,
        "entries": verdict.entries,
        "first": verdict.first,
        "wrong": verdict.wrong,
        "checkpoint_at": verdict.checkpoint.moment if verdict.checkpoint else None,
    }
    with inside_public(), transaction.atomic():
        check, is_new = LogCheck.objects.select_for_update().get_or_create(
            schema_name=schema, defaults={**values, "found_at": None if verdict.is_whole else now}
        )
        if is_new:
            return
        for name, value in values.items():
            setattr(check, name, value)
        # Whoever was told is told again only when it was whole meanwhile.
        check.found_at = None if verdict.is_whole else check.found_at or now
        check.told_at = None if verdict.is_whole else check.told_at
        check.save()


def sentence(check: LogCheck) -> str:
    """What was found, as a person says it."""
    if check.finding == Finding.BROKEN:
        text = _(
            "Broken at entry %(id)s: it was changed, inserted or moved, or the one before is gone (%(number)d wrong)."
        )
        return text % {"id": check.first, "number": check.wrong}
    if check.finding == Finding.CUT:
        return _("Its last entries are missing or were replaced; %(number)d are left.") % {"number": check.entries}
    if check.finding == Finding.REPLACED:
        return _("It fits together, but it is not the log that was written down outside of the database.")
    if check.finding == Finding.CHECKPOINT:
        return _("It is whole, but somebody changed a file in which its end is written down.")
    return _("Whole.")


def not_whole() -> QuerySet[LogCheck]:
    """Those in which something was found, of logs that are still there; the first found first."""
    there = Municipality.objects.values("schema_name")
    wrong = LogCheck.objects.exclude(finding=Finding.WHOLE.value)
    return wrong.filter(Q(schema_name=PUBLIC) | Q(schema_name__in=there)).order_by("found_at", "schema_name")


def standing() -> Standing:
    """For the page: a handful of statements, however many municipalities there are."""
    there = Municipality.objects.all()
    known = LogCheck.objects.filter(Q(schema_name=PUBLIC) | Q(schema_name__in=there.values("schema_name")))
    sums = known.aggregate(
        number=Count("pk"),
        entries=Coalesce(Sum("entries"), 0),
        first_at=Min("verified_at"),
        last_at=Max("verified_at"),
        checkpoint_at=Min("checkpoint_at"),
    )
    own = LogCheck.objects.filter(schema_name=PUBLIC).first()
    return Standing(
        own,
        sentence(own) if own else "",
        missing=there.count() + 1 - sums["number"],
        is_late=not sums["number"] or sums["first_at"] < timezone.now() - LATE,
        found=broken(),
        **sums,
    )


def broken() -> Broken:
    """For pages: a statement or two, however many municipalities there are."""
    found = list(not_whole()[: MOST_SHOWN + 1])
    more = not_whole().count() - MOST_SHOWN if len(found) > MOST_SHOWN else 0
    return Broken(_told(found[:MOST_SHOWN]), more)


def _told(checks: list[LogCheck]) -> list[Found]:
    found = Municipality.objects.filter(schema_name__in=[each.schema_name for each in checks])
    names = {schema: (name, slug) for schema, name, slug in found.values_list("schema_name", "name", "slug")}
    names[PUBLIC] = (_("The platform"), PUBLIC)
    return [
        Found(*names[each.schema_name], sentence(each), each.found_at or each.verified_at)
        for each in checks
        if each.schema_name in names
    ]


@transaction.atomic
def tell_operators() -> int:
    """Write to the operators about logs nobody told them of yet, all in one mail; return how many logs those are."""
    locked = not_whole().filter(told_at=None).select_for_update(of=("self",)).order_by("pk")
    waiting = sorted(locked, key=lambda each: each.schema_name)
    if not waiting:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        lines = [f"– {each.name} ({each.slug}): {each.sentence}" for each in _told(waiting[:MOST_SHOWN])]
        if len(waiting) > MOST_SHOWN:
            lines.append(_("and %(number)d more") % {"number": len(waiting) - MOST_SHOWN})
        values = {"number": len(waiting), "list": "\n".join(lines), "link": f"{own_address()}betrieb/protokoll/"}
    for user in User.objects.filter(is_active=True, roles__contains=[Role.OPERATOR]):
        post_kind("operator_broken_logs", to=user.email, values=values)
    LogCheck.objects.filter(pk__in=[each.pk for each in waiting]).update(told_at=timezone.now())
    return len(waiting)


def unverified_since(moment: datetime) -> list[Municipality]:
    """Municipalities whose log nobody has looked over since then, by name."""
    done = LogCheck.objects.filter(verified_at__gte=moment).values("schema_name")
    return list(Municipality.objects.exclude(schema_name__in=done).order_by("schema_name"))


def own_since(moment: datetime) -> bool:
    """Whether somebody has looked over the platform's own since then."""
    return LogCheck.objects.filter(schema_name=PUBLIC, verified_at__gte=moment).exists()


def forget_gone() -> None:
    """What is known of logs whose municipality was deleted."""
    LogCheck.objects.exclude(schema_name=PUBLIC).exclude(
        schema_name__in=Municipality.objects.values("schema_name")
    ).delete()
