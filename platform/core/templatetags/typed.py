"""`{% csrf_token %}` with the mark by which a form is given back to whom it belongs (core.typed).

A tag of Django's, for it stands in every form already: nobody can forget the mark.
"""

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.typed import MARK, mark_of

register = template.Library()


class _MarkedNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        field = super().render(context)
        request = getattr(context, "request", None) or context.get("request")
        # Only where the page asked who somebody is: others must not look at the session.
        if not field or not getattr(request, "asks_who", False):
            return SafeString(field)
        return SafeString(field) + format_html('<input type="hidden" name="{}" value="{}">', MARK, _mark(request))


def _mark(request: object) -> str:
    """Made once a page, for lists have many forms."""
    made = getattr(request, "typed_mark", None)
    if made is None:
        made = request.typed_mark = mark_of(request)  # type: ignore[attr-defined,arg-type]  # ours, for this request
    return str(made)


@register.tag
def csrf_token(parser: Parser, token: Token) -> _MarkedNode:
    return _MarkedNode()
