"""The rules of 0005 hold for all rows."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offers", "0006_media_rows")]

    operations = [
        ValidateConstraint(model_name="offer", name="offer_title_given"),
        ValidateConstraint(model_name="offer", name="offer_state_known"),
    ]
