"""`{% options %}`: the tick boxes of the filters.

There are some hundred and thirty of them on a page. Put together here they take a fifth of the time a template takes,
which was a tenth of the whole search page (`make bench`); and the next page has them but for what each search changes:
numbers, and what is ticked, open or would find nothing (`theming.drawing`).
"""

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from theming.drawing import drawn
from theming.templatetags.theming import divided, spoken

if TYPE_CHECKING:
    from portal.search.form import Option

register = template.Library()
_NOTHING = SafeString("")
# Where something goes that another search has different; no name of anything has it.
_CHANGES = SafeString("\0")


@register.simple_tag
def options(choices: "Iterable[Option]", name: str) -> SafeString:
    """Tick boxes with the number of results each would give; those that would give none are dimmed."""
    several = tuple(choices)
    given = {"name": name, "choices": tuple(map(_shape, several))}
    return _filled(drawn("options", given, lambda: _list(several, name)), _changes(several))


@register.simple_tag
def option_box(option: "Option", name: str) -> SafeString:
    """One tick box."""
    given = {"name": name, "choice": (option.value, option.label)}
    return _filled(drawn("option", given, lambda: _box(option, name)), _changes_of(option))


def _shape(option: "Option") -> tuple[object, ...]:
    """All that is drawn of it whatever the search."""
    return option.value, option.label, tuple(map(_shape, option.children))


def _filled(blank: str, changes: Iterable[str]) -> SafeString:
    """With the rest: words of our own, and digits."""
    pieces = zip_longest(blank.split(_CHANGES), changes, fillvalue="")
    return SafeString("".join(chain.from_iterable(pieces)))


def _changes_of(option: "Option") -> tuple[str, str, str]:
    """What `_box` leaves open."""
    return " option--empty" if option.empty else "", " checked" if option.checked else "", option.number


def _changes(choices: "Iterable[Option]") -> Iterator[str]:
    """What `_list` leaves open, in its order."""
    for each in choices:
        yield from _changes_of(each)
        if each.children:
            yield " open" if each.opened or each.checked else ""
            yield from _changes(each.children)


def _list(choices: "Iterable[Option]", name: str) -> SafeString:
    items = "".join(f"<li>{_box(each, name)}{_below(each, name)}</li>" for each in choices)
    # Only made of pieces that are escaped already.
    return SafeString(f'<ul class="options">{items}</ul>')


def _box(option: "Option", name: str) -> SafeString:
    return format_html(
        '<label class="option{}"><input class="check" type="checkbox" name="{}" value="{}"{}>'
        '<span class="option__text">{}</span><span class="option__count" data-number>{}</span></label>',
        _CHANGES,
        name,
        option.value,
        _CHANGES,
        divided(option.label),
        _CHANGES,
    )


def _below(option: "Option", name: str) -> SafeString:
    if not option.children:
        return _NOTHING
    return format_html(
        '<details class="more more--nested"{}><summary><span class="visually-hidden">{}</span></summary>{}</details>',
        _CHANGES,
        # The sentence is ours, the topic escaped.
        SafeString(_("Topics of %(topic)s") % {"topic": spoken(option.label)}),
        _list(option.children, name),
    )
