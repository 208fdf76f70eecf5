"""The fourth page: pictures, facts and figures; all of it optional."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.authoring.forms.base import Data, Mistake, Setting, StepForm, data_from
from portal.authoring.forms.by_hand import Slot
from portal.authoring.profile.forms import facts, pictures
from portal.authoring.profile.forms.facts import Facts
from portal.authoring.profile.forms.pictures import Pictures, to_permit
from portal.media.models import MediaFile
from portal.revisions.kinds import Content

MOST_EMPLOYEES = 2_000_000


class ImagesForm(StepForm):
    """Rows are read from what was sent, single fields as on the other pages."""

    asked = frozenset({"permission"})
    permission = forms.BooleanField(
        label=gettext_lazy("We may show these pictures. People who can be recognised have agreed.")
    )
    employees = forms.IntegerField(
        label=gettext_lazy("How many people are employed?"),
        min_value=0,
        max_value=MOST_EMPLOYEES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9}),
        error_messages={
            name: gettext_lazy("Please write the number in digits, for example 12.")
            for name in ("invalid", "min_value", "max_value")
        },
    )
    volunteering = forms.BooleanField(label=gettext_lazy("One can help us as a volunteer"))

    def __init__(self, data: Data, setting: Setting, files: Any = None) -> None:
        data = data.copy()
        self.pictures, self.facts = Pictures(data, setting), Facts(data, setting.content)
        # What gets the focus after a button of the page's own.
        self.added = ""
        self.acted = self.pictures.receive_all(files)
        if self.acted and files.get("bild") and "bild" not in self.pictures.refused:
            self.added = f"id_p_{self.pictures.rows.count() - 1}_alt"
        super().__init__(data, setting, files)

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        said = setting.content
        files = MediaFile.objects.filter(pk__in=to_permit(said))
        permitted = files.filter(permission="").count() == 0 and bool(to_permit(said))
        shown = {"employees": said["employees"], "volunteering": "on" if said["volunteering"] else ""}
        shown |= {"permission": "on" if permitted else ""}
        return data_from({**pictures.data_of(said), **facts.data_of(said), **shown})

    def perform(self) -> bool:
        """Move, add or take away; whoever sent a picture stays to see it."""
        for part in (self.pictures, self.facts.rows):
            focus = part.perform()
            if focus is not None:
                self.added, self.acted = focus, True
        return self.acted or cast("Data", self.data).pop("hochladen", None) is not None

    def values(self) -> Content:
        kept = self.kept
        found: Content = {"volunteering": bool(kept.get("volunteering"))}
        if "employees" in kept:
            found["employees"] = kept["employees"]
        wrong = self.row_mistakes()
        if not any(name.startswith("f_") for name in wrong):
            found["facts"] = self.facts.values()
        return {**found, "images": self.pictures.values()}

    def row_mistakes(self) -> dict[str, str]:
        """What is wrong in the rows, by the field."""
        return {**self.pictures.mistakes(), **self.facts.mistakes()}

    def mistakes(self) -> list[Mistake]:
        rows = [Mistake(f"id_{name}", sentence) for name, sentence in self.row_mistakes().items()]
        return rows + super().mistakes()

    @property
    def passing(self) -> int:
        """How many mistakes are not kept with what was typed: a file that was refused is gone."""
        return len(self.pictures.refused)

    def forgive(self) -> None:
        super().forgive()
        self.pictures.refused = {}

    def allow(self) -> None:
        """Note who said that the pictures may be shown."""
        if not self.kept.get("permission"):
            return
        said = _("confirmed by %(name)s on %(day)s") % {
            "name": self.setting.person,
            "day": timezone.localdate().isoformat(),
        }
        mine = MediaFile.objects.usable_by(self.setting.person).filter(owner=self.setting.provider)
        mine.filter(pk__in=to_permit({"images": self.pictures.values()}), permission="").update(permission=said[:300])

    # What the template asks

    def _slots(self, stem: str, parts: tuple[str, ...], wrong: dict[str, str]) -> dict[str, Slot]:
        names = {part: f"{stem}_{part}" for part in parts}
        return {part: Slot(name, str(self.data.get(name) or ""), wrong.get(name, "")) for part, name in names.items()}

    @property
    def shown(self) -> dict[str, Any]:
        """The rows with their errors and files."""
        wrong, files = self.row_mistakes(), self.pictures.files()
        rows = []
        for at, row in enumerate(self.pictures.rows.read()):
            slots = self._slots(f"p_{at}", ("alt", "credit"), wrong)
            rows.append({"at": at, "number": at + 1, "key": row["key"], "file": files.get(row["key"]), **slots})
        facts_ = [
            {"at": at, "number": at + 1, **self._slots(f"f_{at}", ("label", "text"), wrong)}
            for at in range(self.facts.rows.count())
        ]
        single = {
            name: {
                "key": str(self.data.get(f"{name}_key") or ""),
                "file": files.get(str(self.data.get(f"{name}_key") or "")),
                "error": wrong.get(name, ""),
                **self._slots(name, ("alt", "credit"), wrong),
            }
            for name in pictures.UPLOADS
        }
        return {"pictures": rows, "facts": facts_, "any": bool(to_permit({"images": self.pictures.values()})), **single}
