"""What the worker does about personal data by the clock."""

from datetime import timedelta

from portal import periodic

from . import erasing, letters, replaying, retention  # noqa: F401 - letters registers its message


def nightly() -> None:
    """Once a day. What a restored backup brought back is erased again, in case nobody thought of it."""
    replaying.replay()
    retention.purge()


def register() -> None:
    periodic.add("erase_accounts", erasing.carry_out_due, every=timedelta(minutes=5))
    periodic.add("purge_personal_data", nightly, every=timedelta(days=1))
