"""The one long text a page may have: as its editor shows it."""

from core import richtext
from core.html import check_length
from portal.authoring.forms.base import StepForm


class LongText(StepForm):
    """For a page whose field `text` is the description."""

    def clean_text(self) -> str:
        """What was typed; too long is what the editor sent beside it, where it did."""
        written: str = self.cleaned_data["text"]
        check_length(str(self.data.get("text_html") or written))
        return written

    @property
    def markup(self) -> str:
        """The text for the editor: as it was sent, else as it is kept."""
        return richtext.shown(self.data, "text", self.setting.content["description"])

    @property
    def keeps_format(self) -> bool:
        """Whether the text has formats that go when somebody changes it here."""
        return richtext.holds_more(self.setting.content["description"])
