"""One side's way along the cadence, from answer to answer. Pure."""

from dataclasses import dataclass
from datetime import date

from service.followup.cadence import Cadence, Line, Window
from service.followup.ledger import Ledger, Told
from service.followup.windows import Bend, Due, Subject, answered_on, lay
from service.followup.workdays import shifted


@dataclass(slots=True)
class Walk:
    """Where a side has got to: the day from which it counts, and the last answer."""

    subject: Subject
    ledger: Ledger
    cadence: Cadence
    start: date
    bend: Bend | None = None
    promised: date | None = None
    answered: date | None = None

    def through(self, line: Line) -> Due | None:
        """Return the first window of this line that nobody has answered."""
        for window in line.windows(self.subject.side):
            while not self._is_over(line):
                since = self._reached() if window.every else self.start
                found = lay(
                    window,
                    self.subject,
                    line.occasion,
                    since=since,
                    bend=self.bend,
                    promised=self._promise(since, window),
                    closures=self.cadence.closures,
                )
                day = answered_on(found, self._told(), self.ledger.left)
                if day is None:
                    return found
                self.answered = max(self._reached(), day)
                if not window.every:
                    break
        return None

    def _told(self) -> tuple[Told, ...]:
        return self.ledger.told(self.subject.side)

    def _reached(self) -> date:
        return max(self.start, self.answered or self.start)

    def _is_over(self, line: Line) -> bool:
        """Say whether the last answer lies behind the end of a phase that has one."""
        return line.ends is not None and self._reached() >= shifted(self.start, line.ends)

    def _promise(self, since: date, window: Window) -> date | None:
        """Return the day that was named last, before this window could be answered at all."""
        opens = shifted(since, window.earliest)
        named = [
            (told.on, told.next_on)
            for told in self._told()
            if told.answers and told.next_on and told.next_on > since and told.on < opens
        ]
        if self.promised and self.promised > since:
            named.append((self.start, self.promised))
        return max(named)[1] if named else None
