"""Reading in a list of addresses: what stands in it, what becomes of it, how far it is."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Permission, allow
from portal.newsletter import tasks
from portal.newsletter.forms import ListForm, TakeForm
from portal.newsletter.lists import reading, taking
from portal.newsletter.models import AddressList, Newsletter
from portal.newsletter.models.lists import KEPT_FOR, Finding
from portal.newsletter.views.frame import tabs, within

METHODS = ("GET", "HEAD", "POST")
# So many entries of a kind are shown.
MOST_SHOWN = 100


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def send_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A file or a text; nothing happens with it before the next page."""
    newsletter = get_object_or_404(Newsletter, pk=pk)
    sent = request.method == "POST"
    form = ListForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        found = _kept(newsletter, form, request)
        if found is not None:
            return redirect("newsletter:list", found.pk)
    context = {
        "newsletter": newsletter,
        "form": form,
        "tabs": tabs(newsletter, "send_list"),
        "days": KEPT_FOR.days,
        "crumbs": within(newsletter, (_("Read in a list"), "")),
    }
    return render(request, "newsletter/send_list.html", context, status=400 if form.errors else 200)


def _kept(newsletter: Newsletter, form: ListForm, request: HttpRequest) -> AddressList | None:
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    try:
        # One byte more than is allowed tells that it is too large.
        written = reading.read(file.read(reading.LARGEST + 1)) if file else reading.found_in(text.splitlines())
    except ValidationError as error:
        form.add_error("file" if file else "text", error)
        return None
    rows = taking.judged(newsletter, written)
    name = file.name if file else _("Addresses as text")
    return taking.keep(newsletter, rows, key=form.cleaned_data["key"], name=name, by=request.user, now=timezone.now())


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in it; then how far it is; then what was left."""
    found = get_object_or_404(AddressList.objects.select_related("newsletter"), pk=pk)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asks = given["consent"] == "fragen"
        if taking.begin(found, asks=asks, evidence=given["evidence"], corrected=given["corrected"], by=request.user):
            tasks.take_list.defer_once(about=found.pk, found=found.pk)
        return redirect("newsletter:list", pk)
    numbers = taking.numbers(found)
    context = {
        "found": found,
        "newsletter": found.newsletter,
        "form": form,
        "kinds": [
            {"name": each.value, "label": each.label, "number": numbers[each], "rows": _some(found, each)}
            for each in Finding
            if numbers[each]
        ],
        "number_new": numbers[Finding.NEW],
        "number_typo": numbers[Finding.TYPO],
        "total": len(found.rows),
        "most": MOST_SHOWN,
        "days": KEPT_FOR.days,
        "tabs": tabs(found.newsletter, "send_list"),
        "crumbs": within(found.newsletter, (found.name, "")),
    }
    return render(request, "newsletter/list.html", context, status=400 if form.errors else 200)


def _some(found: AddressList, finding: str) -> list[dict[str, object]]:
    """The first entries of a kind. Those that are new need no look."""
    if finding == Finding.NEW:
        return []
    rows = (row for row in found.rows if row[taking.FINDING] == finding)
    return [
        {"line": row[taking.LINE], "text": row[taking.TEXT], "meant": row[taking.MEANT]}
        for row in islice(rows, MOST_SHOWN)
    ]


@require_POST
@allow(Permission.CONTENT)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a list that is not just being taken over."""
    found = get_object_or_404(AddressList, pk=pk)
    gone, _by_model = AddressList.objects.filter(pk=pk).exclude(state=AddressList.State.TAKING).delete()
    if gone:
        messages.success(request, _("The list is forgotten."))
        return redirect("newsletter:send_list", found.newsletter_id)
    messages.info(request, _("It is just being taken over. Please wait until that is done."))
    return redirect("newsletter:list", pk)
