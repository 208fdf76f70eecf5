"""Paths of a municipality."""

from django.urls import include, path

from accounts.urls import account_patterns, desk_patterns
from core.security_txt import security_pattern
from portal.authoring.doors import EDITORS
from portal.inventory.urls import door_patterns
from portal.organisations.urls import signup_patterns

handler400 = "theming.views.bad_request"
handler404 = "portal.site.redirects.answering.not_found"
handler500 = "theming.views.server_error"
urlpatterns = [
    security_pattern(),
    path("", include("theming.urls")),
    path("", include("accounts.urls")),
    # Before the accounts' own: `bestaetigen/neu/` is no key.
    path("", include("portal.organisations.urls")),
    path("", include("portal.people.urls")),
    *signup_patterns,
    *account_patterns,
    *desk_patterns,
    path("", include("support.urls")),
    path("", include("portal.preferences.urls")),
    path("", include("portal.offer_fields.urls")),
    path("", include("portal.start.urls")),
    path("", include("portal.blocks.urls")),
    path("", include("portal.search.urls")),
    path("", include("portal.tokens.urls")),
    path("", include("portal.webhooks.urls")),
    path("", include("portal.interfaces.urls")),
    path("", include("portal.embedding.urls")),
    path("", include("portal.homescreen.urls")),
    path("", include("portal.bookmarks.urls")),
    path("", include("portal.subscriptions.urls")),
    path("", include("portal.newsletter.urls")),
    path("", include("portal.feedback.urls")),
    path("", include("portal.maps.urls")),
    path("", include("portal.translation.urls")),
    path("", include("portal.usage.urls")),
    path("", include("portal.offers.urls")),
    path("", include("portal.calendars.urls")),
    path("", include("portal.drafting.urls")),
    path("", include("portal.authoring.urls")),
    path("", include("portal.upkeep.urls")),
    path("", include("portal.imports.urls")),
    path("", include("portal.printing.urls")),
    path("", include("portal.figures.urls")),
    path("", include("portal.handbook.urls")),
    path("", include("portal.history.urls")),
    path("", include("portal.appearance.urls")),
    path("", include("portal.letters.urls")),
    path("", include("portal.editorial.review.urls")),
    path("", include("portal.quality.urls")),
    path("", include("portal.vocabulary.urls")),
    path("", include("portal.planning.urls")),
    path("", include("portal.planning.demand.urls")),
    path("", include("portal.planning.comparison.urls")),
    path("", include("portal.planning.report.urls")),
    path("", include("portal.surveys.urls")),
    path("", include("portal.inventory.urls")),
    # The same forms once more, for the editors.
    path("", include((door_patterns, "authoring"), namespace=EDITORS.instance)),
    path("", include("portal.editorial.urls")),
    path("", include("portal.site.urls")),
    path("", include("onboarding.urls_town")),
    path("", include("portal.news.urls")),
    path("", include("portal.professionals.urls")),
    path("", include("neighbours.urls")),
    path("", include("announcements.urls")),
    path("", include("comparison.urls")),
    path("", include("tracker.tickets.urls")),
    path("", include("tracker.voting.urls")),
    path("", include("tracker.cofunding.urls")),
    path("", include("tracker.releases.urls")),
    path("", include("tracker.forum.urls")),
    path("", include("tracker.channels.urls")),
    path("", include("tracker.board.urls")),
    # Last: it answers for every word that nobody else wants.
    path("", include("portal.pages.urls")),
]
