"""What this room wants done before a portal goes live: the legal pages, and menus that lead to them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.go_live import Check, Found, register
from portal.media.models import MediaFile
from portal.pages.models import Page
from portal.site.legal.kinds import PAGES
from portal.site.legal.services import is_placeholder, states
from portal.site.menus.reading import Node, read_menus

# Two clicks from everywhere (BGH I ZR 228/03): in the footer's menu.
_IN_FOOTER = ("impressum", "datenschutz")
# Bodies of pages are long: so many are looked at, and no more.
_MOST_PAGES = 200


def _legal(slug: str) -> Found:
    state = next(each for each in states() if each.page.slug == slug)
    if state.done:
        return Found(
            True, _("Public, and in your own words.") if state.by_hand else _("Public, made from your answers.")
        )
    if not state.begun:
        return Found(False, _("Nobody has filled it in yet."))
    if state.missing:
        number = len(state.missing)
        said = ngettext("%(number)d answer is missing.", "%(number)d answers are missing.", number)
        return Found(False, said % {"number": number})
    return Found(False, _("Filled in, but not public yet."), url=f"{state.page.url}text/")


def _leads_to(nodes: tuple[Node, ...], address: str) -> bool:
    return any(node.url == address or _leads_to(node.children, address) for node in nodes)


def _menus() -> Found:
    menus = read_menus()
    lost = [slug for slug in _IN_FOOTER if not _leads_to(menus.footer, f"/{slug}/")]
    if lost:
        names = _(" and ").join(PAGES[slug].title for slug in lost)
        return Found(False, _("The menu at the bottom does not lead to: %(names)s.") % {"names": names})
    if not _leads_to(menus.header, "/angebote/"):
        return Found(False, _("The menu at the top does not lead to the offers."))
    return Found(True, _("Search and legal pages are one click away from everywhere."))


def _texts() -> Found:
    pages = Page.objects.public().exclude(slug__in=[*PAGES, "barrierefreiheit"])
    empty = [page for page in pages.only("pk", "slug", "title", "body")[:_MOST_PAGES] if is_placeholder(page.body)]
    if not empty:
        return Found(True, _("No public page is still without its text."))
    names = ", ".join(page.title for page in empty[:3])
    return Found(
        False, _("Still without a text: %(names)s.") % {"names": names}, url=f"/redaktion/seiten/{empty[0].pk}/"
    )


def _pictures() -> Found:
    number = MediaFile.objects.filter(Q(alt_text=""), owner=None, original=None).count()
    if not number:
        return Found(True, _("Each of your pictures has a description."))
    said = ngettext(
        "%(number)d of your pictures has no description.", "%(number)d of your pictures have no description.", number
    )
    return Found(False, said % {"number": number}, url="/redaktion/medien/?beschreibung=fehlt&wessen=eigene")


register(
    *(
        Check(
            page.slug,
            30 + at,
            page.title,
            page.why,
            page.url,
            lambda slug=page.slug: _legal(slug),  # type: ignore[misc]  # a default is what binds it now
            verb=gettext_lazy("Fill in"),
        )
        for at, page in enumerate(PAGES.values())
    ),
    Check(
        "texte",
        45,
        gettext_lazy("Texts of the pages"),
        gettext_lazy("Whoever reads “still being written” does not come back."),
        "/redaktion/seiten/",
        _texts,
        verb=gettext_lazy("Write"),
    ),
    Check(
        "menues",
        50,
        gettext_lazy("Menus"),
        gettext_lazy("Offers and legal pages must be found from every page."),
        "/redaktion/menues/",
        _menus,
        verb=gettext_lazy("Put in order"),
    ),
    Check(
        "bilder",
        110,
        gettext_lazy("Descriptions of pictures"),
        gettext_lazy("Who cannot see a picture reads its description."),
        "/redaktion/medien/",
        _pictures,
        must=False,
        verb=gettext_lazy("Describe"),
    ),
)
