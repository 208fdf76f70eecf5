"""What was done so that everybody can read the portal, in sentences with the ratios: what is used as it was chosen,
what was moved, what is not used. Numbers come from `theming.honesty`; nothing is said that the pages do not do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.appearance.pictures import darkest
from theming.honesty import NEEDED, Fate, Finding, Use, findings, rounded
from theming.tokens import BLACK, WHITE, contrast

FAINT_LOGO = 1.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """`badge` says what became of the colour; `ground` and `ink` are those of the little picture beside it."""

    badge: str
    kind: str
    icon: str
    title: str
    text: str
    ground: str
    ink: str


def ratio(value: float) -> str:
    """`8,4 : 1`, never rounded up."""
    return f"{number_format(rounded(value), 1)} : 1"


def proof(brand: str, accent: str, *, dark_allowed: bool) -> list[Sentence]:
    """One sentence for each use of the two colours."""
    found = findings(brand, accent, dark_allowed=dark_allowed)
    told = [_TOLD[each.use](each) for each in found]
    if not dark_allowed:
        told.append(
            Sentence(
                _("switched off"), "info", "info", _("Dark display."),
                _("Your portal is always light, whatever the visitor's device is set to."), "#1f2136", WHITE,
            )
        )  # fmt: skip
    return told


def _said(each: Finding) -> dict[str, str]:
    return {
        "chosen": each.chosen.upper(),
        "used": each.used.upper(),
        "before": ratio(each.before),
        "after": ratio(each.after),
        "other": ratio(each.other),
        "needed": ratio(NEEDED),
    }


def _action(each: Finding) -> Sentence:
    said = _said(each)
    title = _("Main colour %(chosen)s for buttons and links.") % said
    if each.fate == Fate.KEPT:
        text = _("Exactly yours. The lowest contrast on all our grounds is %(after)s; %(needed)s is needed.")
        return Sentence(_("unchanged"), "success", "check", title, text % said, each.used, WHITE)
    text = _(
        "There it becomes %(used)s: %(after)s instead of %(before)s at the lowest; %(needed)s is needed. The hue stays "
        "yours."
    )
    return Sentence(_("darker"), "info", "info", title, text % said, each.used, WHITE)


def _surface(each: Finding) -> Sentence:
    said = _said(each)
    title = _("Main colour %(chosen)s as a surface and as the line on top.") % said
    return _exactly(each, title)


def _accent(each: Finding) -> Sentence:
    return _exactly(each, _("Second colour %(chosen)s as a surface.") % _said(each))


def _exactly(each: Finding, title: str) -> Sentence:
    said = _said(each) | {
        "text": _("black") if each.used == BLACK else _("white"),
        "otherwise": _("white") if each.used == BLACK else _("black"),
    }
    said = {**said, "capital": said["otherwise"].capitalize()}
    if each.fate == Fate.FAINT:
        text = _(
            "Exactly yours, but on the light page it is hardly seen: %(before)s. Ornaments in it seem to be missing; "
            "nothing to read depends on it."
        )
        return Sentence(_("hardly seen"), "warning", "warning", title, text % said, each.chosen, each.used)
    text = _("Exactly yours. Text on it becomes %(text)s: %(after)s. %(capital)s would be only %(other)s.")
    return Sentence(_("unchanged"), "success", "check", title, text % said, each.chosen, each.used)


def _accent_text(each: Finding) -> Sentence:
    said = _said(each)
    title = _("Second colour as text.")
    if each.before < NEEDED:
        text = _(
            "On white it has %(before)s, which many people cannot read. Links and numbers stay in the colour of the "
            "buttons (%(after)s)."
        )
    else:
        text = _(
            "It could be read (%(before)s on white), but links and numbers stay in one colour, that of the buttons "
            "(%(after)s)."
        )
    return Sentence(_("not used"), "warning", "warning", title, text % said, WHITE, each.chosen)


def _dark(each: Finding) -> Sentence:
    said = _said(each)
    title = _("Main colour on a dark ground.")
    if each.fate == Fate.KEPT:
        text = _("Exactly yours there too: %(after)s at the lowest.")
        return Sentence(_("unchanged"), "success", "check", title, text % said, each.ground, each.used)
    text = _("There it becomes %(used)s: %(after)s instead of %(before)s at the lowest. The light display is as above.")
    return Sentence(_("lighter in dark display"), "info", "info", title, text % said, each.ground, each.used)


_TOLD: dict[Use, Callable[[Finding], Sentence]] = {
    Use.ACTION: _action,
    Use.SURFACE: _surface,
    Use.ACCENT: _accent,
    Use.ACCENT_TEXT: _accent_text,
    Use.DARK_ACTION: _dark,
}


def faint_logo(name: str) -> str:
    """A stored logo that is nearly white, on our white ground; empty where all is well."""
    light = darkest(name) if name else None
    if light is None or contrast(f"#{light:02x}{light:02x}{light:02x}", WHITE) >= FAINT_LOGO:
        return ""
    return _("Your logo is very light and hardly seen on the white ground. Please use its version for light grounds.")
