"""What all forms of the room have."""

from typing import Any

from django.http import HttpRequest


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: also an empty one that was sent is one."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class Summed:
    """A form that tells its errors once more at its top, each with the field it is about."""

    def summary(self) -> list[dict[str, str]]:
        """All errors in the order of the fields."""
        form: Any = self
        found = [{"id": "", "text": str(error)} for error in form.non_field_errors()]
        for field in form.visible_fields():
            found += [{"id": field.id_for_label, "text": f"{field.label}: {error}"} for error in field.errors]
        return found
