"""Editors in Ahausen, and pictures as people upload them."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from core.access import Role
from tenants.running.context import inside

LOOK, START, FRAME = (f"/redaktion/aussehen/{page}" for page in ("", "startseite/", "kopf-und-fuss/"))
COLOURS = {"brand_color": "#0B4F8A", "accent_color": "#E8A200", "font": "fira", "corner": "leicht"}


def picture(
    width: int = 600, height: int = 300, kind: str = "PNG", mode: str = "RGB", *, noise: bool = False
) -> SimpleUploadedFile:
    """A gradient, or what weighs most."""
    out = BytesIO()
    found = Image.effect_noise((width, height), 80) if noise else Image.linear_gradient("L").resize((width, height))
    found.convert(mode).save(out, kind)
    return SimpleUploadedFile(f"bild.{kind.lower()}", out.getvalue())


@pytest.fixture
def town(ahausen: Any) -> Iterator[Any]:
    with inside(ahausen):
        yield ahausen


@pytest.fixture
def editor(ahausen: Any, person: Callable[..., Any]) -> Any:
    return person(ahausen, Role.EDITOR, email="miriam@amt.example")


@pytest.fixture
def colleague(ahausen: Any, person: Callable[..., Any]) -> Any:
    return person(ahausen, Role.EDITOR, email="tarek@amt.example")


def browser_of(user: Any) -> Client:
    client = Client(HTTP_HOST="ahausen.localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def desk(town: Any, editor: Any) -> Client:
    return browser_of(editor)


def base_of(client: Client, address: str = LOOK) -> str:
    """The hidden field of a page as it is shown now."""
    return str(client.get(address).context["base"])


def send(client: Client, address: str = LOOK, *, tun: str = "entwurf", base: str | None = None, **values: Any) -> Any:
    """Press a button of the form, with everything the page showed and these values instead."""
    shown = client.get(address)
    form = shown.context["form"]
    fields = {name: form[name].value() for name in form.fields if not form[name].field.widget.needs_multipart_form}
    for each in shown.context["lists"]:
        fields[f"{each.name}-zahl"] = each.number
        for line in each.forms:
            names = [name for name in line.fields if name != "image"]
            fields |= {line[name].html_name: line[name].value() or "" for name in names}
    data = {name: value for name, value in {**fields, **values}.items() if value not in (None, False)}
    return client.post(address, {**data, "base": shown.context["base"] if base is None else base, "tun": tun})


def said(answer: Any) -> list[str]:
    """What the page after it tells."""
    from django.contrib.messages import get_messages

    return [str(each) for each in get_messages(answer.wsgi_request)]
