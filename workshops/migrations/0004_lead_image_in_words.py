from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0003_practice_status_and_report_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendationindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="recommendationpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="workshopindexpage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="workshoppage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
        migrations.AddField(
            model_name="workshopseriespage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="For people who do not see it, in the language of this page. Empty: as the image is described.",
                max_length=250,
                verbose_name="lead image in words",
            ),
        ),
    ]
