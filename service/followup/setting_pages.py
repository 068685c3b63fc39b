"""The page of the office's rhythm: look, try what a change would do, set it; and closures."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import FollowUpWorker, RhythmSetter
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.clock import Moment
from service.database import SessionDep
from service.followup import setting
from service.followup.bounds import BOUNDS, SERVED, Figures, Lines
from service.followup.cadence import STANDARD, Count, Occasion
from service.followup.words import AMISS_WORDS, RHYTHM_WORDS
from service.languages.ours import ours, say
from service.placements.lifecycle import Side
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PAGE: Final = "/follow-ups/rhythm"
FIGURES: Final = ours({"earliest": "早くて", "due": "めやす", "late": "おそくて"})
MOST: Final = 400
NOT_A_NUMBER: Final = ours("日数を、数字で書いてください")


@dataclass(frozen=True, slots=True)
class Entry:
    """One window on the page: three figures, each with its field."""

    occasion: Occasion
    side: Side
    number: int
    before: bool

    @property
    def words(self) -> str:
        count = "" if self.number == 0 else say("・{number}回め", number=self.number + 1)
        side = ours("受け入れ先") if self.side is Side.HOST else ours("本人")
        return say(
            "{occasion}({side}{count})",
            occasion=RHYTHM_WORDS[self.occasion],
            side=side,
            count=count,
        )

    def name(self, figure: str) -> str:
        return f"{self.occasion}.{self.side}.{self.number + 1}.{figure}"

    def turned(self, days: int) -> int:
        """Turn what lies before a day into a number of days before it, or back."""
        return -days if self.before else days


def entries(lines: Lines) -> list[Entry]:
    return [
        Entry(occasion, side, number, _is_before(occasion))
        for occasion in Occasion
        for side in SERVED
        for number in range(len(lines.get(occasion, {}).get(side, ())))
    ]


def _is_before(occasion: Occasion) -> bool:
    windows = [*STANDARD.line(occasion).person, *STANDARD.line(occasion).host]
    return any(window.count is Count.BACKWARD for window in windows)


@router.get(PAGE)
def show_rhythm(
    *, request: Request, session: SessionDep, staff: FollowUpWorker, saved: bool = False
) -> HTMLResponse:
    return _page(request, session, staff, saved=saved)


@router.post(PAGE)
def set_rhythm(
    *, request: Request, form: SignedForm, session: SessionDep, staff: RhythmSetter, at: Moment
) -> Response:
    """Show what the figures would do to today's queue, or set them."""
    filled = Filled(form)
    lines = _lines(filled, setting.lines_in(setting.current(session, staff)))
    effective_on = filled.day("effective_on") or staff.on
    note = filled.text("note", longest=500)
    based_on = filled.number("based_on", highest=10**6) or 0
    found, last = None, setting.current(session, staff)
    if based_on != (last.version if last else 0):
        # Also a trial: its form would carry the newer version, and set the older figures with it.
        return _page(request, session, staff, filled=filled, conflict=True)
    if not filled.mistakes:
        try:
            if form.get("what") != "set":
                found = setting.effect(session, staff, lines, at=at)
            else:
                setting.set_lines(
                    session, staff, lines,
                    based_on=based_on, effective_on=effective_on, note=note, at=at,
                )  # fmt: skip
                return RedirectResponse(f"{PAGE}?saved=true", 303)
        except setting.UnfitRhythm as unfit:
            filled.mistakes.update(_mistakes(unfit.facts["faults"], lines))
        except setting.UnfitDays:
            filled.mistakes["effective_on"] = ours("きょうから1年先までの日を書いてください")
        except setting.RhythmChanged:
            return _page(request, session, staff, filled=filled, conflict=True)
    return _page(request, session, staff, filled=filled, found=found)


def _lines(filled: Filled, shown: Lines) -> Lines:
    found: dict[Occasion, dict[Side, list[Figures]]] = {}
    for entry in entries(shown):
        earliest, due, late = (_days(filled, entry, figure) for figure in FIGURES)
        found.setdefault(entry.occasion, {}).setdefault(entry.side, []).append(
            (earliest, due, late)
        )
    return found


def _days(filled: Filled, entry: Entry, figure: str) -> int:
    name = entry.name(figure)
    said = unicodedata.normalize("NFKC", filled.text(name))
    if not re.fullmatch(r"-?[0-9]{1,3}", said) or abs(int(said)) > MOST:
        filled.mistakes[name] = f"{entry.words}: {NOT_A_NUMBER}"
        return 0
    return entry.turned(int(said))


def _mistakes(faults: list[dict[str, Any]], lines: Lines) -> dict[str, str]:
    """Say at the first field of each window what is wrong with it."""
    known = {entry.name("earliest").rsplit(".", 1)[0]: entry for entry in entries(lines)}
    found: dict[str, str] = {}
    for fault in faults:
        if entry := known.get(fault["where"]):
            allowed = fault["allowed"]
            days = "" if allowed is None else entry.turned(allowed)
            said = say(AMISS_WORDS[fault["amiss"]], allowed=days)
            found.setdefault(
                entry.name("earliest"), say("{what}: {said}", what=entry.words, said=said)
            )
        else:
            said = say(AMISS_WORDS[fault["amiss"]], allowed="")
            found["note"] = say("{what}: {said}", what=fault["where"], said=said)
    return found


@router.post("/follow-ups/closures")
def close_office(
    *, request: Request, form: SignedForm, session: SessionDep, staff: RhythmSetter, at: Moment
) -> Response:
    filled = Filled(form)
    first_on = filled.day("first_on")
    last_on, name = filled.day("last_on") or first_on, filled.text("name", longest=100)
    if first_on is None or last_on is None:
        filled.mistakes.setdefault("first_on", ours("休みの日を書いてください"))
    if first_on and last_on and not filled.mistakes:
        try:
            setting.close_office(
                session, staff, first_on=first_on, last_on=last_on, name=name, at=at
            )
        except setting.TooFarOff:
            filled.mistakes["first_on"] = ours(
                "休みの日は、2年先まで書けます。年をたしかめてください"
            )
        except setting.UnfitDays:
            filled.mistakes["last_on"] = ours("はじめの日からあとの日を、31日以内で書いてください")
        else:
            return RedirectResponse(f"{PAGE}?saved=true#closures", 303)
    return _page(request, session, staff, filled=filled)


@router.post("/follow-ups/closures/{closure_id}/end")
def open_again(
    *,
    closure_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: RhythmSetter,
    at: Moment,
) -> RedirectResponse:
    setting.open_again(session, staff, closure_id, at=at)
    return RedirectResponse(f"{PAGE}?saved=true#closures", 303)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    *,
    filled: Filled | None = None,
    found: setting.Effect | None = None,
    saved: bool = False,
    conflict: bool = False,
) -> HTMLResponse:
    last = setting.current(session, staff)
    lines = setting.lines_in(last)
    errors = filled.mistakes if filled else {}
    shown = _shown(lines, staff.on)
    if filled:  # the form of the figures brings all of them, that of the closures none
        shown = filled.form if "what" in filled.form else FormData({**shown, **filled.form})
    return render(
        request,
        "followup/rhythm.html",
        status=409 if conflict else 422 if errors else 200,
        staff=staff,
        section="today",
        now=_otherwise(lines, shown) if conflict else (),
        last=last,
        entries=entries(lines),
        figures=FIGURES,
        bounds=BOUNDS,
        closures=setting.closures(session, staff),
        may_set=may(staff.role, Right.SET_RHYTHM),
        values=shown,
        errors=errors,
        found=found,
        saved=saved,
    )


def _otherwise(lines: Lines, typed: FormData) -> list[tuple[str, str]]:
    """Say which figures hold now, of the windows for which others were typed."""
    found = []
    for entry in entries(lines):
        figures = lines[entry.occasion][entry.side][entry.number]
        now = {figure: str(entry.turned(d)) for figure, d in zip(FIGURES, figures, strict=True)}
        if any(typed.get(entry.name(figure)) != days for figure, days in now.items()):
            said = "・".join(f"{FIGURES[figure]} {days}" for figure, days in now.items())
            found.append((entry.words, said))
    return found or [(ours("日数"), ours("書いたものと同じです"))]


def _shown(lines: Lines, today: date) -> FormData:
    """Fill the form with the figures that were set last."""
    known = {
        entry.name(figure): str(entry.turned(days))
        for entry in entries(lines)
        for figure, days in zip(
            FIGURES, lines[entry.occasion][entry.side][entry.number], strict=True
        )
    }
    return FormData({**known, "effective_on": today.isoformat(), "note": ""})
