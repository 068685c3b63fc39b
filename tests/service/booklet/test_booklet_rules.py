"""What of a host's needs stands in the booklet, and for which of its activities."""

from catalogue.terms import ActivityTerms
from service.booklet.needs import needs_of
from service.booklet.rules import NEED_WORDS, SHOWN_WORDS, Need, Shown


def terms(**said: str) -> ActivityTerms:
    worry = said.pop("worry", "")
    return ActivityTerms.model_validate({"needs": said, "worry": worry})


def test_one_activity_tells_its_needs_plainly_and_leaves_out_what_nobody_said() -> None:
    told = [("落ち葉", terms(people="2人", worry="冬に来る人が少ない", money=" "))]
    assert needs_of(told) == {Need.PEOPLE: ["2人"], Need.WORRY: ["冬に来る人が少ない"]}


def test_of_several_activities_each_need_says_for_which_it_is() -> None:
    told = [("落ち葉", terms(people="2人")), ("お茶", terms(people="1人", things="茶わん"))]
    assert needs_of(told) == {
        Need.PEOPLE: ["2人(落ち葉)", "1人(お茶)"],
        Need.THINGS: ["茶わん(お茶)"],
    }
    assert needs_of([]) == {}


def test_every_word_has_its_page_word_and_every_need_its_place() -> None:
    assert set(SHOWN_WORDS) == set(Shown)
    assert set(NEED_WORDS) == set(Need)
    full = terms(**dict.fromkeys(("people", "things", "place", "money", "worry"), "x"))
    assert set(needs_of([("a", full)])) == set(Need)
