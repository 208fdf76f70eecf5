"""A browser without scripts: reads a page's form as it stands and sends it, with what somebody changes."""

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    """The fields of the form that is sent to `action`."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: dict[str, list[str]] = {}
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            # Without an address a form goes to the page it stands on.
            own = "action" not in given and given.get("method") == "post"
            self.inside = own or given.get("action") == self.action
        if not self.inside or "disabled" in given:
            return
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area = (given["name"] or "", [])
        elif tag == "select":
            self._select = (given["name"] or "", [])
        elif tag == "option" and self._select:
            self._select[1].append((given.get("value") or "", "selected" in given))

    def _input(self, given: dict[str, str | None]) -> None:
        kind, name = given.get("type", "text"), given.get("name")
        if not name or kind in {"file", "submit"} or (kind in {"checkbox", "radio"} and "checked" not in given):
            return
        value = given.get("value")
        value = "on" if value is None and kind == "checkbox" else value or ""
        if kind == "date":
            # Browsers show nothing else in such a field.
            value = value if value[4:5] == "-" or not value else ""
        self.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea" and self._area:
            name, parts = self._area
            text = "".join(parts).removeprefix("\r").removeprefix("\n")
            self.fields[name] = [text.replace("\r\n", "\n").replace("\n", "\r\n")]
            self._area = None
        if tag == "select" and self._select:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [options[0][0]]
            self.fields[name] = chosen[:1]
            self._select = None


def form_of(client: Any, address: str) -> dict[str, list[str]]:
    """What stands in the form of a page."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    reader = _Reader(address.partition("?")[0])
    reader.feed(answer.content.decode())
    assert reader.fields.keys() & {"base", "_getippt_von"}
    return reader.fields


def send(client: Any, address: str, button: str = "weiter", **changed: Any) -> Any:
    """Open a page, change some fields, press a button."""
    fields = form_of(client, address)
    return client.post(address, {**fields, **changed, button: changed.get(button, "1")})
