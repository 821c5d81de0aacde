import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0020_digests_tell_what_was_missed'),
        ('portal', '0009_lead_image_in_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='RelayedMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255)),
                ('language', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('email', models.EmailField(max_length=254)),
                ('text', models.TextField(max_length=3000)),
                ('nonce', models.CharField(editable=False, max_length=32, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='portal.person')),
            ],
            options={
                'verbose_name': 'message to a contact',
                'verbose_name_plural': 'messages to contacts',
                'default_permissions': (),
            },
        ),
    ]
