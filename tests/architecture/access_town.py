"""A municipality with one of everything that has an address, and somebody of every kind, for `test_access.py`."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from core.access import Role
from mail.adapter import AccountAdapter
from mail.models import OutboxMessage, Unreachable
from portal.blocks import drafts, previews
from portal.blocks.models import PreviewLink
from portal.calendars.models import Calendar, CalendarEvent
from portal.drafting.models import Reading
from portal.editorial.review import deciding
from portal.feedback.models import Case
from portal.history.models import Removed
from portal.history.registry import chronicle
from portal.imports.models import Upload
from portal.inventory.models import BulkRun, SavedFilter
from portal.media.models import MediaFile
from portal.news.models import NewsItem
from portal.newsletter import tokens as newsletter_tokens
from portal.newsletter.models import AddressList, Issue, Mailing, Newsletter, Reader
from portal.offer_fields.models import ExtraField
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.snapshot import take
from portal.organisations.models import Invitation, JoinRequest, digest_of
from portal.pages.models import Page, Redirect
from portal.people.models import RoleInvitation
from portal.printing.models import Paper
from portal.providers.models import Membership, Provider
from portal.quality.models import Link, Pair
from portal.revisions.models import Revision
from portal.search.models import Synonyms
from portal.site.models import MenuItem
from portal.start.models import Entry, Kind, Section
from portal.subscriptions.models import Subscription
from portal.subscriptions.tokens import confirm_token, manage_token
from portal.taxonomy.models import Category
from portal.translation.models import Translation
from portal.upkeep.models import Letter
from portal.upkeep.tokens import check_token, digest_token
from portal.vocabulary.uploads import keep
from tenants.models import Municipality, State
from tests.architecture.access_adoption import adopted
from tests.architecture.access_catalogue import catalogued
from tests.architecture.access_channels import channels_in_town, channels_on_platform
from tests.architecture.access_exchange import exchanged
from tests.architecture.access_hsds import identified
from tests.architecture.access_neighbours import next_door
from tests.architecture.access_onboarding import applying, contracted
from tests.architecture.access_paying import paid
from tests.architecture.access_planning import planned
from tests.architecture.access_programs import for_programs
from tests.architecture.access_rollouts import rolled_out
from tests.architecture.access_safekeeping import kept_safe
from tests.architecture.access_statistics import told_and_shared
from tests.architecture.access_support import let_in
from tests.architecture.access_surveys import surveyed
from tests.architecture.access_tracker import tracked
from tests.factories import a_provider, an_offer
from tests.health.places import queued
from theming.models import Theme
from theming.services import current_stylesheet

# The columns of access.csv; everybody but the visitor has an account.
PEOPLE = ("visitor", "person", "member", "administrator", "other", "planner", "editor", "admin", "operator")
_GRANTED = {"planner": Role.PLANNER, "editor": Role.EDITOR, "admin": Role.ADMIN, "operator": Role.OPERATOR}


def people() -> dict[str, User]:
    """An account of every kind, on the side we are inside. An operator in a municipality is nobody there."""
    return {
        name: User.objects.create_user(
            f"{name}@leute.example", roles=[_GRANTED[name].value] if name in _GRANTED else []
        )
        for name in PEOPLE[1:]
    }


def _reset_key() -> str:
    """As it stands in a mail to somebody who forgot the password."""
    user = User.objects.create_user("vergesslich@leute.example")
    return f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"


def _confirmation_key() -> str:
    """As it stands in a mail to somebody who has to prove an address."""
    user = User.objects.create_user("unbestaetigt@leute.example")
    EmailAddress.objects.filter(user=user).update(verified=False)
    return AccountAdapter().confirmation_key(EmailAddress.objects.get(user=user))


def _invited(provider: Provider) -> dict[str, Any]:
    """Somebody without an account is asked to join."""
    now = timezone.now()
    invitation = Invitation.objects.create(
        provider=provider,
        email="eingeladen@leute.example",
        digest=digest_of("geheim"),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    return {"invitation": invitation, "invite_token": "geheim"}


def _noted(offer: Offer) -> Revision:
    """What became public without approval, and no editor has looked at yet."""
    now = timezone.now()
    return Revision.objects.create(
        kind="offer", subject_id=offer.pk, content=take(offer), format=1, state="applied", informed=True,
        submitted_at=now, settled_at=now, decided_at=now,
    )  # fmt: skip


def _invited_for_a_role() -> dict[str, Any]:
    """Somebody without an account is asked to work for the town hall."""
    now = timezone.now()
    invitation = RoleInvitation.objects.create(
        email="neu@amt.example",
        role="editor",
        digest=digest_of("rolle"),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    return {"role_invitation": invitation, "role_token": "rolle"}


def _calendar(provider: Provider) -> dict[str, Any]:
    """A calendar that is being set up, and an event in it."""
    calendar = Calendar.objects.create(provider=provider, url="https://verein.example/termine.ics", name="Termine")
    event = CalendarEvent.objects.create(
        calendar=calendar, uid="1", title="Chor", start_key="x", first=timezone.localdate() + timedelta(days=9)
    )
    return {"calendar": calendar, "calendar_event": event}


def _of_somebody() -> dict[str, Any]:
    """A passkey nobody of the cast has, and the key of a mail to somebody whose address is to change."""
    user = User.objects.create_user("vorsichtig@leute.example")
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Schlüssel"})
    link = AccountAdapter().objection_url(user, old=user.email, new="neu@leute.example")
    return {"passkey": passkey, "objection": link.rstrip("/").rsplit("/", 1)[1]}


def _sent_table(provider: Provider, by: User) -> Upload:
    """A table of offers with one row to choose."""
    name = default_storage.save("~upload/tabelle", ContentFile(b"x"))
    sent = Upload.objects.create(provider=provider, by=by, key="tabelle", name="a.xlsx", file=name, language="de",
                                 state=Upload.State.READY)  # fmt: skip
    sent.rows.create(number=3, title="Neuer Kurs", outcome="new", rank=3, takeable=True, chosen=True)
    return sent


def _paper(key: str = "plakat", provider: Provider | None = None) -> Paper:
    """A poster that was made."""
    name = default_storage.save("~paper/plakat.pdf", ContentFile(b"%PDF-1.7"))
    return Paper.objects.create(
        key=key, kind="poster", title="Plakat", says={"headline": "Plakat"}, state="ready", file=name, provider=provider
    )


def _asked(offer: Offer, boss: User) -> dict[str, Any]:
    """The link of a reminder about this offer, and the one that ends a summary."""
    letter = Letter.objects.create(address=boss.email, user=boss)
    letter.asked.create(offer_id=offer.pk)
    return {"check": check_token(letter), "digest": digest_token(boss.pk)}


def _old_look() -> Revision:
    """What the portal looked like before."""
    now, theme = timezone.now(), Theme.load()
    content = {**chronicle("theme").kind.take(theme), "brand_color": "#00843d"}
    return Revision.objects.create(
        kind="theme", subject_id=theme.pk, content=content, format=1, state="applied", submitted_at=now,
        settled_at=now, decided_at=now,
    )  # fmt: skip


def _read(offer: Offer, person: User) -> dict[str, Any]:
    """A flyer that was read and became an offer, with a picture of its page."""
    reading = Reading.objects.create(
        provider=offer.provider, offer=offer, by=person, source="flyer", name="fest.pdf", digest="f" * 64,
        state="done", shown=1,
        found=[[{"key": "title", "content": {"title": "Fest"}, "certain": True, "said": "", "doubts": []}]],
    )  # fmt: skip
    default_storage.save(reading.file("page-0.webp"), ContentFile(b"x"))
    return {"reading": reading}


def _of_the_site() -> dict[str, Any]:
    """An entry of a menu, a picture of the library that nothing shows, an item of news, an address that moved."""
    item = NewsItem.objects.create(title="Fest", text="Kommt alle.", day="2026-01-01", released=True)
    name = default_storage.save("mediafile/bild.webp", ContentFile(b"x"))
    return {
        "menu_item": MenuItem.objects.create(place="footer", kind="heading", label="Rathaus"),
        "media": MediaFile.objects.create(file=name, alt_text="Ein Bild", width=3, height=2),
        "news": item,
        "news_url": item.get_absolute_url(),
        "moved": Redirect.objects.create(old_path="/alt", new_path="/angebote/"),
    }


def _newsletter() -> dict[str, Any]:
    """A newsletter with a draft, an issue that was sent, readers in every state and a list that was read in."""
    now = timezone.now()
    newsletter = Newsletter.objects.create(name="Für Familien", slug="familien")
    today = timezone.localdate()
    fields = {"newsletter": newsletter, "since": now, "until": now, "first_day": today, "last_day": today}
    asks, waits, reads = (
        Reader.objects.create(newsletter=newsletter, email=f"{state}@leser.example", state=state, created_at=now,
                              confirmed_at=now)
        for state in ("asking", "pending", "active")
    )  # fmt: skip
    sent = Issue.objects.create(title="Ausgabe", published_at=now, **fields)
    Mailing.objects.create(issue=sent, state="done", starts_at=now, started_at=now, ended_at=now)
    return {
        "newsletter": newsletter,
        "issue": Issue.objects.create(title="Entwurf", **fields),
        "sent_issue": sent,
        "reader": asks,
        "reader_confirm": newsletter_tokens.confirm_token(waits),
        "reader_manage": newsletter_tokens.manage_token(reads),
        "address_list": AddressList.objects.create(newsletter=newsletter, key="liste", name="a.csv", created_at=now,
                                                   rows=[[1, "a@b.de", "a@b.de", "neu", ""]]),
    }  # fmt: skip


def _page() -> dict[str, Any]:
    """A page with a draft, and a link to look at it."""
    page = Page.objects.create(slug="tagesmuetter", title="Tagesmütter", body="<p>Gut.</p>", easy_body="<p>Leicht.</p>")
    draft = drafts.begun(page)
    draft.save()
    network = Page(slug="netzwerke", title="Netzwerke", for_professionals=True)
    said = {"title": "Frühe Hilfen", "name": "Jo Klein", "join": "anfrage"}
    network.write([{"id": "netz01", "kind": "network", "hidden": False, "data": said}])
    network.save()
    link = PreviewLink.objects.create(page=page, key="schluessel", ends_at=timezone.now() + timedelta(days=7))
    return {"page": page, "preview_token": previews.token_of(link)}


def united(*parts: dict[str, Any]) -> dict[str, Any]:
    """All of them as one. A name that is given twice would quietly stand for the later thing, and a row of the table
    would ask for another object than its author meant."""
    found: dict[str, Any] = {}
    for part in parts:
        twice = found.keys() & part.keys()
        assert not twice, f"two things have one name: {sorted(twice)}"
        found |= part
    return found


def furnish(accounts: dict[str, User]) -> dict[str, Any]:
    """One of everything, by the names that access.csv uses in braces."""
    adopted()
    provider, foreign = a_provider(name="Verein Mitte"), a_provider(name="Verein Nord")
    roles = Membership.Role
    for name, where, role in (
        ("member", provider, roles.MEMBER),
        ("administrator", provider, roles.ADMINISTRATOR),
        ("other", foreign, roles.ADMINISTRATOR),
    ):
        Membership.objects.create(user=accounts[name], provider=where, role=role)
    offer = an_offer(provider=provider, places=[{"latitude": 49.2, "longitude": 7.0, "precision": "exact"}])
    handed_in = an_offer(provider=provider, title="Neuer Kurs", state="submitted", published_at=None)
    decided = editing.waiting_for(
        an_offer(provider=provider, title="Entschieden", state="submitted", published_at=None)
    )
    Redirect.objects.create(old_path="/angebote/info/alter-kurs", new_path=offer.get_absolute_url())
    section = Section.objects.create(kind=Kind.TILES, visible=True, position=90)
    now = timezone.now()
    waiting = Subscription.objects.create(email="wartet@example.org", created_at=now)
    confirmed = Subscription.objects.create(
        email="liest@example.org",
        state="active",
        created_at=now,
        confirmed_at=now,
        due_at=now,
        expires_at=now + timedelta(days=90),
    )
    return united(
        paid(),
        next_door(),
        told_and_shared(),
        {
            "offer": offer,
            "handed_in": editing.waiting_for(handed_in),
            "decision": deciding.approve(decided, by=accounts["editor"], version=decided.version)[1],
            "noted": _noted(offer),
            "old_look": _old_look(),
            "provider": provider,
            "foreign": foreign,
            "membership": Membership.objects.get(provider=provider, user=accounts["member"]),
            "asked": JoinRequest.objects.create(provider=provider, user=accounts["person"]),
        },
        _invited(provider),
        _calendar(provider),
        {
            "link": Link.objects.create(url="https://weg.example/", due_at=now),
            "pair": Pair.objects.create(kind="offer", first_id=1, second_id=2, likeness=0.9),
        },
        _invited_for_a_role(),
        _page(),
        {
            "section": section,
            "entry": Entry.objects.create(section=section, title="Unser Tipp"),
            "removed": Removed.objects.create(
                kind="synonyms",
                subject_id=990,
                title="Krippe, Kita",
                rows=[{"kind": "synonyms", "pk": 990, "values": {"id": 990, "words": ["Krippe", "Kita"]}}],
            ),
            "synonyms": Synonyms.objects.create(words=["Kita", "Kindergarten"]),
            "extra": ExtraField.objects.create(name="Mitzubringen"),
            "topic": Category.objects.create(name="Ferien"),
            "sheet": keep("baum", {"rows": [], "errors": [], "unknown": []}, by=accounts["editor"]),
            "shapes": keep("umrisse", {"areas": [], "notes": []}, by=accounts["editor"]),
            "case": Case.objects.create(kind="question", text="Wann?", sender_email="eva@example.org"),
            "translation": Translation.objects.create(
                source_hash="a" * 64, target="en", source="Hallo", text="Hello", place="x"
            ),
            "paper": _paper(),
            "own_poster": _paper("aushang", provider=provider),
            "table": _sent_table(provider, accounts["member"]),
        },
        _read(offer, accounts["member"]),
        _of_the_site(),
        {
            "kept": SavedFilter.objects.create(owner=accounts["editor"], subject="angebote", name="Ferien"),
            "run": BulkRun.objects.create(key="lauf", subject="angebote", deed="stimmt", started_by=accounts["editor"]),
        },
        _asked(offer, accounts["administrator"]),
        _newsletter(),
        planned(accounts["editor"]),
        surveyed(),
        channels_in_town(),
        {
            "confirm": confirm_token(waiting),
            "manage": manage_token(confirmed),
            "mail": OutboxMessage.objects.create(
                to="eva@example.org", subject="x", body="x", sender="a@example.org", message_id="<1@x>", state="failed"
            ),
            "unreachable": Unreachable.objects.create(address="weg@example.org"),
        },
        contracted(),
        exchanged(),
        identified(offer),
        let_in(),
        {
            "file": default_storage.save("seite/bild.txt", ContentFile(b"x")),
            "stylesheet": current_stylesheet().hash,
        },
        tracked(),
        for_programs(),
        {
            "reset": _reset_key(),
            "confirm_address": _confirmation_key(),
        },
        _of_somebody(),
    )


def furnish_platform() -> dict[str, Any]:
    """What has an address on the operator's side."""
    # Operators look at suspended municipalities.
    Municipality.objects.filter(slug="bedorf").update(state=State.SUSPENDED, state_reason="Umbau")
    return united(
        channels_on_platform(),
        exchanged(),
        catalogued(),
        next_door(),
        paid(),
        rolled_out(),
        told_and_shared(),
        kept_safe(),
        applying(),
        let_in(User.objects.get(email="operator@leute.example")),
        {
            "failed_job": queued("failed", "ahausen")[0],
            "mail": OutboxMessage.objects.create(
                to="eva@example.org", subject="x", body="x", sender="a@example.org", message_id="<1@x>", state="failed"
            ),
        },
        tracked(),
        {
            "reset": _reset_key(),
            "confirm_address": _confirmation_key(),
        },
        _of_somebody(),
    )
