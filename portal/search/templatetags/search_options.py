"""`{% options %}`: the tick boxes of the filters.

There are some hundred and thirty of them on a page. Put together here they take a fifth of the time a template takes,
which was a tenth of the whole search page (`make bench`).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from theming.templatetags.theming import divided, spoken

if TYPE_CHECKING:
    from portal.search.form import Option

register = template.Library()
_CHECKED, _OPEN, _NOTHING = SafeString(" checked"), SafeString(" open"), SafeString("")


@register.simple_tag
def options(choices: "Iterable[Option]", name: str) -> SafeString:
    """Tick boxes with the number of results each would give; those that would give none are dimmed."""
    items = "".join(f"<li>{option_box(each, name)}{_below(each, name)}</li>" for each in choices)
    # Only made of pieces that are escaped already.
    return SafeString(f'<ul class="options">{items}</ul>')


@register.simple_tag
def option_box(option: "Option", name: str) -> SafeString:
    """One tick box."""
    return format_html(
        '<label class="option{}"><input class="check" type="checkbox" name="{}" value="{}"{}>'
        '<span class="option__text">{}</span><span class="option__count" data-number>{}</span></label>',
        " option--empty" if option.empty else "",
        name,
        option.value,
        _CHECKED if option.checked else _NOTHING,
        divided(option.label),
        option.number,
    )


def _below(option: "Option", name: str) -> SafeString:
    if not option.children:
        return _NOTHING
    return format_html(
        '<details class="more more--nested"{}><summary><span class="visually-hidden">{}</span></summary>{}</details>',
        _OPEN if option.opened or option.checked else _NOTHING,
        # The sentence is ours, the topic escaped.
        SafeString(_("Topics of %(topic)s") % {"topic": spoken(option.label)}),
        options(option.children, name),
    )
