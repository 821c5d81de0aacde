from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_glossary_intro"),
    ]

    operations = [
        migrations.AddField(
            model_name="callpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="glossarypage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="newsindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="newspage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="projectpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="resourceindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="resourcepage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="topicindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="topicpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
    ]
