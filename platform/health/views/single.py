"""One municipality: what is known of it, what is wrong, and what to do next."""

from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from health.answering import answering
from health.limits import Judged, Tone, judged
from health.listing import TONE_LABELS
from health.rows import Row, good_backups, row_of
from health.showing import days_ago, percent, size, state_of, whole
from health.views.common import page
from health.views.failed import Asked
from jobs.failed import FailedJob, described, failed
from jobs.models import QueuedJob
from onboarding.models import Application
from onboarding.papers import accepted_by
from onboarding.way import way_of
from support.models import Visit
from switches.standing import standing_in
from tenants.models import (
    Backup,
    DriftCheck,
    Drill,
    HostCertificate,
    Municipality,
    MunicipalityFigures,
    RolloutStep,
    State,
)
from tenants.urls import address_of

FEW = 10
NIGHTS = 8


@require_safe
@allow(Role.OPERATOR)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """From nightly figures and shared tables alone."""
    row = row_of(slug)
    if row is None:
        raise Http404
    municipality = Municipality.objects.get(pk=row.pk)
    found = judged(row)
    context = {
        "row": row,
        "municipality": municipality,
        "tone": found.tone.value,
        "state": state_of(found),
        "hosts": [{"host": host, "url": address_of(host)} for host in row.hosts],
        "is_open": row.state == State.LIVE,
        **_setting_up(row),
        "worst": _worst(found),
        "causes": _causes(found),
        "facts": _facts(row),
        **answering(row.slug, row.answers, row.now),
        "nights": _nights(row),
        "failed": [{"it": job, "place": ""} for job in described(failed(schema_name=slug)[:FEW])],
        "asked": Asked(place=slug),
        "again": _tried_again(slug),
        "backups": _backups(row),
        "drills": list(Drill.objects.filter(slug=slug)[:3]),
        "steps": list(RolloutStep.objects.filter(schema_name=slug).order_by("-pk")[:5]),
        **_drift(row),
        "commands": _commands(row),
        "visits": list(Visit.objects.running().filter(municipality=row.pk)),
        "switches": standing_in(slug),
    }
    crumbs = [(_("Municipalities"), reverse("health:list")), (row.name, "")]
    return page(request, "health/one.html", context, crumbs=crumbs)


def _setting_up(row: Row) -> dict[str, Any]:
    """The way to the start while it is walked, and the papers it accepted."""
    application = Application.objects.filter(municipality=row.pk).first()
    return {
        "application": application,
        "way": way_of(application) if application and row.state == State.DRAFT else None,
        "acceptances": accepted_by(row.pk),
        "certificates": list(HostCertificate.objects.filter(domain__tenant=row.pk).select_related("domain")),
    }


def _worst(found: Judged) -> dict[str, Any] | None:
    """What comes first, above everything."""
    if not found.causes:
        return None
    cause, tone = found.causes[0]
    return {"kind": "danger" if tone is Tone.BAD else "warning", "title": cause.sentence, "text": cause.remedy}


# Where a cause is looked into; the jobs stand on this page.
_PAGES = {
    "update": "rollouts:overview",
    "umzug": "cells:overview",
    "mails": "operations:mails",
    "sicherung": "safekeeping:overview",
    "abweichung": "rollouts:drift",
}
_OWN_PAGES = {"zertifikat": "onboarding:hosts"}


def _causes(found: Judged) -> list[dict[str, Any]]:
    pages = {key: reverse(name) for key, name in _PAGES.items()} | {"auftraege": "#auftraege"}
    pages |= {key: reverse(name, args=[found.row.slug]) for key, name in _OWN_PAGES.items()}
    return [
        {"it": cause, "tone": tone.value, "tone_label": TONE_LABELS[tone], "url": pages.get(cause.key, "")}
        for cause, tone in found.causes
    ]


def _facts(row: Row) -> list[dict[str, Any]]:
    figures = row.figures
    if figures is None:
        return []
    offers = _("%(all)s, %(public)s of them public") % {
        "all": whole(figures.offers),
        "public": whole(figures.published_offers),
    }
    mails = _("%(sent)s sent in 30 days, %(back)s came back (%(share)s)") % {
        "sent": whole(figures.mails_sent),
        "back": whole(figures.mails_bounced),
        "share": percent(row.bounce_percent),
    }
    storage = _("%(all)s: %(database)s database, %(files)s files") % {
        "all": size(figures.size_bytes),
        "database": size(figures.database_bytes),
        "files": size(figures.file_bytes),
    }
    return [
        {"icon": "file", "label": _("Offers"), "value": offers},
        {"icon": "users", "label": _("Providers"), "value": whole(figures.providers)},
        {"icon": "user", "label": _("Active accounts"), "value": whole(figures.users)},
        {"icon": "clock", "label": _("Last editor"), "value": days_ago(row.editors_at, row.now)},
        {"icon": "mail", "label": _("Mail"), "value": mails},
        {"icon": "download", "label": _("Storage"), "value": storage},
    ]


def _nights(row: Row) -> list[dict[str, Any]]:
    rows = MunicipalityFigures.objects.filter(municipality=row.pk).order_by("-night")[:NIGHTS]
    return [
        {
            "night": each.night,
            "offers": whole(each.offers),
            "published": whole(each.published_offers),
            "users": whole(each.users),
            "size": size(each.size_bytes),
        }
        for each in rows
    ]


def _tried_again(slug: str) -> list[FailedJob]:
    """Jobs that failed before and are to be tried again by themselves."""
    jobs = QueuedJob.objects.filter(status="todo", attempts__gt=0).annotate(schema=KT("args__schema_name"))
    return described(jobs.filter(schema=slug).order_by("-pk")[:FEW])


def _backups(row: Row) -> list[dict[str, Any]]:
    """The last good ones that hold it."""
    rows = good_backups().filter(Q(slug=row.slug) | Q(slug="", started_at__gte=row.created_at))[:5]
    kinds = dict(Backup.Kind.choices)
    return [
        {
            "at": each.started_at,
            "kind": kinds[each.kind],
            "size": size(each.bytes),
            "verified": each.verified_at,
        }
        for each in rows
    ]


def _drift(row: Row) -> dict[str, Any]:
    check = DriftCheck.objects.first()
    known = check is not None and row.drift is not None
    return {"drift_at": check.at if check and known else None, "drift": check.found.get(row.slug, []) if check else []}


def _commands(row: Row) -> list[tuple[str, str]]:
    """What can be done with it now, by its state."""
    slug = row.slug
    lines = [
        (f"manage domains {slug}", _("its host names: connect, make canonical, give back")),
        (f"manage backup {slug}", _("save it now")),
        (f"manage export_municipality {slug} {slug}.zip", _("all its data and files, in an open format")),
        (f"manage restore_drill {slug}", _("compare the last backup with it")),
        (f"manage verify_audit {slug}", _("prove that nobody rewrote its audit log")),
    ]
    if row.state == State.LIVE:
        lines.append((f"manage suspend_municipality {slug} --reason …", _("visitors see only the reason")))
    if row.state == State.ARCHIVED:
        lines.append((f"manage suspend_municipality {slug} --reason …", _("bring it back, still closed")))
    if row.state == State.SUSPENDED:
        lines.append((f"manage resume_municipality {slug}", _("visitors see everything again")))
    if row.given_up:
        lines.append((f"manage resend_mail {slug} --failed", _("send again what was given up")))
    return lines
