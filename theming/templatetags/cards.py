"""`{% offer_card card %}`: one `<li>` of `<ul class="cards">`.

A page of results has twenty cards of some sixty pieces each. Put together here, a card takes a sixth of the time a
template takes for it, which was a fifth of the whole search page (`make bench`); and the next page that has the same
card has it already (`theming.drawing`).
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from theming.cards import OfferCard
from theming.drawing import drawn
from theming.images import CARD_WIDTH, THUMB_WIDTH
from theming.templatetags.theming import content, content_attrs, headline, icon, marked_pieces

register = template.Library()

_EMPTY = SafeString("")


@register.simple_tag
def offer_card(card: OfferCard, layout: str = "list") -> SafeString:
    """`layout` is "list" (dense rows of `cards`) or "tile" (of `cards cards--grid`)."""
    return drawn("offer_card", {"card": card, "layout": layout}, lambda: _drawn(card, layout))


def _drawn(card: OfferCard, layout: str) -> SafeString:
    return format_html(
        '<li><article class="card card--{}{}"><div class="card__body">{}'
        '<h3 class="card__title"><a href="{}">{}</a></h3>{}{}</div>{}{}</article></li>\n',
        layout,
        f" {card.color}" if card.color else "",
        format_html('<p class="card__kind">{}</p>', headline(card.category)) if card.category else "",
        card.url,
        content(card.title, marked_pieces(card.title, card.title_marks)),
        _text(card),
        _facts(card),
        _thumb(card, layout),
        bookmark(card.id, card.title) if card.id else "",
    )


def _text(card: OfferCard) -> SafeString:
    if not card.text:
        return _EMPTY
    return format_html(
        '<p class="card__text"{}>{}</p>', content_attrs(card.text), marked_pieces(card.text, card.text_marks)
    )


def _facts(card: OfferCard) -> SafeString:
    facts = [
        ("calendar", card.when),
        ("pin", headline(card.place)),
        ("users", card.audience),
        ("euro", card.price),
        ("building", headline(card.provider)),
    ]
    items = [
        (SafeString(' class="card__when"') if name == "calendar" else "", icon(name), words)
        for name, words in facts
        if words
    ]
    if not items and not card.badges:
        return _EMPTY
    marks = [
        (f" badge--{each.kind}" if each.kind else "", icon(each.icon) if each.icon else "", each.label)
        for each in card.badges
    ]
    return format_html(
        '<ul class="card__facts">{}{}</ul>',
        format_html_join("", "<li{}>{}<span>{}</span></li>", items),
        format_html_join("", '<li class="badge{}">{}{}</li>', marks),
    )


def _thumb(card: OfferCard, layout: str) -> SafeString:
    if card.image_url:
        smaller = layout == "list" and card.image_small not in {"", card.image_url}
        return format_html(
            '<div class="card__thumb"><img src="{}"{} alt="" width="320" height="213" loading="lazy" decoding="async">'
            "</div>",
            card.image_url,
            format_html(
                ' srcset="{} {}w, {} {}w" sizes="(min-width: 48rem) 7.5rem, 5.25rem"',
                card.image_small,
                THUMB_WIDTH,
                card.image_url,
                CARD_WIDTH,
            )
            if smaller
            else "",
        )
    return format_html(
        '<div class="card__thumb card__thumb--shape" aria-hidden="true">{}</div>', icon(card.icon or "calendar")
    )


@register.simple_tag
def bookmark(pk: int, title: str) -> SafeString:
    """The heart of an offer; shown and pressed by bookmarks.js."""
    return format_html(
        '<button class="bookmark" type="button" data-bookmark="{}" aria-pressed="false" hidden>{}'
        '<span class="visually-hidden">{}</span></button>',
        str(pk),
        icon("heart"),
        _("Bookmark: %(title)s") % {"title": title},
    )
