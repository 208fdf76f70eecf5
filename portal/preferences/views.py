"""`/redaktion/einstellungen/`: the rules of the municipality, a page for each subject."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.middleware import roles_of
from core.text import search_words
from portal.preferences.defaults import DEFAULTS, FILTERS
from portal.preferences.effects import PANELS
from portal.preferences.fields import order_sent
from portal.preferences.finding import found_by
from portal.preferences.forms import SubjectForm, TermsForm
from portal.preferences.models import Preferences
from portal.preferences.rulebook import BY_SLUG, RULES, Rule, Subject, subjects_of
from portal.preferences.services import renew_terms, save_subject, seal, seen_in
from portal.preferences.showing import crumbs_of, shown_rules, tabs_of
from portal.preferences.values import values_of

LONGEST_SEARCH = 100
# Buttons that show the page anew and save nothing.
SHOW, USUAL, UP, DOWN = "wirkung", "standard", "hoch", "runter"


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def index(request: HttpRequest) -> HttpResponse:
    """All rules with what they are now; with `q` those that fit the words."""
    sought = search_words(request.GET.get("q", ""), LONGEST_SEARCH)
    subjects = found_by(sought, subjects_of(roles_of(request)), Preferences.load())
    return render(request, "preferences/index.html", {"subjects": subjects, "sought": sought, "crumbs": crumbs_of()})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of one subject."""
    return _page(request, slug)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ADMIN)
def signing_in(request: HttpRequest) -> HttpResponse:
    """Who needs a second factor; and below, with a button of its own, the terms of use."""
    asked = "bedingungen" in request.POST
    terms = TermsForm(request.POST if asked else None)
    if asked and terms.is_valid():
        _renew(request, terms.cleaned_data["note"])
        return redirect("preferences:signing_in")
    return _page(request, "anmeldung", terms=terms, saving=not asked)


def _renew(request: HttpRequest, note: str) -> None:
    seen = request.POST.get("version", "")
    if seen.isdecimal() and len(seen) < 10 and renew_terms(seen=int(seen), note=note, by=request.user):
        messages.success(request, _("From now on every provider is asked to agree."))
    else:
        messages.warning(request, _("Somebody has done that already."))


def _page(request: HttpRequest, slug: str, *, terms: TermsForm | None = None, saving: bool = True) -> HttpResponse:
    chosen, kept = BY_SLUG[slug], Preferences.load()
    if request.method != "POST" or not saving:
        return _show(request, SubjectForm(chosen, kept), values_of(kept, chosen.fields), terms=terms)
    data, only_shown = _read(chosen, request.POST)
    form, seen = _brought_up(chosen, kept, data)
    if only_shown or form.errors:
        return _show(request, form, seen, terms=terms, errors=bool(form.errors) and not only_shown)
    outcome = save_subject(chosen, form.wished(), seen=data.get("gesehen", ""), by=request.user)
    if outcome.clashes:
        form, _seen = _brought_up(chosen, Preferences.load(), data)
        return _show(request, form, values_of(form.kept, chosen.fields), terms=terms, clashes=outcome.clashes)
    number = len({rule.key for rule in chosen.rules if set(rule.fields) & outcome.changes.keys()})
    if number:
        sentence = ngettext(
            "Saved. %(number)d rule holds from now on.", "Saved. %(number)d rules hold from now on.", number
        )
        messages.success(request, sentence % {"number": number})
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(chosen.url)


def _brought_up(chosen: Subject, kept: Preferences, data: QueryDict) -> tuple[SubjectForm, dict[str, Any]]:
    """The form that was sent and what its sender had seen. What others changed since, and the sender left as it was, is
    shown as it is now."""
    now = values_of(kept, chosen.fields)
    seen = seen_in(data.get("gesehen", ""), now)
    form = SubjectForm(chosen, kept, data)
    form.is_valid()
    mine = values_of(form.wished(), chosen.fields)
    for rule in chosen.rules:
        if not any(name in form.errors or mine[name] != seen[name] for name in rule.fields):
            _fill(data, rule, now)
            seen |= {name: now[name] for name in rule.fields}
    form = SubjectForm(chosen, kept, data)
    form.is_valid()
    return form, seen


def _read(chosen: Subject, sent: QueryDict) -> tuple[QueryDict, bool]:
    """What was sent, as the buttons that save nothing change it, and whether one of them was pressed."""
    data = sent.copy()
    pressed = SHOW in sent
    for panel in [PANELS[each.key] for each in chosen.rules if each.key in PANELS]:
        values, acted = panel.act(sent)
        for name, value in values.items():
            data[name] = str(value)
        pressed = pressed or acted
    rule = RULES.get(sent.get(USUAL, ""))
    if rule is not None:
        _fill(data, rule, DEFAULTS)
        data.pop("search_filters_order", None)
        pressed = True
    for button, step in ((UP, -1), (DOWN, 1)):
        if sent.get(button) in FILTERS:
            _move(data, str(sent[button]), step)
            pressed = True
    return data, pressed


def _fill(data: QueryDict, rule: Rule, values: Mapping[str, Any]) -> None:
    """Put values of a rule where its fields would have sent them."""
    for name in rule.fields:
        value = values[name]
        if name == "radius_steps":
            data[name] = ", ".join(map(str, value))
        elif name == "embed_hosts":
            data[name] = "\n".join(value)
        elif isinstance(value, list):
            data.setlist(name, value)
        elif isinstance(value, bool):
            data[name] = "ja" if value else "nein"
        else:
            data[name] = "" if value is None else str(value)


def _move(data: QueryDict, key: str, step: int) -> None:
    order = order_sent(data) or list(FILTERS)
    place = order.index(key)
    other = min(max(place + step, 0), len(order) - 1)
    order[place], order[other] = order[other], order[place]
    data.setlist("search_filters_order", order)


def _show(
    request: HttpRequest,
    form: SubjectForm,
    seen: Mapping[str, Any],
    *,
    terms: TermsForm | None = None,
    errors: bool = False,
    clashes: tuple[Rule, ...] = (),
) -> HttpResponse:
    chosen = form.subject
    rules = shown_rules(form, form.wished() if form.is_bound else form.kept, clashes=clashes)
    panels = [PANELS[rule.key] for rule in chosen.rules if rule.key in PANELS]
    context = {
        "subject": chosen,
        "tabs": tabs_of(subjects_of(roles_of(request)), chosen.slug),
        "form": form,
        "rules": rules,
        "unsaved": [each for each in rules if each.changed],
        "seen": seal(seen),
        "mistakes": errors,
        "clashes": clashes,
        "panels": panels,
        "terms": terms,
        "version": form.kept.terms_version,
        "pressed": request.POST.get(UP) or request.POST.get(DOWN) or "",
        "went_up": UP in request.POST,
        "effects": ",".join(f"#wirkung-{rule.key}:innerHTML" for rule in chosen.rules),
        "crumbs": crumbs_of(chosen),
    }
    return render(request, "preferences/subject.html", context, status=409 if clashes else 200)
