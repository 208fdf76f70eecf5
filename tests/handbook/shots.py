"""The pictures of the handbook: which page each shows, what is numbered in it, and how one knows that it is still true.

What a picture shows is told by Playwright's accessibility snapshot of the region: roles, names and texts in order, with
digits, weekdays and months made alike, so that neither the day nor the machine, its fonts or its Chromium matter.
Its hash stands beside the picture. When somebody changes the page, the hash is another one, and the test asks for
`make handbook`. A change of colours or sizes alone is not noticed; `make handbook` before a release takes it along.
"""

import hashlib
import io
import re
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

WIDTH, HIGHEST, SCALE = 940, 1500, 1.25
QUALITY = 62
EDITOR = "redaktion@ahausen.example"
PLANNER = "planung@ahausen.example"
# Leads an organisation of its own, with a table, a calendar and a flyer.
BUSY = "jana@werkstatt.example"
_RED = "#b3261e"
_DAYS = (
    r"\b(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Mo|Di|Mi|Do|Fr|Sa|So|Januar|Februar|März|April|"
    r"Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez|"
    r"[Hh]eute|[Gg]estern|[Mm]orgen)\b\.?"
)


@dataclass(frozen=True)
class Shot:
    """A picture of `region` on the page `path` as `who` sees it; `marks` are numbered from 1."""

    name: str
    path: str
    marks: tuple[str, ...]
    who: str = "helga@verein.example"
    region: str = "main"
    width: int = WIDTH


SHOTS = (
    Shot("uebersicht", "/konto/", ("section:has(> #wartet)", ".pagehead .kern-btn", "section:has(> #stand)")),
    Shot("angebot-was", "/konto/angebote/{draft}/was/", (".steps", "#id_title", "#id_summary")),
    Shot("angebot-wann", "/konto/angebote/{weekly}/wann/", ("main fieldset", "#termine")),
    Shot("angebot-pruefen", "/konto/angebote/{draft}/pruefen/", (".missing", "main button.kern-btn--primary")),
    Shot("angebote", "/konto/angebote/", (".with-aside > div", ".own__body", ".own__facts a")),
    Shot("profil", "/konto/anbieter/{club}/", ("section:has(> #seiten)", "main .badge")),
    Shot("personen", "/konto/anbieter/{club}/personen/", ("section:has(> #dabei)", "section:has(> #einladen)")),
    Shot("zahlen", "/konto/statistik/{weekly}/", (".period", ".sums", ".chart__plot")),
    Shot(
        "tabelle",
        "/konto/import/",
        ("section:has(> #vorlage)", "section:has(> #senden)", "section:has(> #zuletzt)"),
        who=BUSY,
    ),
    Shot(
        "tabelle-probe",
        "/konto/import/{table}/",
        (
            "main .alert",
            "tr:has(.badge--danger)",
            "tr:has(.badge--success)",
            "tr:has(.badge--info)",
            ".takebar",
        ),
        who=BUSY,
        width=1180,
    ),
    Shot(
        "kalender",
        "/konto/import/kalender/{calendar}/",
        ("#stand", ".calendarlinks", "section:has(> #naechte)"),
        who=BUSY,
    ),
    Shot(
        "flyer",
        "/konto/angebote/{flyer}/was/",
        (".proposal", "section.readfrom"),
        who=BUSY,
        width=1180,
    ),
    Shot(
        "schreibtisch", "/redaktion/", ("section:has(> #wartet)", ".side__panel"), who=EDITOR, region="body", width=1180
    ),
    Shot("auswertung", "/auswertung/", (".period", ".kpis", "section:has(> #verlauf)"), who=PLANNER, width=1180),
    Shot(
        "matrix",
        "/auswertung/matrix/?zeilen=thema&spalten=kosten",
        (".period", ".tabs", "table.heat", ".figure__foot"),
        who=PLANNER,
        width=1180,
    ),
)


def taken(page: Page, shot: Shot) -> tuple[bytes, dict[str, object]]:
    """The picture with its numbers, and what it shows. Fails where a marked element is missing."""
    region = page.locator(shot.region).first
    area = region.bounding_box()
    assert area is not None, shot.name
    boxes = []
    for mark in shot.marks:
        found = page.locator(mark).first
        found.wait_for(state="visible", timeout=5000)
        box = found.bounding_box()
        assert box is not None, (shot.name, mark)
        boxes.append(box)
    lowest = max(box["y"] + box["height"] for box in boxes) - area["y"] + 16
    height = min(area["height"], max(lowest, HIGHEST / 2), HIGHEST)
    clip = {"x": area["x"], "y": area["y"], "width": area["width"], "height": height}
    shown = page.screenshot(clip=clip, full_page=True, animations="disabled")
    return _numbered(shown, boxes, area["x"], area["y"])


def _numbered(shown: bytes, boxes: list[dict[str, float]], left: float, top: float) -> tuple[bytes, dict[str, object]]:
    picture = Image.open(io.BytesIO(shown)).convert("RGB")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size=15 * SCALE)
    for number, box in enumerate(boxes, start=1):
        x, y = (box["x"] - left) * SCALE, (box["y"] - top) * SCALE
        frame = (max(x - 6, 2), max(y - 6, 2), min(x + box["width"] * SCALE + 6, picture.width - 3),
                 min(y + box["height"] * SCALE + 6, picture.height - 3))  # fmt: skip
        assert frame[2] > frame[0], f"mark {number} lies beside the picture"
        assert frame[3] > frame[1], f"mark {number} lies below the picture"
        draw.rounded_rectangle(frame, radius=10, outline=_RED, width=4)
        middle, size = (max(frame[0], 22), max(frame[1], 22)), 20
        draw.ellipse((middle[0] - size, middle[1] - size, middle[0] + size, middle[1] + size), fill=_RED)
        draw.text(middle, str(number), fill="white", font=font, anchor="mm")
    made = io.BytesIO()
    picture.save(made, "WEBP", quality=QUALITY, method=6)
    return made.getvalue(), {"width": round(picture.width / SCALE), "height": round(picture.height / SCALE)}


def structure(page: Page, shot: Shot) -> str:
    """What the region says and consists of, whatever the day."""
    said = page.locator(shot.region).first.aria_snapshot()
    said = re.sub(r"https?://[^\s\"]+", "URL", said.replace("\u00ad", "").replace("\u2060", ""))
    said = re.sub(_DAYS, "D", said)
    said = re.sub(r"\d+([.,:]\d+)*", "0", said)
    # A day of another year is said with its year, and a sentence may end after it.
    return re.sub(r"D, 0\.?( D)?( 0)?\.?", "D", said)


def hash_of(page: Page, shot: Shot) -> str:
    """Of what the picture shows, and of which elements are numbered in it."""
    return hashlib.sha256(f"{shot.path} {shot.marks}\n{structure(page, shot)}".encode()).hexdigest()
