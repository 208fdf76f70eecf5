"""`{% options %}`: the tick boxes of the filters.

There are some hundred and thirty of them on a page. Put together here they take a fifth of the time a template takes,
which was a tenth of the whole search page (`make bench`); and the next page has them but for their numbers
(`theming.drawing`).
"""

from collections.abc import Iterable, Iterator, Sequence
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
_CHECKED, _OPEN, _NOTHING = SafeString(" checked"), SafeString(" open"), SafeString("")
# Where a number goes; no name of anything has it.
_NUMBER = "\0"


@register.simple_tag
def options(choices: "Iterable[Option]", name: str) -> SafeString:
    """Tick boxes with the number of results each would give; those that would give none are dimmed."""
    several = tuple(choices)
    given = {"name": name, "choices": tuple(map(_shape, several))}
    return _filled(drawn("options", given, lambda: _list(several, name)), several)


@register.simple_tag
def option_box(option: "Option", name: str) -> SafeString:
    """One tick box."""
    return _filled(drawn("option", {"name": name, "choice": _shape(option)}, lambda: _box(option, name)), (option,))


def _shape(option: "Option") -> tuple[object, ...]:
    """All that is drawn of it but the number."""
    below = tuple(map(_shape, option.children))
    return option.value, option.label, option.checked, option.empty, option.opened, below


def _filled(blank: str, choices: "Sequence[Option]") -> SafeString:
    """With the numbers, which are digits or nothing."""
    pieces = zip_longest(blank.split(_NUMBER), _numbers(choices), fillvalue="")
    return SafeString("".join(chain.from_iterable(pieces)))


def _numbers(choices: "Iterable[Option]") -> Iterator[str]:
    for each in choices:
        yield each.number
        yield from _numbers(each.children)


def _list(choices: "Iterable[Option]", name: str) -> SafeString:
    items = "".join(f"<li>{_box(each, name)}{_below(each, name)}</li>" for each in choices)
    # Only made of pieces that are escaped already.
    return SafeString(f'<ul class="options">{items}</ul>')


def _box(option: "Option", name: str) -> SafeString:
    return format_html(
        '<label class="option{}"><input class="check" type="checkbox" name="{}" value="{}"{}>'
        '<span class="option__text">{}</span><span class="option__count" data-number>{}</span></label>',
        " option--empty" if option.empty else "",
        name,
        option.value,
        _CHECKED if option.checked else _NOTHING,
        divided(option.label),
        _NUMBER,
    )


def _below(option: "Option", name: str) -> SafeString:
    if not option.children:
        return _NOTHING
    return format_html(
        '<details class="more more--nested"{}><summary><span class="visually-hidden">{}</span></summary>{}</details>',
        _OPEN if option.opened or option.checked else _NOTHING,
        # The sentence is ours, the topic escaped.
        SafeString(_("Topics of %(topic)s") % {"topic": spoken(option.label)}),
        _list(option.children, name),
    )
