"""The two doors to the forms: that of a provider's people below /konto/ and that of the editors below /redaktion/.

Code and pages are the same. What differs is who may come in (the paths of the room that opens the door), the frame
around the page, where its addresses lead, and what stands in its trail. Which door somebody came through is known while
the view runs, so that nothing that makes an address has to be told.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _

from portal.preferences.models import Preferences

View = TypeVar("View", bound=Callable[..., Any])
Crumb = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """`offers` and `profiles` are the beginnings of addresses, `frame` the template around the pages, `instance` the
    namespace of its paths."""

    offers: str
    profiles: str
    profile_home: str
    frame: str
    instance: str
    of_editors: bool = False

    def home(self, pk: int) -> str:
        """The overview of a profile."""
        return self.profile_home.format(pk=pk)

    def profile(self, pk: int, slug: str) -> str:
        """A page of a profile's form."""
        return f"{self.profiles}{pk}/profil/{slug}/"

    def offer(self, pk: int, slug: str) -> str:
        """A page of an offer's form."""
        return f"{self.offers}{pk}/{slug}/"

    def away(self, pk: int) -> str:
        """Where somebody goes who writes on later."""
        return f"{self.offers}{pk}/" if self.of_editors else self.offers

    def trail_to_offers(self) -> list[Crumb]:
        """The first links of the trail of an offer's pages."""
        if self.of_editors:
            return [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Offers"), "url": self.offers}]
        return [
            {"label": _("My account"), "url": "/konto/"},
            {"label": Preferences.current().offers_name, "url": self.offers},
        ]

    def trail_to_profiles(self) -> list[Crumb]:
        """The first links of the trail of a profile's pages."""
        if self.of_editors:
            return [
                {"label": _("Editorial desk"), "url": "/redaktion/"},
                {"label": _("Providers"), "url": self.profiles},
            ]
        return [{"label": _("My account"), "url": "/konto/"}]


OWN = Door("/konto/angebote/", "/konto/anbieter/", "/konto/anbieter/{pk}/", "account.html", "authoring")
EDITORS = Door(
    "/redaktion/angebote/",
    "/redaktion/anbieter/",
    "/redaktion/anbieter/{pk}/profil/",
    "authoring/desk_frame.html",
    "door_of_editors",
    of_editors=True,
)
_entered: ContextVar[Door] = ContextVar("door", default=OWN)


def here() -> Door:
    """The door somebody came through."""
    return _entered.get()


@contextmanager
def entered(door: Door) -> Iterator[None]:
    """Within the block everything leads through this door."""
    token = _entered.set(door)
    try:
        yield
    finally:
        _entered.reset(token)


def through(door: Door) -> Callable[[View], View]:
    """A view behind another door; who may come in is said around it."""

    def behind(view: View) -> View:
        @wraps(view)
        def led(*args: Any, **kwargs: Any) -> Any:
            with entered(door):
                return view(*args, **kwargs)

        return cast("View", led)

    return behind
