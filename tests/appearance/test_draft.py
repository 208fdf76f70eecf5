"""A draft is nobody's but its author's, is public at the next request once published, and every look comes back."""

import re

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from audit.models import Entry
from portal.revisions.models import Revision, State
from tests.appearance.conftest import FRAME, LOOK, START, base_of, browser_of, picture, said, send
from theming.models import PartnerLogo, Theme
from theming.services import current_theme

pytestmark = pytest.mark.django_db


def public(path: str = "/") -> str:
    return Client(HTTP_HOST="ahausen.localhost").get(path).content.decode()


def sheet() -> str:
    client = Client(HTTP_HOST="ahausen.localhost")
    return client.get(client.get("/theme/alt.css")["Location"]).content.decode()


def versions() -> list[Revision]:
    return list(Revision.objects.of("theme", 1).filter(state=State.APPLIED).order_by("settled_at", "id"))


def test_a_draft_is_seen_by_nobody_else_and_a_published_look_by_everybody(desk, colleague):
    answer = send(desk, brand_color="#7A1FA2", corner="rund")
    assert answer.status_code == 302
    assert said(answer) == ["Der Entwurf ist gespeichert. Niemand sieht ihn außer Ihnen."]
    assert "--t-brand:#1d5a8f" in sheet()
    assert desk.get(LOOK).context["content"]["brand_color"] == "#7a1fa2"
    others = browser_of(colleague).get(LOOK)
    assert others.context["content"]["brand_color"] == "#1d5a8f"
    assert "miriam" in others.content.decode()
    answer = send(desk, tun="online")
    assert "Veröffentlicht." in said(answer)[0]
    assert "--t-brand:#7a1fa2" in sheet()
    assert current_theme().corner == "rund"


def test_all_pages_write_one_draft_and_one_click_publishes_it_whole(desk):
    send(desk, LOOK, brand_color="#00843d")
    send(desk, START, hero_title="Willkommen in Ahausen")
    send(desk, FRAME, portal_name="Bildung in Ahausen", header_layout="mitte", footer_layout="hell", postcode="66111")
    assert Theme.load().portal_name == "Chancenportal Stadt Ahausen"
    send(desk, LOOK, tun="online")
    theme = Theme.load()
    assert (theme.brand_color, theme.hero_title) == ("#00843d", "Willkommen in Ahausen")
    assert (theme.portal_name, theme.header_layout, theme.footer_layout) == ("Bildung in Ahausen", "mitte", "hell")
    page = public()
    assert 'class="head head--mitte"' in page
    assert 'class="foot foot--hell"' in page
    assert "Willkommen in Ahausen" in page
    assert len(versions()) == 2, "what was there before, and what is there now"
    assert Entry.objects.filter(action="revision.applied", target_type="theming.theme").count() == 1
    entry = Entry.objects.get(action="theming.saved")
    assert entry.changes["brand_color"] == ["#1d5a8f", "#00843d"]


def test_pressing_publish_twice_publishes_once(desk):
    base = base_of(desk)
    for _again in range(2):
        send(desk, tun="online", base=base, brand_color="#123456")
    assert [each.content["brand_color"] for each in versions()] == ["#1d5a8f", "#123456"]
    answer = send(desk, tun="online")
    assert said(answer) == ["Es gab nichts zu veröffentlichen: Das Portal sieht schon so aus."]
    assert len(versions()) == 2


def test_what_is_discarded_is_gone_and_nothing_public_changed(desk):
    send(desk, brand_color="#123456")
    answer = desk.post("/redaktion/aussehen/verwerfen/")
    assert answer.status_code == 302
    assert desk.get(LOOK).context["content"]["brand_color"] == "#1d5a8f"
    assert said(desk.post("/redaktion/aussehen/verwerfen/")) == ["Es gab keinen Entwurf mehr."]
    assert versions() == []


def test_two_editors_with_different_wishes_get_both(desk, colleague):
    other = browser_of(colleague)
    send(desk, brand_color="#00843d")
    send(other, accent_color="#112233")
    send(desk, tun="online")
    send(other, tun="online")
    theme = Theme.load()
    assert (theme.brand_color, theme.accent_color) == ("#00843d", "#112233")


@pytest.mark.parametrize(("choice", "stays"), [("meine", "#112233"), ("andere", "#00843d")])
def test_two_editors_who_changed_the_same_are_asked(desk, colleague, choice, stays):
    other = browser_of(colleague)
    send(other, brand_color="#112233")
    send(desk, tun="online", brand_color="#00843d")
    answer = send(other, tun="online")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "#00843d" in page
    assert "#112233" in page
    assert Theme.load().brand_color == "#00843d"
    fields = {"base": answer.context["base"], "strittig": "brand_color", "tun": choice}
    form = answer.context["form"]
    names = ("brand_color", "accent_color", "font", "corner")
    other.post(LOOK, {**fields, **{name: form[name].value() for name in names}})
    send(other, tun="online")
    assert Theme.load().brand_color == stays


def test_an_earlier_look_comes_back_with_its_pictures_and_partners(desk):
    send(desk, LOOK, brand_color="#00843d", logo=picture(300, 150))
    send(desk, FRAME, tun="online", **{"partner-0-name": "Land", "partner-0-image": picture(200, 100)})
    before = Theme.load()
    first = versions()[-1]
    assert before.logo
    assert [each.name for each in PartnerLogo.objects.all()] == ["Land"]
    send(desk, LOOK, brand_color="#111111", logo_weg="on")
    send(desk, FRAME, tun="weg-partner-0")
    send(desk, LOOK, tun="online")
    assert (Theme.load().brand_color, bool(Theme.load().logo)) == ("#111111", False)
    assert not PartnerLogo.objects.exists()
    page = desk.get("/redaktion/aussehen/frueher/").content.decode()
    assert "Hauptfarbe: #00843d" in page
    assert desk.post(f"/redaktion/aussehen/frueher/{first.pk}/holen/").status_code == 302
    assert Theme.load().brand_color == "#111111", "fetched is not published"
    send(desk, LOOK, tun="online")
    after = Theme.load()
    columns = ("brand_color", "logo", "logo_width", "logo_height")
    assert [str(getattr(after, name)) for name in columns] == [str(getattr(before, name)) for name in columns]
    assert default_storage.exists(str(after.logo))
    assert [(each.name, each.width) for each in PartnerLogo.objects.all()] == [("Land", 192)]


@pytest.mark.both_stores
def test_a_look_whose_picture_is_gone_comes_back_without_it_and_says_so(desk):
    send(desk, LOOK, tun="online", logo=picture(300, 150))
    first, name = versions()[-1], str(Theme.load().logo)
    send(desk, LOOK, tun="online", logo_weg="on", brand_color="#222222")
    default_storage.delete(name)
    answer = desk.post(f"/redaktion/aussehen/frueher/{first.pk}/holen/")
    assert any("gibt es nicht mehr" in each for each in said(answer))
    send(desk, LOOK, tun="online")
    assert (Theme.load().brand_color, bool(Theme.load().logo)) == ("#1d5a8f", False)


def test_logos_are_ordered_taken_away_and_shown_below_every_page(desk):
    for at, name in enumerate(("Land", "Stiftung")):
        send(desk, FRAME, tun="mehr-partner", **{f"partner-{at}-name": name, f"partner-{at}-image": picture(90, 90)})
    send(desk, FRAME, tun="hoch-partner-1")
    assert [each["name"] for each in desk.get(FRAME).context["content"]["partners"]] == ["Stiftung", "Land"]
    send(desk, FRAME, tun="online")
    page = public("/angebote/")
    assert page.index('alt="Stiftung"') < page.index('alt="Land"')
    send(desk, FRAME, tun="weg-partner-0")
    send(desk, FRAME, tun="online")
    assert [each.name for each in PartnerLogo.objects.all()] == ["Land"]


def test_links_stand_in_the_menus_and_an_earlier_look_brings_none_back(desk):
    assert 'href="/redaktion/menues/"' in desk.get(FRAME).content.decode()
    send(desk, tun="online", brand_color="#00843d")
    now, links = versions()[-1], [{"label": "Stadt", "url": "https://www.stadt.example"}]
    old = Revision.objects.create(
        kind="theme", subject_id=1, content={"brand_color": "#1d5a8f", "footer_links": links}, format=1,
        state="applied", submitted_at=now.settled_at, settled_at=now.settled_at, decided_at=now.settled_at,
    )  # fmt: skip
    assert desk.post(f"/redaktion/aussehen/frueher/{old.pk}/holen/").status_code == 302
    send(desk, tun="online")
    assert Theme.load().brand_color == "#1d5a8f"
    assert "www.stadt.example" not in public()


def test_a_line_names_no_file_but_its_own(desk):
    send(desk, START, tun="online", hero_image=picture(900, 600), hero_image_copyright="Foto: M")
    file = str(Theme.load().hero_image)
    answer = send(desk, FRAME, **{"partner-0-name": "Fremd", "partner-0-kept": file})
    assert answer.status_code == 400
    assert "Bitte wählen Sie das Bild dieses Logos." in answer.content.decode()


def test_the_number_of_statements_of_the_versions_does_not_grow(desk, django_assert_max_num_queries):
    def asked() -> int:
        with django_assert_max_num_queries(60) as seen:
            desk.get("/redaktion/aussehen/frueher/")
        return len(seen.captured_queries)

    send(desk, tun="online", brand_color="#000001")
    few = asked()
    for number in range(60):
        Revision.objects.create(
            kind="theme", subject_id=1, content={"brand_color": f"#0000{number:02x}"}, format=1, state="applied",
            submitted_at=versions()[0].settled_at, settled_at=versions()[0].settled_at,
            decided_at=versions()[0].settled_at,
        )  # fmt: skip
    assert asked() <= few


def test_two_tabs_of_one_person_do_not_overwrite_each_other(desk):
    base = base_of(desk)
    send(desk, base=base, brand_color="#00843d", font="atkinson")
    answer = send(desk, base=base, brand_color="#112233", font="fira")
    assert answer.status_code == 409
    assert desk.get(LOOK).context["content"]["brand_color"] == "#00843d"
    again = send(
        desk, tun="meine", base=answer.context["base"], brand_color="#112233", font="atkinson", strittig="brand_color"
    )
    assert again.status_code == 302
    content = desk.get(LOOK).context["content"]
    assert (content["brand_color"], content["font"]) == ("#112233", "atkinson")


def test_shared_links_show_the_chosen_picture_and_without_one_the_drawn(desk):
    picked = re.compile(r'property="og:image" content="http://ahausen[^/]*(/[^"]*)"')
    assert picked.findall(public()) == ["/vorschau.png"]
    send(desk, START, tun="online", social_image=picture(1300, 700), social_image_alt="Der Markt")
    page = public()
    assert picked.findall(page) == [Theme.load().social_image.url]
    assert 'property="og:image:alt" content="Der Markt"' in page
