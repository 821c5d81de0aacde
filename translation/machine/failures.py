"""What can go wrong with a service. A code is kept, so that each person reads it in the own language."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Failure(TextChoices):
    LATE = "late", _("The service did not answer in time.")
    AWAY = "away", _("The service cannot be reached.")
    BUSY = "busy", _("The service has too much to do.")
    TOO_LARGE = "large", _("The service takes no text of this size.")
    USED_UP = "used-up", _("The site’s account with the service is used up.")
    KEY = "key", _("The service does not accept the site’s key. An administrator has to look at it.")
    NOT_TAKEN = "not-taken", _("The service did not take the texts; perhaps it does not know one of the languages.")
    ELSEWHERE = "elsewhere", _("The service has another address now. An administrator has to look at it.")
    BROKEN = "broken", _("The service had an error.")
    GARBLED = "garbled", _("What the service answered cannot be read.")
    COUNT = "count", _("The service answered with another number of texts than it was given.")
    GONE = "gone", _("The translation, or the right to write in it, is gone.")
    NOT_PUBLIC = "not-public", _("The original is not public any more.")
    OFF = "off", _("Machine translation was turned off.")


class MachineError(Exception):
    """`wait` is the number of seconds that the service asks for. What is `charged` may stand on a bill."""

    def __init__(self, failure: Failure, wait: int = 0, charged: bool = False) -> None:
        super().__init__(failure.value)
        self.failure, self.wait, self.charged = failure, wait, charged
