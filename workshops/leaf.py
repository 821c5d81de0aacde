"""The date of a workshop as a leaf of a calendar, as exactly as it is known."""

from dataclasses import dataclass

from django.utils import formats

from portal.fields import PartialDate


@dataclass(frozen=True)
class Leaf:
    start: PartialDate | None
    end: PartialDate | None = None

    @property
    def weekday(self) -> str:
        known = self.start and self.start.precision == "day"
        return formats.date_format(self.start.first_day, "l") if known and self.start else ""

    @property
    def large(self) -> str:
        """What stands large: the day, the days, or the year if no more is known."""
        if not self.start:
            return ""
        if self.start.precision != "day":
            return str(self.start.year)
        first = str(self.start.first_day.day)
        if self._ends_in_the_same_month:
            return f"{first}–{self.end.first_day.day}" if self.end else first
        return first

    @property
    def small(self) -> str:
        """Month and year beside the day; beside a year its month, if it is known."""
        if not self.start or self.start.precision == "year":
            return ""
        if self.start.precision == "month":
            return formats.date_format(self.start.first_day, "F")
        return formats.date_format(self.start.first_day, "YEAR_MONTH_FORMAT")

    @property
    def until(self) -> str:
        """The last day, where it does not stand beside the first."""
        if not self.end or self.end == self.start or self._ends_in_the_same_month:
            return ""
        return self.end.display()

    @property
    def _ends_in_the_same_month(self) -> bool:
        both = self.start and self.end and self.end != self.start
        if not both or not self.start or not self.end:
            return False
        days = self.start.precision == self.end.precision == "day"
        return days and self.start[:7] == self.end[:7]
