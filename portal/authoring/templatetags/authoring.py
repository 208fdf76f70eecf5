"""Tags of the forms' templates."""

from django import template
from django.template import Node, NodeList
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from portal.authoring.seeing import without_ways

register = template.Library()


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
