"""A restored state equals the old one in every column and file, whatever stood in it and whatever came after."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from audit.services import record
from core.access import Role
from mail.models import MailText
from portal.feedback.models import AccessibilityStatement
from portal.history import declared, restoring
from portal.history.plain import outgoing
from portal.history.registry import Chronicle, chronicle, chronicles
from portal.history.timeline import order_of
from portal.maps.models import MapSettings
from portal.maps.services import save_map
from portal.media.models import MediaFile
from portal.news.models import NewsItem
from portal.offers import editing
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.providers import editing as profile_editing
from portal.providers.models import Carrier
from portal.revisions.models import Revision, State
from portal.revisions.tokens import mark_of
from portal.search.models import Synonyms
from portal.start.models import Entry, Kind, Section
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from portal.translation.models import LanguageSettings, Translation
from portal.translation.services import save_settings
from tests.factories import a_provider, an_offer
from tests.history.generated import SQUARE, values
from tests.revisions import generated
from theming.models import Theme

pytestmark = pytest.mark.django_db
# A text of forty fields is not worth making smaller: what differs is printed.
PHASES = (Phase.explicit, Phase.generate)
often = settings(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
# What stands in other tables, or is more than a value.
IN_OTHER_TABLES = ("barriers", "districts", "partners")
PLAIN = [each.name for each in chronicles() if each.plain]


def picture(name: str) -> str:
    out = BytesIO()
    Image.new("RGB", (12, 8), "red").save(out, "PNG")
    return default_storage.save(f"theme/{name}.png", ContentFile(out.getvalue()))


def a_row(kind: str) -> Any:
    """One row of a kind."""
    made: dict[str, Any] = {
        "page": lambda: Page.objects.create(slug="alt", title="Alt"),
        "section": lambda: Section.objects.create(kind=Kind.TILES),
        "entry": lambda: Entry.objects.create(title="Tipp", section=Section.objects.create(kind=Kind.AGES)),
        "synonyms": lambda: Synonyms.objects.create(words=["a", "b"]),
        "translation": lambda: Translation.objects.create(source_hash="b" * 64, target="en", source="Hallo", text="Hi"),
        "mailtext": lambda: MailText.objects.create(key="people_signed_out", subject="Tschüss", body="Bis bald"),
        "news": lambda: NewsItem.objects.create(title="Fest", text="Kommt alle.", day="2026-01-02"),
        "theme": Theme.load,
        "preferences": Preferences.load,
        "signing_in": Preferences.load,
        "languages": LanguageSettings.load,
        "map": MapSettings.load,
        "statement": AccessibilityStatement.load,
    }
    return made[kind]()


def change(each: Chronicle, row: Any, given: dict[str, Any], by: Any) -> dict[str, Any]:
    """What a form and its service do: set, check, save, note. Answers the state."""
    row = each.model._default_manager.get(pk=row.pk)
    for name, value in given.items():
        column = row._meta.get_field(name)
        setattr(row, column.attname, column.to_python(value) if not column.is_relation else value)
    try:
        row.full_clean()
    except ValidationError:
        assume(False)
    with transaction.atomic():
        row.save()
        record("test.changed", row, by=by)
    return each.kind.take(each.model._default_manager.get(pk=row.pk))


def whole(row: Any) -> dict[str, Any]:
    """Every column but the times that move by themselves."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    columns = fresh._meta.concrete_fields
    return {each.name: outgoing(each, getattr(fresh, each.attname)) for each in columns if each.name != "updated_at"}


def newest(each: Chronicle, pk: int) -> Revision:
    return Revision.objects.of(each.name, pk).filter(state=State.APPLIED).order_by("-settled_at", "-id")[0]


@pytest.mark.parametrize("kind", PLAIN)
@given(data=st.data())
@often
def test_pages_and_settings_come_back_in_every_column(cast, admin, kind, data):
    each = chronicle(kind)
    names = [name for name in each.kind.take(a_row_inside(each)) if name not in IN_OTHER_TABLES]
    strategy = values(each.model, names)
    with transaction.atomic():
        row = a_row(kind)
        first = change(each, row, data.draw(strategy), admin)
        before, wanted = whole(row), newest(each, row.pk) if order_of(each, row.pk).places else None
        second = change(each, row, data.draw(strategy), admin)
        assume(first != second and wanted is not None)
        assert wanted.content == first
        outcome = restoring.restore(each, wanted, by=admin, seen=mark_of(second))
        assert (outcome.applied, outcome.left_out) == (True, ())
        assert each.kind.take(each.model._default_manager.get(pk=row.pk)) == first
        if kind == "languages":
            before["secret_key"] = whole(row)["secret_key"]
        assert whole(row) == before
        assert newest(each, row.pk).content == first
        transaction.set_rollback(True)


def a_row_inside(each: Chronicle) -> Any:
    with transaction.atomic():
        row = each.model._default_manager.first() or a_row(each.name)
        each.kind.take(row)
        transaction.set_rollback(True)
    return row


@pytest.fixture
def admin(ahausen, person):
    return person(ahausen, Role.ADMIN, email="chefin@ahausen.example")


@given(data=st.data())
@often
def test_an_offer_comes_back_in_every_field(cast, data):
    with transaction.atomic():
        choices = {
            "categories": [Category.objects.create(name=name).pk for name in ("Kunst", "Rat")],
            "groups": [TargetGroup.objects.create(name="Kinder").pk],
            "markers": [Marker.objects.create(name="Pass").pk],
            "districts": [District.objects.create(name="Nord").pk],
            "media": [MediaFile.objects.create(file=f"mediafile/{n}.webp", width=9, height=9).pk for n in range(2)],
        }
        offer = an_offer(title="Vorher")
        both_ways(chronicle("offer"), offer, editing, data, generated.offers(**choices), cast.editor)
        transaction.set_rollback(True)


@given(data=st.data())
@often
def test_a_profile_comes_back_in_every_field(cast, data):
    with transaction.atomic():
        choices = {
            "categories": [Category.objects.create(name="Kunst").pk],
            "carriers": [Carrier.objects.create(name="Verein").pk],
            "districts": [District.objects.create(name="Nord").pk],
            "media": [MediaFile.objects.create(file="mediafile/9.webp", width=9, height=9).pk],
        }
        provider = a_provider()
        both_ways(chronicle("provider"), provider, profile_editing, data, generated.profiles(**choices), cast.editor)
        transaction.set_rollback(True)


def both_ways(each: Chronicle, row: Any, verbs: Any, data: Any, strategy: Any, editor: Any) -> None:
    """One text, another, and the first again."""
    states = []
    for _again in range(2):
        wanted = each.kind.canonical(data.draw(strategy))
        assume(not each.kind.missing(wanted))
        verbs.verbs.change(row, lambda _now, wanted=wanted: wanted, by=editor)
        states.append(each.kind.take(each.model._default_manager.get(pk=row.pk)))
    assume(states[0] != states[1])
    first = next(found for found in Revision.objects.of(each.name, row.pk).history() if found.content == states[0])
    seen = restoring.plan(each, each.model._default_manager.get(pk=row.pk), first, by=editor)
    assert seen.gone == []
    assert seen.after == states[0]
    restoring.restore(each, first, by=editor, seen=seen.seen)
    assert each.kind.take(each.model._default_manager.get(pk=row.pk)) == states[0]


def test_the_pictures_of_the_appearance_come_back_with_their_size(cast, admin):
    each = chronicle("theme")
    theme = Theme.load()
    theme.logo = picture("erstes")
    theme.save()
    record("theming.saved", theme, by=admin)
    first, before = newest(each, 1), whole(theme)
    assert before["logo_width"] == 12
    theme.logo = ""
    theme.save()
    record("theming.saved", theme, by=admin)
    restoring.restore(each, first, by=admin, seen=mark_of(each.kind.take(Theme.objects.get())))
    assert whole(theme) == before
    assert default_storage.exists(before["logo"])


def test_the_map_comes_back_with_the_outlines_of_its_districts(cast, admin):
    north = District.objects.create(name="Nord", outline=SQUARE)
    chosen = MapSettings.load()
    save_map(chosen, by=admin, changed=[], remove_outlines=True)
    north.refresh_from_db()
    assert north.outline is None
    each = chronicle("map")
    order = order_of(each, 1)
    assert len(order.places) == 2
    first = Revision.objects.get(pk=order.places[0].pk)
    seen = restoring.plan(each, MapSettings.load(), first, by=admin)
    assert [said.name for said in seen.differences] == ["districts"]
    assert "Nord" in seen.differences[0].new[0]
    restoring.restore(each, first, by=admin, seen=seen.seen)
    north.refresh_from_db()
    assert north.outline == SQUARE


def test_a_state_never_holds_a_secret_and_a_restored_address_forgets_the_key(cast, admin):
    found = LanguageSettings.load()
    found.backend, found.endpoint = "libretranslate", "https://a.example"
    save_settings(found, new_key="geheim-eins", by=admin)
    found = LanguageSettings.objects.get()
    found.endpoint = "https://b.example"
    save_settings(found, new_key="geheim-zwei", by=admin)
    each = chronicle("languages")
    states = list(Revision.objects.of("languages", 1).order_by("settled_at", "pk"))
    assert all("secret" not in name for state in states for name in state.content)
    assert all(LanguageSettings.objects.get().secret_key not in str(state.content) for state in states)
    at_a = next(state for state in states if state.content["endpoint"] == "https://a.example")
    restoring.restore(each, at_a, by=admin, seen=mark_of(each.kind.take(LanguageSettings.objects.get())))
    restored = LanguageSettings.objects.get()
    assert (restored.endpoint, restored.secret_key) == ("https://a.example", "")


def test_no_plain_state_holds_a_column_named_like_a_secret():
    assert declared.NEVER_BACK
    for each in chronicles():
        if each.plain:
            snapshot: Any = each.kind.take.__self__  # type: ignore[attr-defined]
            wrong = [name for name in snapshot.names if any(word in name for word in ("secret", "sealed", "password"))]
            assert wrong == []
