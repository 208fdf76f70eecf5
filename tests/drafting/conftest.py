"""A member of a provider signed in, and flyers, cats and broken files to send."""

import io
import random

import pytest
from PIL import Image

from tests.revisions.conftest import Cast, cast  # noqa: F401


@pytest.fixture
def member(cast: Cast, visitor):  # noqa: F811
    return signed_in(visitor, cast.member)


def signed_in(visitor, person):
    client = visitor("ahausen")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def a_cat(fmt: str = "JPEG") -> bytes:
    """Fur: many tones, no writing."""
    dice = random.Random(3)
    small = Image.new("RGB", (60, 40))
    small.putdata([(dice.randint(90, 200), dice.randint(70, 140), dice.randint(30, 90)) for _pixel in range(2400)])
    out = io.BytesIO()
    small.resize((1200, 800), Image.Resampling.BICUBIC).save(out, fmt)
    return out.getvalue()


def a_pdf(rows: list[str], *, pages: int = 1, more: str = "", trailer: str = "") -> bytes:
    """A PDF with a text layer, written by hand: each page has the rows, larger ones first."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {more} >>", ""]
    kids = []
    for _page in range(pages):
        size, y, said = 40, 760, []
        for row in rows:
            plain = row.replace("\\", "").replace("(", "").replace(")", "")
            said.append(f"BT /F1 {size} Tf 60 {y} Td ({plain}) Tj ET")
            size, y = 18, y - 60
        stream = "\n".join(said)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
                       "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                       "/Encoding /WinAnsiEncoding >> >> >> >>")  # fmt: skip
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "1a" * 32 + "> /U <" + "2b" * 32 + "> >> "
    "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
)
SCRIPT = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while\\(true\\){}) >>"
ROWS = ["Sommerfest am Teich", "Samstag, 12. Juni 2027, 14 bis 18 Uhr", "Bürgerhaus, Schulstraße 5, 66111 Saarbrücken",
        "Eintritt: 5 Euro", "Kontakt: Maria Schmidt, Tel. 0681 9876543, fest@verein.example"]  # fmt: skip
