"""Facts and figures in rows: a label and a text each."""

from typing import Any

from django.utils.translation import gettext as _

from core import richtext
from portal.authoring.forms.base import Data
from portal.authoring.profile.forms.rows import Rows
from portal.revisions.kinds import Content
from portal.revisions.scalars import words

STEM = "f"
MOST = 30
LONGEST_LABEL = 120
LONGEST_TEXT = 5000


def data_of(said: Content) -> dict[str, Any]:
    """The facts as rows."""
    rows = [{"label": each["label"], "text": richtext.to_text(each["text"])} for each in said["facts"]]
    return Rows.data_of(STEM, rows)


class Facts:
    """What was written in the rows. A text that was not touched keeps the formats a plain field cannot show."""

    def __init__(self, data: Data, said: Content) -> None:
        self.rows, self.known = Rows(data, STEM, ("label", "text"), MOST), said["facts"]

    def values(self) -> list[dict[str, Any]]:
        """The facts; rows in which nothing stands are none."""
        left = list(self.known)
        return [self._fact(row, left) for row in self.rows.read() if row["label"].strip() or row["text"].strip()]

    @staticmethod
    def _fact(row: dict[str, str], left: list[dict[str, Any]]) -> dict[str, Any]:
        label, text = words(row["label"]), words(row["text"])
        same = [each for each in left if words(richtext.to_text(each["text"])) == text]
        found = next((each for each in same if each["label"] == label), same[0] if same else None)
        if found is None:
            return {"label": label, "text": richtext.to_html(text)}
        left.remove(found)
        return {"label": label, "text": found["text"]}

    def mistakes(self) -> dict[str, str]:
        """What cannot be a fact, by the field."""
        found: dict[str, str] = {}
        for at, row in enumerate(self.rows.read()):
            label, text = words(row["label"]), words(row["text"])
            if text and not label:
                found[f"{STEM}_{at}_label"] = _("Please write what this is about, for example “Members”.")
            if len(label) > LONGEST_LABEL:
                found[f"{STEM}_{at}_label"] = _("Please write at most %(most)d characters.") % {"most": LONGEST_LABEL}
            if len(text) > LONGEST_TEXT:
                found[f"{STEM}_{at}_text"] = _("Please write at most %(most)d characters.") % {"most": LONGEST_TEXT}
        return found
