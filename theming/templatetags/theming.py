"""What templates need of this room: the municipality's style sheet, icons, styled form widgets, paging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context, Engine, RequestContext
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from core.access import Permission, may
from core.acting import Acting, acting_of
from core.announcing import Announcement
from core.announcing import announcements as announcements_on
from core.handbook import help_for
from core.hyphens import with_soft_hyphens
from core.middleware import roles_of
from core.numbering import current_number
from core.phones import phones_in
from core.support import visiting_of, visitors_here
from core.task_cards import EDITORS, GROUPS, TaskCard, cards_of, tasks
from core.text import Spoken
from core.work import Frame, frame_of
from theming.drawing import drawn
from theming.icon_names import ICON_NAMES
from theming.services import current_stylesheet
from theming.showing import shown

register = template.Library()

# A category may name an icon that a later release of the sprite no longer has.
FALLBACK_ICON = "puzzle"
DIRECTED = ("arrow-", "chevron-forward", "chevron-back", "sign-", "external", "list")
CHECKS = ("checkbox", "radio")
# The signed-in area.
ACCOUNT = "/konto/"
PERSON = f"{ACCOUNT}person/"


@register.simple_tag
def request_number() -> str:
    """What the operator finds this request by in the log; empty outside of one."""
    return current_number()


@register.simple_tag
def theme_stylesheet() -> SafeString:
    """The <link> to the municipality's own colours; its name is their hash, so it may be cached for ever."""
    draft = shown()
    address = draft.address if draft else reverse("theming:stylesheet", args=[current_stylesheet().hash])
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag(takes_context=True)
def alike(context: Context, component: str, **given: Any) -> SafeString:
    """A component as `include … only` draws it, for the rows of a table: what is given again is not drawn again
    (`theming.drawing`). It may use nothing but what is given."""
    return drawn(component, given, lambda: Engine.get_default().get_template(component).render(context.new(given)))


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; silent to screen readers unless `label` is given. `size` is "" or "large"."""
    return _icon(str(name), size, str(label), _sprite(settings.STORAGES["staticfiles"]["BACKEND"]))


@lru_cache(maxsize=4)
def _sprite(_storage: str) -> str:
    return static("theming/vendor/icons.svg")


@lru_cache(maxsize=2000)
def _icon(name: str, size: str, label: str, sprite: str) -> SafeString:
    """A page has a hundred of them."""
    known = name if name in ICON_NAMES else FALLBACK_ICON
    classes = "icon" + (" icon--large" if size == "large" else "")
    if known.startswith(DIRECTED):
        classes += " icon--directed"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            classes,
            label,
            sprite,
            known,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', classes, sprite, known)


@register.simple_tag
def language_choice(choice: Any) -> SafeString:
    """An entry of the language menu (portal.translation's Choice). No template: every page has eight of them."""
    language = choice.language
    return format_html(
        '<li><a href="{}" hreflang="{}" lang="{}" data-dir="{}"{} data-offer="{}" data-refuse="{}">'
        '<span dir="{}">{}</span>{}</a></li>',
        choice.url,
        language.code,
        language.code,
        language.direction,
        SafeString(' aria-current="true"' if choice.current else ""),
        language.offer,
        language.refuse,
        language.direction,
        language.name,
        icon("check") if choice.current else "",
    )


@register.simple_tag(takes_context=True)
def current_if(context: RequestContext, url: str) -> SafeString:
    """aria-current="page" on a menu link whose page, or one below it, is shown (start page: only itself)."""
    path = context["request"].path
    here = path == url or (url != "/" and path.startswith(url))
    return SafeString(' aria-current="page"' if here else "")


@register.filter
def holds(entry: Any, path: str) -> bool:
    """Whether the page shown is the entry's of the menu, or one below it."""
    return any(each.url and path.startswith(each.url) for each in (entry, *entry.children))


@register.simple_tag(takes_context=True)
def signed_in(context: RequestContext) -> Any:
    """The person signed in, or None. Without a session cookie the session is not even looked at, so that a
    visitor's page stays free of cookies, queries and `Vary`."""
    request = context["request"]
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return request.user


@register.simple_tag(takes_context=True)
def acting(context: RequestContext) -> Acting | None:
    """The help in whose course this page is looked at, or None; looks at no session either where there is none."""
    request = context["request"]
    return acting_of(request) if signed_in(context) is not None else None


@register.simple_tag(takes_context=True)
def support(context: RequestContext) -> dict[str, Any] | None:
    """The visit in whose course this page is looked at (`mine`); for who administers, who is in the portal (`others`).

    None for everybody else, for whom nothing is asked."""
    request, person = context["request"], signed_in(context)
    if person is None or not context.get("municipality"):
        return None
    mine = visiting_of(request)
    administers = mine is None and acting_of(request) is None and may(person, Permission.SECURITY_RULES)
    others = visitors_here() if administers else ()
    return {"mine": mine, "others": others} if mine or others else None


@register.simple_tag(takes_context=True)
def announcements(context: RequestContext) -> list[Announcement]:
    """What the person signed in is told once, on the pages where people begin."""
    return announcements_on(context["request"]) if signed_in(context) is not None else []


@register.simple_tag(takes_context=True)
def landing_cards(context: RequestContext) -> list[TaskCard]:
    """What stands on the landing page of the person signed in, for the menu of the account; without any numbers."""
    request = context["request"]
    return [card for card in cards_of(request, roles_of(request)) if card.landing]


@register.simple_tag(takes_context=True)
def account_tabs(context: RequestContext) -> list[dict[str, Any]]:
    """The tabs of the signed-in area: its landing page, and what somebody has there. `parts`: what stands under the
    tab one is on, the tab's own page first."""
    path = context["request"].path
    own = [card for card in landing_cards(context) if card.url.startswith(ACCOUNT)]
    # Of pages below each other (an organisation, its people) the nearest is meant.
    here = max((card for card in own if path.startswith(card.url)), key=lambda card: len(card.url), default=None)
    place = (here.under or here.url) if here else path
    parents = {card.under for card in own}
    tabs = [_tab(ACCOUNT, gettext("Overview"), path, place)]
    for card in own:
        if not card.under:
            tabs.append(
                _tab(
                    card.url,
                    gettext("My account") if card.url == PERSON and card.url in parents else card.label,
                    path,
                    place,
                )
            )
            if card.url == place and place in parents:
                tabs[-1]["parts"] = [
                    _tab(part.url, part.label, path, here.url if here else "")
                    for part in own
                    if place in (part.url, part.under)
                ]
    return tabs


def _tab(url: str, label: Any, path: str, place: str) -> dict[str, Any]:
    return {"url": url, "label": str(label), "current": "page" if url == path else "true" if url == place else ""}


@register.simple_tag(takes_context=True)
def help_url(context: RequestContext) -> str:
    """The page of the handbook that helps with this one; empty where there is none, as on the operator's side."""
    match = getattr(context["request"], "resolver_match", None)
    return help_for(match.route) if match is not None and context.get("municipality") else ""


@register.simple_tag(takes_context=True)
def at_desk(context: RequestContext) -> bool:
    """Whether the editors' desk is this person's: its frame serves planners, too, who have no desk."""
    return bool(EDITORS & set(roles_of(context["request"])))


@register.simple_tag(takes_context=True)
def desk_groups(context: RequestContext) -> list[dict[str, Any]]:
    """The groups of the editors' column with their tasks, what waits, and where one is."""
    request = context["request"]
    cards = [card for card in cards_of(request, roles_of(request)) if card.group]
    found = tasks(cards, here=request.path)
    groups = []
    for group, (label, icon_name) in GROUPS.items():
        own = [task for task in found if task.card.group == group]
        if own:
            waiting = sum(task.waiting or 0 for task in own)
            opened = waiting > 0 or any(task.current for task in own)
            groups.append({"label": label, "icon": icon_name, "tasks": own, "waiting": waiting, "open": opened})
    return groups


@register.simple_tag(takes_context=True)
def desk_frame(context: RequestContext) -> Frame:
    """What the desk says about this page of its frame: single keys, and the way on in the list."""
    return frame_of(context["request"])


@register.simple_block_tag(takes_context=True)
def in_title(context: RequestContext, content: str) -> str:
    """A page's name for its title, read out first: so “Error:” comes first when a form came back (and once only)."""
    word = gettext("Error:")
    request = context.get("request")
    if request is None or request.method != "POST" or content.strip().startswith(word):
        return content
    given: list[Any] = list(context.flatten().values())
    wrong = any(isinstance(each, BaseForm) and each.is_bound and each.errors for each in given)
    return format_html("{} {}", word, content) if wrong else content


@register.simple_tag(takes_context=True)
def page_messages(context: RequestContext) -> list[Message]:
    """What the last action has to say; only for those who have a session (see signed_in)."""
    request = context["request"]
    return list(get_messages(request)) if settings.SESSION_COOKIE_NAME in request.COOKIES else []


def _spoken(value: Any) -> str:
    """The language of a text from the data: its own where it says one (a translation does), else German."""
    return str(getattr(value, "language", settings.LANGUAGE_CODE))


def _attributes(language: str) -> SafeString:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.simple_tag
def content_attrs(value: Any = None) -> SafeString:
    """` lang="de" dir="ltr"` for an element that holds content in another language than the page; else nothing.

    For blocks (`<div class="prose"{% content_attrs %}>`): their lines begin on the other side where that is right.
    """
    language = _spoken(value)
    return SafeString("") if language == get_language() else _attributes(language)


@register.simple_tag
def content(value: Any, shown: SafeString | None = None) -> SafeString:
    """A piece of content inside a line: as it is on a German page, else marked for screen readers and set apart, so
    that its punctuation and numbers keep their order in Arabic and Farsi. `shown`: its mark-up, where it has some."""
    if value is None or value == "":
        return SafeString("")
    language = _spoken(value)
    if language == get_language():
        return SafeString(conditional_escape(value)) if shown is None else shown
    return format_html("<bdi{}>{}</bdi>", _attributes(language), value if shown is None else shown)


def marked_pieces(value: Any, marks: Sequence[tuple[int, int]]) -> SafeString:
    """A piece of content with some of its words marked; long words may be divided as in `headline`."""
    divide = with_soft_hyphens if value and _spoken(value) == "de" else str
    text, end, pieces = str(value), 0, []
    for first, last in marks:
        pieces += [escape(divide(text[end:first])), format_html("<mark>{}</mark>", divide(text[first:last]))]
        end = last
    return SafeString("".join([*pieces, escape(divide(text[end:]))]))


@register.filter
def divided_content(value: Any) -> Any:
    """A piece of content whose long words may be divided at the end of a line, where it is German."""
    return Spoken(with_soft_hyphens(str(value))) if value and _spoken(value) == "de" else value


@register.simple_tag
def headline(value: Any) -> SafeString:
    """`content` for headings, cards and tiles: long German words may be divided at the end of a line."""
    return content(divided_content(value))


@register.filter
def divided(words: str) -> str:
    """A heading of the interface: on German pages its long words may be divided at the end of a line.

    Words of the municipality's data are marked as `spoken` does.
    """
    if getattr(words, "language", ""):
        return headline(words)
    return with_soft_hyphens(str(words)) if get_language() == "de" else words


@register.simple_tag
def spoken(value: Any) -> SafeString:
    """A text that may be content or interface: set apart as `content` does where it is a core.text.Spoken."""
    return content(value) if getattr(value, "language", "") else SafeString(conditional_escape(value))


@register.simple_tag
def first_spoken(*texts: str) -> str:
    """The first of the municipality's own words, which are German, that there is, else the interface's: the last."""
    *own, usual = texts
    return next((Spoken(text) for text in own if text), usual)


@register.simple_tag
def ltr(value: Any) -> SafeString:
    """A phone number, an address of mail or the web: read from left to right whatever stands around it."""
    if value is None or value == "":
        return SafeString("")
    if not get_language_info(get_language() or settings.LANGUAGE_CODE)["bidi"]:
        return SafeString(conditional_escape(value))
    return format_html('<bdi dir="ltr">{}</bdi>', value)


@register.simple_tag
def phone_links(written: str) -> SafeString:
    """The telephone numbers of a field one after the other; a link where it is certain what is to be dialled."""
    parts = [
        format_html('<a href="{}">{}</a>', phone.uri, ltr(phone.text)) if phone.uri else ltr(phone.text)
        for phone in phones_in(written or "")
    ]
    return format_html_join(", ", "{}", ((part,) for part in parts))


@register.filter
def styled(field: BoundField) -> SafeString:
    """The field's widget with our class. Django itself adds aria-describedby, aria-invalid and required."""
    css = "check" if getattr(field.field.widget, "input_type", "") in CHECKS else "input"
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@register.filter
def field_kind(field: BoundField) -> str:
    """Which layout a field wants: "options" (several boxes or radios), "check" (one box) or "input"."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") in CHECKS:
        return "options" if hasattr(widget, "choices") else "check"
    return "options" if field.use_fieldset else "input"


@register.filter
def first_control(field: BoundField) -> str:
    """What a link to a field with errors goes to: of several boxes the first; or its errors, right above it."""
    if is_checks(field) and field.use_fieldset and field.subwidgets:
        return field.subwidgets[0].id_for_label
    return field.id_for_label or f"{field.auto_id}_error"


@register.filter
def is_checks(field: BoundField) -> bool:
    """Whether the parts of a fieldset are boxes or radios (else, for example, the selects of a date)."""
    return getattr(field.field.widget, "input_type", "") in CHECKS


@register.filter
def elided(page: Page[Any]) -> Iterator[str | int]:
    """Page numbers with gaps: 1 … 4 5 6 … 20."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
