"""The booklet as tables: one line an activity for programs, one line a host for paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from service.booklet.actions import Listed, Offered
from service.booklet.needs import need_in
from service.booklet.rules import NEED_WORDS, Need
from service.hosts.times import ARRANGED
from service.web.dates import dated_words
from service.web.workbooks import Column, Sort, Value

MACHINE: Final = (
    Column("受け入れ先コード", "受け入れ先を一つに決める、変わらない符号", width=18),
    Column("受け入れ先", "受け入れ先の名前", width=24),
    Column("圏域コード", "受け入れ先のある圏域の符号", width=12),
    Column("圏域", "受け入れ先のある圏域の名前", width=12),
    Column("電話", "のせてよいと聞いた受け入れ先の電話番号", width=16),
    Column("確かめた日", "内容をさいごに受け入れ先に確かめた日", Sort.DAY),
    Column("休みの終わり", "受け入れ先がこの日まで受け入れを休んでいる", Sort.DAY),
    Column("活動コード", "活動を一つに決める、変わらない符号", width=18),
    Column("活動", "活動の名前。受け入れ先に活動がないときは空欄", width=30),
    Column("いつ", f"ひらいている日と時間。決まっていないときは「{ARRANGED}」", width=30),
    Column("最短時間", "1回の時間のうち、いちばん短いもの", Sort.NUMBER, "分", 10),
    Column("最長時間", "1回の時間のうち、いちばん長いもの", Sort.NUMBER, "分", 10),
    *(
        Column(f"ほしいもの({words})", f"受け入れ先のことばのまま: {words}", width=24)
        for words in NEED_WORDS.values()
    ),
    Column("事務所が手伝うこと", "受け入れてもらうかわりに、事務所がすること", width=24),
)
PRINTED: Final = (
    Column("番号", "冊子の番号", Sort.NUMBER, width=6),
    Column("圏域", "", width=10),
    Column("受け入れ先", "", width=22),
    Column("活動", "", width=44),
    Column("ほしいもの・気がかり", "", width=38),
    Column("電話", "", width=15),
    Column("確かめた日", "", Sort.DAY, width=18),
)


def machine_rows(listed: Sequence[Listed]) -> Iterator[tuple[Value, ...]]:
    """Give a line for each activity; a host without any has one line of its own."""
    for each in listed:
        host, area = each.host, each.area
        about = (host.ref, host.name, area.ref, area.name, each.telephone)
        days = (host.confirmed_on, host.resting_until)
        lines: Sequence[Offered | None] = each.activities or [None]
        for offered in lines:
            yield (*about, *days, *_activity(offered, shows_needs=each.shows_needs))


def _activity(offered: Offered | None, *, shows_needs: bool) -> tuple[Value, ...]:
    if offered is None:
        return (None,) * (6 + len(Need))
    terms = offered.terms
    span = (terms.minutes.min, terms.minutes.max) if terms.minutes else (None, None)
    needs = (need_in(terms, need) if shows_needs else None for need in Need)
    in_return = terms.in_return if shows_needs else None
    return (offered.activity.ref, offered.activity.title, offered.when, *span, *needs, in_return)


def print_rows(listed: Sequence[Listed]) -> Iterator[tuple[Value, ...]]:
    """Give a line for each host, as the booklet numbers them."""
    for each in listed:
        yield (
            each.number,
            each.area.name,
            each.host.name,
            "\n".join(_line(offered) for offered in each.activities),
            "\n".join(
                f"{NEED_WORDS[need]}: {'、'.join(said)}" for need, said in each.needs.items()
            ),
            each.telephone,
            each.host.confirmed_on,
        )


def _need(need: Need, said: Sequence[str]) -> str:
    return f"{NEED_WORDS[need]}: {'、'.join(said)}"


def _line(offered: Offered) -> str:
    return f"{offered.activity.title}({offered.when})" if offered.when else offered.activity.title


def about(municipality: str, today: date, telephone: str) -> list[tuple[str, str]]:
    """Say what the machine's file is, where it is from and how it is to be read."""
    return [
        ("名前", "資源冊子の表(参加支援の受け入れ先)"),
        ("自治体", municipality),
        ("作った日", f"{today.isoformat()}({dated_words(today)})"),
        ("のっているもの", "冊子にのせてよいと言った受け入れ先と、いまひらいている活動"),
        ("文字", "UTF-8(Office Open XML)。日付は日付、電話は文字として入っています"),
        ("取りあつかい", "どなたでも"),
        ("問い合わせ", telephone),
    ]
