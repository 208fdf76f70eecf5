"""What became of each mail: the list, as a file, and sending again.

Texts are not shown: they may be somebody's letter, or hold a link with which one sets a password.
"""

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.returning import way_back
from core.work import following
from mail import desk as outbox
from mail.kinds import is_known, kind_of, town_kinds
from mail.models import OutboxMessage
from portal.letters.frame import crumbs, tabs
from portal.listing.export import export
from portal.listing.reading import read
from portal.listing.spec import Column, Facet, Listing, Narrowing, Option, Sort

REFUSED, BOUNCED, WAITING, SENT = "abgelehnt", "zurueck", "wartend", "gesendet"
LOG = "/redaktion/mails/versand/"
WORK = "mail"
STATES = {
    REFUSED: gettext_lazy("Refused or given up"),
    BOUNCED: pgettext_lazy("of a mail", "Came back"),
    WAITING: pgettext_lazy("of a mail", "Waiting"),
    SENT: gettext_lazy("Sent"),
}
_State = OutboxMessage.State


def _rows() -> QuerySet[Any]:
    """All mails with `stand`, what the filter calls their state."""
    stand = Case(
        When(state=_State.FAILED, then=Value(REFUSED)),
        When(bounced_at__isnull=False, then=Value(BOUNCED)),
        When(state=_State.QUEUED, then=Value(WAITING)),
        default=Value(SENT),
        output_field=CharField(),
    )
    return OutboxMessage.objects.defer("body", "html", "headers").annotate(
        stand=stand, forgotten=Case(When(Q(fleeting=True, body=""), then=Value(True)), default=Value(False))
    )


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(Q(to__icontains=word) | Q(subject__icontains=word))
    return rows


def _of_kind(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    return rows.filter(kind=key)


def kind_label(mail: OutboxMessage) -> str:
    """The name of its kind; a kind that is gone by now has none."""
    return str(kind_of(mail.kind).label) if is_known(mail.kind) else ""


def reason(mail: OutboxMessage) -> str:
    """What a mail server said."""
    return mail.bounce or ("" if mail.state == _State.SENT else mail.last_error)


def listing() -> Listing:
    """Made for each request: the kinds are declared when all rooms are ready."""
    return Listing(
        facets=(
            Facet(
                "stand",
                gettext_lazy("What became of it"),
                "stand",
                tuple(Option(value, label) for value, label in STATES.items()),
            ),
        ),
        narrowings=(
            Narrowing(
                "art",
                gettext_lazy("Kind of mail"),
                [Option(each.key, each.label) for each in town_kinds()],
                _of_kind,
            ),
        ),
        search=_search,
        sorts=(
            Sort("neu", gettext_lazy("Newest first"), ("-pk",)),
            Sort("versuch", gettext_lazy("By the next try"), (F("next_try_at").asc(nulls_last=True), "-pk")),
        ),
        columns=(
            Column(gettext_lazy("Written"), lambda mail: mail.created_at, 18),
            Column(gettext_lazy("To"), lambda mail: mail.to, 34),
            Column(gettext_lazy("Kind of mail"), kind_label, 34),
            Column(gettext_lazy("Subject"), lambda mail: mail.subject, 50),
            Column(gettext_lazy("What became of it"), lambda mail: str(STATES[mail.stand]), 20),
            Column(gettext_lazy("What the mail server said"), reason, 60),
            Column(gettext_lazy("Sent"), lambda mail: mail.sent_at, 18),
            Column(gettext_lazy("Attempts"), lambda mail: mail.attempts, 10),
        ),
        file_name="mails",
        per_page=50,
    )


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def log(request: HttpRequest) -> HttpResponse:
    """The mails, newest first."""
    shown = read(listing(), _rows(), request.GET)
    given_up = next((each["count"] for each in _options(shown) if each["value"] == REFUSED), 0)
    context = {
        "shown": shown,
        "rows": [
            {"mail": each, "label": STATES[each.stand], "kind": kind_label(each), "reason": reason(each)}
            for each in shown.page
        ],
        "heading": ngettext("%(number)d mail", "%(number)d mails", shown.total) % {"number": shown.total},
        "given_up": given_up,
        "back": request.get_full_path(),
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
        "tabs": tabs("log"),
        "crumbs": crumbs((_("Delivery"), "")),
    }
    return render(request, "letters/log.html", context)


def _options(shown: Any) -> list[dict[str, Any]]:
    return list(shown.facets[0]["options"])


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def log_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(listing(), _rows(), request, kind)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one mail again at once."""
    back = way_back(request, LOG)
    answer = outbox.resend_one(request, pk, back=back)
    onward = following(request, WORK, pk)
    return redirect(onward) if onward else answer


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_failed(request: HttpRequest) -> HttpResponse:
    """Try again all that were given up."""
    return outbox.resend_failed(request, back=LOG)
