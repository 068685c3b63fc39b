"""Every line of a schedule in words, and its next days with the holidays named."""

import re
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import WEEKDAYS
from catalogue.schedule import holiday_name
from catalogue.terms import ScheduleItem
from service.hosts import times


def line(rrule: str | None, **more: Any) -> ScheduleItem:
    said = {"rrule": rrule, "start": "10:00", "end": "11:30"} | more
    return ScheduleItem.model_validate(said)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (None, "日と時間は、相談して決める"),
        (line("FREQ=WEEKLY;BYDAY=TU"), "毎週 火曜 10:00〜11:30"),
        (line("FREQ=MONTHLY;BYDAY=2WE,4WE"), "毎月 第2・第4水曜 10:00〜11:30"),
        (line("FREQ=MONTHLY;BYDAY=-1FR"), "毎月 最後の金曜 10:00〜11:30"),
        (line("FREQ=MONTHLY;BYDAY=1MO,3TU"), "毎月 第1月曜と第3火曜 10:00〜11:30"),
        (line("FREQ=MONTHLY;BYMONTHDAY=5,-1"), "毎月 5日・月末の日 10:00〜11:30"),
        (
            line("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", dtstart="2026-11-28"),
            "2週に1回 土曜(令和8年11月28日(土)から) 10:00〜11:30",
        ),
        (
            line("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
            "毎月 月・火曜 (そのうち最後の日) 10:00〜11:30",
        ),
        (
            line("FREQ=DAILY;INTERVAL=3;UNTIL=20270101"),
            "3日に1回(令和9年1月1日(金)まで) 10:00〜11:30",
        ),
        (
            line("FREQ=WEEKLY;BYDAY=TU", holidays="closed", **{"except": ["2026-12-01"]}),
            "毎週 火曜 10:00〜11:30。令和8年12月1日(火)は休み。祝日と年末年始は休み",
        ),
        (line(None, also=["2026-12-05"]), "令和8年12月5日(土) 10:00〜11:30"),
    ],
)
def test_a_line_reads_as_one_would_say_it(item: ScheduleItem | None, words: str) -> None:
    assert times.said(item) == words


RULES = st.one_of(
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 9), st.sampled_from(WEEKDAYS)
    ),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{};BYMONTH={}".format,
        st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]),
        st.sampled_from(WEEKDAYS),
        st.integers(1, 12),
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(-28, 28).filter(bool)),
    st.builds(
        "FREQ=YEARLY;BYMONTH={};BYDAY=MO,SU;BYSETPOS={};COUNT=4".format,
        st.integers(1, 12),
        st.sampled_from([1, -1, 2]),
    ),
)


@given(RULES)
def test_no_line_is_without_words_and_none_shows_a_machine_s_signs(rule: str) -> None:
    words = times.said(line(rule, dtstart="2026-01-05"))
    assert re.search("[月火水木金土日]", words)
    assert re.search("[A-Za-z=;_-]", words) is None


def test_a_holiday_in_the_preview_has_its_name_and_says_that_it_is_off() -> None:
    monday = line("FREQ=WEEKLY;BYDAY=MO", holidays="closed")
    found = times.next_days([monday], today=date(2026, 11, 20), most=2)
    assert [times.day_said(each) for each in found] == [
        "11月23日(月) 10:00 勤労感謝の日・お休み",
        "11月30日(月) 10:00",
    ]
    open_all_year = times.next_days([line("FREQ=WEEKLY;BYDAY=MO")], today=date(2026, 11, 20))
    assert times.day_said(open_all_year[0]) == "11月23日(月) 10:00 勤労感謝の日"


def test_the_days_of_several_lines_come_in_order_and_no_more_than_asked_for() -> None:
    lines = [line("FREQ=WEEKLY;BYDAY=FR"), line("FREQ=WEEKLY;BYDAY=TU", start="09:00")]
    found = times.next_days(lines, today=date(2026, 11, 20), most=3)
    assert [(each.day.day, each.start) for each in found] == [
        (20, time(10)),
        (24, time(9)),
        (27, time(10)),
    ]
    assert times.next_days([], today=date(2026, 11, 20)) == []


def test_the_turn_of_the_year_has_a_name_and_a_usual_day_has_none() -> None:
    assert holiday_name(date(2026, 12, 30)) == "年末年始"
    assert holiday_name(date(2027, 1, 1)) == "元日"
    assert holiday_name(date(2026, 11, 20)) == ""
