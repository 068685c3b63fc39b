"""The same form while one telephones: drafts, what changes, who was first, and times in words."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from catalogue.tables import Activity, Slot
from tests.service.browsing import OWN, led_to, main_of
from tests.service.hosting.conftest import ID, WHEN, WHOLE, Desk

# What is read here comes from forms and pages; the link's tests stand on both databases.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def begun(desk: Desk, **changes: Any) -> str:
    path = desk.done("/registrations/new", **({"host": desk.temple} | WHOLE | changes))
    found = ID.search(path)
    assert found is not None
    return found[0]


def test_what_was_told_on_the_telephone_is_a_draft_until_it_is_accepted(
    desk: Desk, session: Session
) -> None:
    draft = begun(desk)
    assert desk.waiting() == [draft]
    assert "書きかけ" in desk.read(f"/registrations/{draft}")
    assert "庭の草とり" not in {each.title for each in session.exec(select(Activity))}
    assert desk.activity(desk.accepted(draft))["title"] == "庭の草とり"


def test_a_draft_may_be_short_and_says_what_is_still_to_be_asked(desk: Desk) -> None:
    draft = begun(desk, **{"title": "", "pattern-0": "", "capacity": ""})
    shown = desk.read(f"/registrations/{draft}")
    for sentence in ("活動の名前を書いてください", "いつかを選んでください", "一度に何人まで"):
        assert sentence in shown
    path = f"/registrations/{draft}/acceptance"
    refused = desk.posted(path, version=desk.version(draft))
    assert refused.status_code == 409
    assert "まだ聞いていないことがあります" in main_of(refused)


def test_without_a_host_or_with_a_mistake_everything_that_was_typed_stays(desk: Desk) -> None:
    answer = desk.posted("/registrations/new", **(WHOLE | {"host": "", "fee": "fee"}))
    assert answer.status_code == 422
    assert "受け入れ先を選んでください" in main_of(answer)
    assert "いくらかかるかを書いてください" in main_of(answer)
    assert 'value="庭の草とり"' in answer.text
    assert re.search(r'value="bees"[^>]* checked', answer.text)
    assert desk.waiting() == []


def test_the_next_days_are_shown_before_anything_is_kept(desk: Desk) -> None:
    answer = desk.posted("/registrations/new", **(WHOLE | {"host": desk.temple, "then": "preview"}))
    assert answer.status_code == 200
    assert "11月25日(水) 10:00" in main_of(answer)
    assert desk.waiting() == []


def test_who_comes_second_sees_what_the_first_wrote_and_loses_nothing(desk: Desk) -> None:
    draft = begun(desk)
    path, seen = f"/registrations/{draft}/edit", desk.version(draft)
    desk.done(path, **(WHOLE | {"title": "草とりA", "version": seen}))
    answer = desk.posted(path, **(WHOLE | {"title": "草とりB", "version": seen}))
    assert answer.status_code == 422
    assert "ほかの人が先に直しました" in main_of(answer)
    assert "草とりA" in main_of(answer)
    assert 'value="草とりB"' in answer.text
    assert "草とりA" in desk.read(f"/registrations/{draft}")


def test_what_changes_of_an_activity_stands_beside_what_is_there(desk: Desk) -> None:
    path = desk.done(f"/activities/{desk.leaves}/registrations", then="here")
    page = desk.staff.get(path, headers=OWN).text
    assert 'value="お寺の庭で落ち葉を集める"' in page
    registration = path.split("/")[2]
    fields = {"title": "お寺の庭で落ち葉を集める", "pattern-0": "weekly", "days-0": ["1"],
              "start-0": "10:00", "end-0": "11:30", "holidays-0": "open", "capacity": "4",
              "hazards": "none", "fee": "free", "setting": "outdoor"}  # fmt: skip
    desk.done(path, **fields, version=desk.version(registration))
    shown = desk.read(f"/registrations/{registration}")
    changed = shown.split("変わらないところも見る")[0]
    assert "受けられる人数 2人 4人" in changed
    assert "毎週 火曜" not in changed.split("いまと、これから")[1]
    assert desk.accepted(registration) == desk.leaves
    assert desk.activity(desk.leaves)["capacity"] == 4


def test_an_activity_that_somebody_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    path = desk.done(f"/activities/{desk.leaves}/registrations", then="here")
    registration = path.split("/")[2]
    now = desk.staff.get(f"/api/v1/activities/{desk.leaves}").headers["etag"]
    body = {"worry": "冬は寒い"}
    headers = {"if-match": now}
    assert desk.staff.patch(
        f"/api/v1/activities/{desk.leaves}", json=body, headers=headers
    ).is_success
    version = desk.version(registration)
    answer = desk.posted(f"/registrations/{registration}/acceptance", version=version)
    assert answer.status_code == 409
    assert "ほかの人が先に変えました" in main_of(answer)
    assert desk.activity(desk.leaves)["worry"] == "冬は寒い"


def test_a_line_that_no_choice_can_say_is_told_in_words_and_stays(
    desk: Desk, session: Session
) -> None:
    """An imported rule: the last weekday of each month."""
    (slot,) = session.exec(
        select(Slot).where(Slot.activity_id == desk.town.activities["leaves"].id)
    )
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    slot.recurrence = {**(slot.recurrence or {}), "rrule": rule}
    session.flush()
    path = desk.done(f"/activities/{desk.leaves}/registrations", then="here")
    page = main_of(desk.staff.get(path, headers=OWN))
    assert "次の時間は、このまま残ります" in page
    assert "毎月 月・火・水・木・金曜 (そのうち最後の日) 10:00〜11:30" in page
    registration = path.split("/")[2]
    kept = {"title": "お寺の庭で落ち葉を集める", "capacity": "2", **WHEN}
    desk.done(path, **kept, version=desk.version(registration))
    desk.accepted(registration)
    rules = {line["rrule"] for line in desk.activity(desk.leaves)["schedule"]}
    assert rules == {rule, "FREQ=MONTHLY;BYDAY=2WE,4WE"}


def test_a_time_is_added_and_ended_by_plain_choices_but_not_from_under_anybody(
    desk: Desk, session: Session
) -> None:
    path = f"/activities/{desk.leaves}/slots"
    assert "毎週 火曜 10:00〜11:30" in desk.read(path)
    empty = desk.posted(path)
    assert empty.status_code == 422
    assert "いつかを選んでください" in main_of(empty)
    preview = desk.posted(path, **WHEN, then="preview")
    assert "12月9日(水) 10:00" in main_of(preview)
    assert desk.done(path, **WHEN, capacity="3") == path
    assert "3人まで・いま0人" in desk.read(path)
    slots = session.exec(select(Slot).where(Slot.activity_id == UUID(desk.leaves))).all()
    old, new = sorted(slots, key=lambda slot: slot.position)
    stale = desk.posted(f"/slots/{new.id}/end", version="7")
    assert "ほかの人が先に変えました" in main_of(stale)
    assert desk.done(f"/slots/{new.id}/end", version=str(new.version)) == path
    assert "第2・第4水曜" not in desk.read(path)
    old.taken = 1
    session.flush()
    held = desk.posted(f"/slots/{old.id}/end", version=str(old.version))
    assert held.status_code == 422
    assert "約束のある人の数より少なくはできません" in main_of(held)
    assert "毎週 火曜" in desk.read(path)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"pattern-0": "nth", "ordinals-0": []}, "第何週かを選んでください"),
        ({"pattern-0": "other_week", "first-0": ""}, "はじめの日を書いてください"),
        ({"pattern-0": "month_days", "month_days-0": "32"}, "日を、5、20 のように"),
        ({"pattern-0": "dates", "dates-0": "いつか"}, "日付を、12月5日"),
        ({"pattern-0": "weekly", "start-0": ""}, "はじまりと終わりの時刻"),
        ({"least": "60", "most": "30"}, "長いときの時間を"),
        ({"fewest": "8", "people": "3"}, "多いときの人数を"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(
    desk: Desk, fields: dict[str, Any], sentence: str
) -> None:
    answer = desk.posted("/registrations/new", **({"host": desk.temple} | WHOLE | fields))
    assert answer.status_code == 422
    assert sentence in main_of(answer)


def test_days_are_read_as_people_write_them(desk: Desk) -> None:
    said = {"pattern-0": "dates", "dates-0": "12月5日、1/9", "pattern-1": "month_days",
            "month_days-1": "5日、末日", "start-1": "13:00", "end-1": "14:00"}  # fmt: skip
    made = desk.activity(desk.accepted(begun(desk, **said)))
    dates, month = made["schedule"]
    assert dates["also"] == ["2026-12-05", "2027-01-09"]
    assert month["rrule"] == "FREQ=MONTHLY;BYMONTHDAY=5,-1"


def test_what_has_no_set_time_is_by_arrangement(desk: Desk, session: Session) -> None:
    made = desk.accepted(begun(desk, **{"pattern-0": "arranged"}))
    slots = session.exec(select(Slot).where(Slot.activity_id == UUID(made))).all()
    assert [(slot.recurrence, slot.capacity) for slot in slots] == [(None, 2)]
    assert desk.activity(made)["when"] == "日と時間は、相談して決める"


def test_a_form_without_javascript_sent_twice_begins_one(desk: Desk) -> None:
    once = {"once": "9c0e7e3e-6c52-4a9b-9a43-0f6f2a4b6a11"}
    fields = {"host": desk.temple} | WHOLE | once
    first = led_to(desk.posted("/registrations/new", **fields))
    assert led_to(desk.posted("/registrations/new", **fields)) == first
    assert len(desk.waiting()) == 1
