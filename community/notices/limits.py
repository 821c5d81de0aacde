"""How often somebody may have a letter sent to an address. Counted by keyed hashes.

Where nothing can be counted, no letter goes out: strangers could have any number of them sent to anybody.
"""

from django.http import HttpRequest

from ..counting import counted
from ..mail.bounces import digest
from ..screening.limits import hashed_address

HOUR, DAY = 60 * 60, 24 * 60 * 60
MOST_BY_READER = 10  # in an hour
MOST_TO_ADDRESS = 3  # in a day


def too_many_by(request: HttpRequest) -> bool:
    count = counted(f"notices-by:{hashed_address(request)}", HOUR, unknown=MOST_BY_READER + 1)
    return count > MOST_BY_READER


def too_many_to(email: str) -> bool:
    """Nobody is told: it would say that others have asked for the same address."""
    return counted(f"notices-to:{digest(email)}", DAY, unknown=MOST_TO_ADDRESS + 1) > MOST_TO_ADDRESS
