"""Tags of the forms' templates."""

from django import template
from django.template import Node, NodeList
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from portal.authoring.seeing import without_ways
from portal.media.models import MediaFile
from theming.images import CARD_WIDTH, scaled_url

register = template.Library()


@register.simple_tag
def pictures_of(numbers: tuple[int, ...]) -> list[str]:
    """Addresses of small copies of the pictures a difference is about; one query."""
    found = MediaFile.objects.in_bulk(numbers) if numbers else {}
    return [scaled_url(found[each].file, CARD_WIDTH) for each in numbers if each in found]


class _Still(Node):
    def __init__(self, inner: NodeList) -> None:
        self.inner = inner

    def render(self, context: Context) -> SafeString:
        return without_ways(self.inner.render(context))


@register.tag
def still(parser: Parser, _token: Token) -> Node:
    """`{% still %}…{% endstill %}`: to be looked at only."""
    inner = parser.parse(("endstill",))
    parser.delete_first_token()
    return _Still(inner)
