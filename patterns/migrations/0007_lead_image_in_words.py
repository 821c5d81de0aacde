from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patterns", "0006_reader_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="collectionindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="collectionpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="patterngrouppage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="patternindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="patternpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
    ]
