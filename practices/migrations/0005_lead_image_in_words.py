from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0004_further_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="practiceindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
    ]
