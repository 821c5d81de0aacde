from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_MESSAGE = 3000


class RelayedMessage(models.Model):
    """What a reader writes to a contact of a page. Deleted as soon as the mail server has it."""

    person = models.ForeignKey("portal.Person", models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)  # of the page
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    email = models.EmailField()
    text = models.TextField(max_length=MAX_MESSAGE)
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message to a contact")
        verbose_name_plural = _("messages to contacts")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)  # shown in logs: never a name
