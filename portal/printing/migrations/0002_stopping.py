from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("printing", "0001_initial")]

    operations = [
        migrations.AddField(model_name="paper", name="run", field=models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AlterField(
            model_name="paper",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "none"),
                    ("nothing", "The search finds no offers in this period."),
                    ("too_many", "There are more offers than a programme can hold."),
                    ("changed", "The search asks for something that does not exist any more."),
                    ("gone", "What it is about is not public any more."),
                    ("nobody", "No provider with a postal address fits."),
                    ("stopped", "It was stopped."),
                    ("too_long", "It took too long."),
                    ("missing", "A program is missing on this server."),
                    ("broken", "Something went wrong on our side."),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
