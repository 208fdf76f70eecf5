"""The form of each page."""

from typing import Any

from portal.authoring.dates.form import DatesForm
from portal.authoring.forms.picture import PictureForm
from portal.authoring.forms.what import WhatForm
from portal.authoring.forms.where import WhereForm

FORMS: dict[str, Any] = {"was": WhatForm, "wann": DatesForm, "wo": WhereForm, "bild": PictureForm}
