"""What has a history in this portal: everything its editors guard. A table that is added here keeps every state from
its next change on; rooms above declare theirs in the same way."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mail.models import MailText
from portal.feedback.models import AccessibilityStatement
from portal.history.look import LOGOS
from portal.history.outlines import OUTLINES
from portal.history.plain import Children, Plain, all_columns, plain_kind
from portal.history.registry import Chronicle, declare
from portal.maps.models import MapSettings
from portal.media.models import MediaFile
from portal.news.models import NewsItem
from portal.offers.kind import KIND as OFFER
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.providers.kind import KIND as PROVIDER
from portal.providers.models import Carrier
from portal.search.models import Synonyms
from portal.start.models import Entry, Section
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from portal.translation.models import LanguageSettings, Translation
from theming.models import Theme

# A choice for administrators only, and what providers agreed to: no state may bring an older version of that back.
SIGNING_IN = ("second_factor",)
NEVER_BACK = ("terms_version", "terms_note")
PARTS_OF_A_SECTION = ("kind", "visible", "title", "text", "link", "link_label")
BARRIER = ("what", "reason", "explanation", "alternative", "repaired_by")


def _at(name: str) -> Any:
    return lambda _row: reverse(name)


def _if_public(row: Any) -> str:
    return str(row.get_absolute_url()) if row.state == "published" else ""


def _of(name: str) -> Any:
    return lambda row: reverse(name, args=[row.pk])


declare(
    Chronicle(
        OFFER,
        "angebot",
        _("Offers"),
        "calendar",
        _if_public,
        plain=False,
        refers={
            "categories": Category,
            "target_groups": TargetGroup,
            "markers": Marker,
            "locations.district": District,
            "images.media": MediaFile,
        },
    )
)
declare(
    Chronicle(
        PROVIDER,
        "anbieter",
        _("Providers"),
        "users",
        _if_public,
        plain=False,
        refers={"categories": Category, "carrier": Carrier, "district": District, "images.media": MediaFile},
    )
)
declare(
    Chronicle(
        plain_kind("page", _("page"), Plain(Page, all_columns(Page))),
        "seite",
        _("Pages"),
        "file",
        _of("blocks:edit"),
        removals=frozenset({"pages.deleted"}),
        taken=_("Another page has its address now."),
    )
)
declare(
    Chronicle(
        plain_kind("news", _("news item"), Plain(NewsItem, all_columns(NewsItem))),
        "aktuelles",
        _("News"),
        "info",
        _of("news:edit"),
        removals=frozenset({"news.deleted"}),
        refers={"picture": MediaFile},
    )
)
declare(
    Chronicle(
        plain_kind("section", _("section of the start page"), Plain(Section, PARTS_OF_A_SECTION)),
        "abschnitt",
        _("Sections of the start page"),
        "list",
        _of("start:edit"),
        removals=frozenset({"start.deleted"}),
        taken=_("The start page has a new section of this kind."),
        children=("entries",),
    )
)
declare(
    Chronicle(
        plain_kind(
            "entry",
            _("entry of the start page"),
            Plain(Entry, (*all_columns(Entry, but=("section", "position")), "width", "height")),
        ),
        "eintrag",
        _("Entries of the start page"),
        "list",
        _of("start:edit_entry"),
        removals=frozenset({"start.deleted"}),
        refers={"target_group": TargetGroup},
    )
)
declare(
    Chronicle(
        plain_kind("synonyms", _("words of the same meaning"), Plain(Synonyms, all_columns(Synonyms))),
        "woerter",
        _("Words of the same meaning"),
        "search",
        _of("search:edit_synonyms"),
        removals=frozenset({"synonyms.removed"}),
    )
)
declare(
    Chronicle(
        plain_kind("mailtext", _("text of a mail"), Plain(MailText, all_columns(MailText))),
        "mailtext",
        _("Texts of mails"),
        "mail",
        lambda row: reverse("letters:text", args=[row.key]),
        removals=frozenset({"mail_text.reset"}),
        taken=_("This mail has another text of your own by now."),
    )
)
declare(
    Chronicle(
        plain_kind("translation", _("translation"), Plain(Translation, ("text", "machine", "outdated"))),
        "uebersetzung",
        _("Translations"),
        "web",
        _of("translation:correct"),
        removals=frozenset({"translation.dropped"}),
        taken=_("The text was translated anew."),
    )
)
declare(
    Chronicle(
        plain_kind("theme", _("appearance"), Plain(Theme, (*all_columns(Theme), *(
            f"{name}_{side}" for name in ("hero_image", "logo", "social_image") for side in ("width", "height"))),
            besides=(LOGOS,))),
        "aussehen",
        _("Appearance"),
        "art",
        _at("appearance:look"),
        one=True,
    )
)  # fmt: skip
declare(
    Chronicle(
        plain_kind(
            "preferences",
            _("rules of the municipality"),
            Plain(Preferences, all_columns(Preferences, but=(*SIGNING_IN, *NEVER_BACK))),
        ),
        "regeln",
        _("Rules of the municipality"),
        "settings",
        one=True,
    )
)
declare(
    Chronicle(
        plain_kind(
            "signing_in", _("who needs a second factor"), Plain(Preferences, SIGNING_IN), admin_only=True
        ),
        "anmeldung",
        _("Who needs a second factor"),
        "settings",
        _at("preferences:signing_in"),
        admin_only=True,
        one=True,
    )
)  # fmt: skip
declare(
    Chronicle(
        plain_kind(
            "languages",
            _("languages"),
            Plain(
                LanguageSettings, all_columns(LanguageSettings), secrets={"secret_key": ("backend", "endpoint")}
            ),
        ),
        "sprachen",
        _("Languages"),
        "web",
        _at("translation:settings"),
        one=True,
    )
)  # fmt: skip
declare(
    Chronicle(
        plain_kind(
            "map", _("map"), Plain(MapSettings, (*all_columns(MapSettings), "outline"), besides=(OUTLINES,))
        ),
        "karte",
        _("Map"),
        "map",
        _at("maps:edit"),
        one=True,
    )
)  # fmt: skip
declare(
    Chronicle(
        plain_kind(
            "statement",
            _("accessibility statement"),
            Plain(
                AccessibilityStatement,
                all_columns(AccessibilityStatement),
                children=(Children("barriers", BARRIER),),
            ),
        ),
        "barrierefreiheit",
        _("Accessibility statement"),
        "disability",
        _at("feedback:statement_edit"),
        one=True,
    )
)  # fmt: skip
