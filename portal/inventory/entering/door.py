"""The forms of offers and profiles behind the editors' door: the same views, at addresses below /redaktion/."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from core.access import Role, allow
from portal.authoring import checking, deciding, doors, following, placing, views
from portal.authoring.profile import checking as profile_checking
from portal.authoring.profile import following as profile_following
from portal.authoring.profile import placing as profile_placing
from portal.authoring.profile import views as profile_views

_OFFER: dict[str, tuple[str, Callable[..., Any]]] = {
    "bearbeiten": ("offer", views.lead),
    "was": ("was", views.what),
    "wann": ("wann", views.when),
    "wo": ("wo", views.where),
    "ort": ("pin", placing.pin),
    "bild": ("bild", views.picture),
    "pruefen": ("pruefen", checking.check),
    "vorschau": ("preview", checking.preview),
    "waehlen": ("choose", views.choose),
    "aenderung": ("change", following.change),
    "zurueckziehen": ("withdraw", following.withdraw),
    "freigeben": ("approve", deciding.approve),
    "zurueckgeben": ("send_back", deciding.send_back),
    "kopieren": ("copy", following.copy),
}
_PROFILE: dict[str, tuple[str, Callable[..., Any]]] = {
    "": ("profile", profile_following.overview),
    "wer/": ("profile_who", profile_views.who),
    "kontakt/": ("profile_contact", profile_views.contact),
    "nadel/": ("profile_pin", profile_placing.pin),
    "zeiten/": ("profile_hours", profile_views.hours),
    "bilder/": ("profile_images", profile_views.images),
    "pruefen/": ("profile_check", profile_checking.check),
    "vorschau/": ("profile_preview", profile_checking.preview),
    "waehlen/": ("profile_choose", profile_views.choose),
    "aenderung/": ("profile_change", profile_following.change),
    "zurueckziehen/": ("profile_withdraw", profile_following.withdraw),
}


def _ours(view: Callable[..., Any]) -> Callable[..., Any]:
    """For the editors alone. (`allow` overrides what the view says for its other door.)"""
    return allow(Role.EDITOR, Role.ADMIN)(doors.through(doors.EDITORS)(view))


PATHS: list[URLPattern] = [
    *(path(f"redaktion/angebote/<int:pk>/{word}/", _ours(view), name=name) for word, (name, view) in _OFFER.items()),
    *(
        path(f"redaktion/anbieter/<int:pk>/profil/{word}", _ours(view), name=name)
        for word, (name, view) in _PROFILE.items()
    ),
]
"""To be included under the namespace `doors.EDITORS.instance` of the application `authoring`: links of the pages lead
through the door they stand behind."""
