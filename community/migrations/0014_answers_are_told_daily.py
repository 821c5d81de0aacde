from django.db import migrations
from django.utils import timezone


def give_defaults(apps, schema_editor):
    """Members of before are told of answers once a day, as new ones are."""
    Member, Subscription = apps.get_model("community", "Member"), apps.get_model("community", "Subscription")
    now = timezone.now()
    known = set(Subscription.objects.filter(scope="replies").values_list("user_id", flat=True))
    for member in Member.objects.exclude(user_id__in=known).iterator():
        Subscription.objects.create(
            user_id=member.user_id,
            scope="replies",
            frequency="daily",
            public_id=f"{member.user_id:016x}",
            confirmed_at=now,
        )


class Migration(migrations.Migration):
    dependencies = [("community", "0013_erasures_and_retired_names")]

    operations = [migrations.RunPython(give_defaults, migrations.RunPython.noop)]
