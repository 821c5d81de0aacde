from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0008_translators_change_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="homepage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="standardpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
    ]
