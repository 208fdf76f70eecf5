"""Paths of the room on the operator's host; the same names as in a municipality, and what only the operator does."""

from django.urls import path

from tracker.tickets.views import acting, listing, reporting, ticket

app_name = "tickets"
urlpatterns = [
    path("betrieb/melden/", reporting.report, name="report"),
    path("betrieb/melden/aehnlich/", reporting.look_alikes, name="look_alikes"),
    path("betrieb/melden/<int:pk>/", reporting.draft, name="draft"),
    path("betrieb/melden/<int:pk>/bild/", reporting.draft_picture, name="draft_picture"),
    path("betrieb/melden/<int:pk>/pruefen/", reporting.check, name="check"),
    path("betrieb/melden/<int:pk>/verwerfen/", reporting.discard, name="discard"),
    path("betrieb/meldungen/", listing.mine, name="mine"),
    path("betrieb/tickets/bild/<int:pk>/", ticket.picture, name="picture"),
    path("betrieb/tickets/<int:pk>/", ticket.ticket, name="ticket"),
    path("betrieb/tickets/<int:pk>/kommentar/", acting.comment, name="comment"),
    path("betrieb/tickets/<int:pk>/kommentar/<int:comment>/zurueck/", acting.withdraw, name="withdraw"),
    path("betrieb/tickets/<int:pk>/notiz/", acting.note, name="note"),
    path("betrieb/tickets/<int:pk>/folgen/", acting.watch, name="watch"),
    path("betrieb/tickets/<int:pk>/wieder-oeffnen/", acting.reopen, name="reopen"),
    path("betrieb/tickets/<int:pk>/text/", acting.reword, name="reword"),
    path("betrieb/tickets/<int:pk>/stand/", acting.state, name="state"),
    path("betrieb/tickets/<int:pk>/einordnen/", acting.sort_in, name="sort_in"),
    path("betrieb/tickets/<int:pk>/zusammenfuehren/", acting.unite, name="merge"),
]
