"""What people change about themselves."""

from django import forms

from accounts.models import User


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The name; the address, with which somebody signs in, has a page of its own (accounts.address)."""

    class Meta:
        model = User
        fields = ("name",)
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
