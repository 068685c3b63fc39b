"""The first half of ``deban demo``: the example town's matches, on the terminal."""

from service import clock
from service.cli.matches import print_matches
from service.demo.files import PEOPLE, TOWN

SHOWN = 2


def show_town() -> None:
    """Print what fits for each person of the example town today."""
    today = clock.local_day(clock.moment())
    print_matches(TOWN, PEOPLE, persons=[], limit=SHOWN, as_of=today, as_json=False)
