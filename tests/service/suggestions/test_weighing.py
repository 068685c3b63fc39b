"""What an activity asks beside what somebody can bear: one dimension at a time, unknown as such."""

import pytest

from catalogue.profiles import LOAD_TOP, Load
from service.suggestions.weighing import STANDING_WORDS, STEP, Standing, Weight, summary, weights

HEARD = Load(physical=2, social=1, cognitive=1, sensory=2, pressure=0)
NAMES = ("体を動かす", "人といる", "考える", "音・におい", "責任・時間")


def of(asked: Load, ceiling: Load = HEARD) -> dict[str, Weight]:
    return {each.name: each for each in weights(asked, ceiling)}


def test_every_standing_has_words_of_its_own() -> None:
    assert set(STANDING_WORDS) == set(Standing)
    assert len(set(STANDING_WORDS.values())) == len(Standing)


def test_the_five_stand_in_their_order_and_are_never_summed() -> None:
    found = weights(Load(4, 0, 0, 0, 0), HEARD)
    assert tuple(each.words for each in found) == NAMES
    assert [each.standing for each in found] == [Standing.ABOVE, *[Standing.WITHIN] * 4]


@pytest.mark.parametrize(
    ("asked", "ceiling", "standing"),
    [
        (2, 2, Standing.WITHIN),
        (3, 2, Standing.ABOVE),
        (0, 0, Standing.WITHIN),
        (None, 2, Standing.UNASKED),
        (None, None, Standing.UNASKED),
        (0, None, Standing.UNHEARD),
    ],
)
def test_a_level_stands_to_a_ceiling(
    asked: int | None, ceiling: int | None, standing: Standing
) -> None:
    assert of(Load(physical=asked), Load(physical=ceiling))["physical"].standing is standing


def test_nought_is_one_filled_step_and_unknown_is_none() -> None:
    known = of(Load(physical=0, social=4))
    filled = {name: [on for _, on in each.steps].count(True) for name, each in known.items()}
    assert filled == {"physical": 1, "social": 5, "cognitive": 0, "sensory": 0, "pressure": 0}
    assert all(len(each.steps) == LOAD_TOP + 1 for each in known.values())


def test_the_line_stands_behind_the_last_step_that_is_borne_and_nowhere_unless_heard() -> None:
    found = of(Load(), Load(physical=0, social=4))
    assert found["physical"].line == STEP
    assert found["social"].line == 5 * STEP
    assert found["cognitive"].line is None


def test_words_stand_for_both_sides_and_say_what_nobody_knows() -> None:
    found = of(Load(physical=1), Load(physical=2))
    assert (found["physical"].asked_words, found["physical"].ceiling_words) == (
        "手先だけ",
        "立つ・少し歩く",
    )
    assert found["social"].asked_words == "まだ聞いていない"
    assert found["social"].ceiling_words == "まだ分からない"


def test_the_line_of_words_names_what_is_above_and_what_is_to_be_asked_of_whom() -> None:
    assert summary(weights(Load(2, 1, 1, 2, 0), HEARD)) == "どれも、本人のいまの線までです"
    told = summary(weights(Load(3, 4, None, 0, 0), Load(2, 1, 1, None, 1)))
    assert told == (
        "「体を動かす、人といる」は、いまの線をこえます。"
        "「考える」は、受け入れ先にまだ聞いていません。"
        "「音・におい」は、本人にまだ聞いていません"
    )


def test_where_nothing_is_known_nothing_is_said_to_be_all_right() -> None:
    assert "どれも" not in summary(weights(Load(), Load()))
    assert "どれも" not in summary(weights(Load(0, 0, 0, 0, None), HEARD))
