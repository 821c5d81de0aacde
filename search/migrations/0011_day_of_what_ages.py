from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0010_kinds_apart")]
    operations = [migrations.AddField("document", "happened", models.DateField(null=True))]
