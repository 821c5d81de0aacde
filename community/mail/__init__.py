"""All mail goes through here: where it goes, what comes back, and the letters of the community.

What a letter is and how one is queued says `portal.mail`.
"""

from portal.mail import Letter, message, queue, queue_all, queue_missed

from .bounces import digest, has_stopped, resume, stop
from .letters import address_of, language_of

__all__ = [
    "Letter",
    "address_of",
    "digest",
    "has_stopped",
    "language_of",
    "message",
    "queue",
    "queue_all",
    "queue_missed",
    "resume",
    "stop",
]
