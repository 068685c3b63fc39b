"""Pages of a hearing, section by section: on a phone, beside the person, each saved alone."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.languages.ours import ours
from service.persons import actions, forms, hearing, words
from service.persons.hearing import KEYS, Section, State, following
from service.persons.pages import HEARING, read_hearing
from service.persons.picture import Picture
from service.persons.rules import CIRCLES
from service.persons.tables import Assessment
from service.persons.telling import limit_words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, newest

router = APIRouter(route_class=Once)

SECTION_WORDS: Final[dict[Section, str]] = ours(
    {
        Section.OWN_WORDS: "本人のことば",
        Section.STRENGTHS: "できること・好きなこと",
        Section.LOADS: "いまの重さ",
        Section.TIMES: "来られる時と道",
        Section.LIMITS: "ぜったいに避けること",
        Section.CONSENT: "同意",
    }
)
STATE_WORDS: Final[dict[State, str]] = ours(
    {State.UNTOUCHED: "未着手", State.PARTLY: "途中", State.DONE: "済"}
)


@router.get("/people/{person_id}/hearing")
def show_sections(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
    saved: bool = False,
) -> HTMLResponse:
    """Show the six sections with what each says and how far it has come."""
    person = actions.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.ASSESSMENT, at=at
    )
    last = actions.latest_assessment(session, person.id)
    known = last.picture if last else {}
    given = actions.current_consents(session, person.id, on=today)
    widest = max((each.shared_with for each in given), key=CIRCLES.index, default=None)
    picture = Picture.model_validate(known)
    return render(
        request,
        "persons/hearing.html",
        staff=staff,
        section="people",
        saved=saved,
        person=person,
        last=last,
        picture=picture,
        loads=sum(each is not None for each in (known.get("load_ceiling") or {}).values()),
        limits=[limit_words(limit) for limit in picture.limits],
        circle=words.SHARED_WORDS[widest] if widest else "",
        sections=SECTION_WORDS,
        states=hearing.states_of(known, widest),
        state_words=STATE_WORDS,
        days=dict(words.DAY_WORDS),
        modes=words.MODE_WORDS,
    )


@router.get("/people/{person_id}/hearing/{part}")
def show_section(
    *,
    request: Request,
    person_id: UUID,
    part: Section,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    if not KEYS[part]:
        return RedirectResponse(f"/people/{person_id}/consents/new", 303)
    last = _last(session, staff, person_id, at=at)
    shown = forms.written(last.picture if last else {})
    filled = Filled(newest(shown, last.version if last else 0))
    return _page(request, session, staff, person_id, part, filled=filled, at=at)


@router.post("/people/{person_id}/hearing/{part}")
def keep_section(
    *,
    request: Request,
    person_id: UUID,
    part: Section,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    """Save one section over what is known; a colleague's words in the same one are shown first."""
    filled = Filled(form)
    seen = filled.number("version", highest=HIGHEST) or 0
    last = _last(session, staff, person_id, at=at)
    before = last.picture if last else {}
    read = read_hearing(filled, before)
    if read is None:
        return _page(request, session, staff, person_id, part, filled=filled, at=at)
    if last and not hearing.is_same(part, before, _version(session, staff, person_id, seen, at=at)):
        kept = Filled(newest(form, last.version))
        return _page(request, session, staff, person_id, part, filled=kept, at=at, now=last)
    document = read.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    blank = dict.fromkeys(KEYS[part])
    picture = Picture.model_validate(
        {
            key: value
            for key, value in hearing.with_section(before, blank | document, part).items()
            if value is not None
        }
    )
    actions.assess(session, staff, person_id, picture, at=at)
    onward = f"/{following(part)}" if form.get("then") == "next" else "?saved=true"
    return RedirectResponse(f"/people/{person_id}/hearing{onward}", 303)


def _last(session: SessionDep, staff: Staff, person_id: UUID, *, at: Moment) -> Assessment | None:
    found = actions.assessments_of(session, staff, person_id, at=at)
    return found[0] if found else None


def _version(
    session: SessionDep, staff: Staff, person_id: UUID, seen: int, *, at: Moment
) -> dict[str, Any]:
    found = actions.assessments_of(session, staff, person_id, at=at)
    return next((each.picture for each in found if each.version == seen), {})


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    part: Section,
    *,
    filled: Filled,
    at: Moment,
    now: Assessment | None = None,
) -> HTMLResponse:
    person = actions.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.ASSESSMENT, at=at
    )
    last = actions.latest_assessment(session, person.id)
    context = HEARING | {
        "staff": staff,
        "person": person,
        "part": part,
        "number": list(Section).index(part) + 1,
        "heading": SECTION_WORDS[part],
        "kept": [words.LIMIT_WORDS[kind] for kind in forms.unasked_kinds(last.picture)]
        if last and part is Section.LIMITS
        else [],
        "now": _said(now, part) if now else [],
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 409 if now else 422 if filled.mistakes else 200
    return render(request, "persons/hearing_section.html", status=status, **context)


def _said(now: Assessment, part: Section) -> list[tuple[str, str]]:
    """Say what a section says now, as its form would show it."""
    picture = {key: now.picture[key] for key in KEYS[part] if key in now.picture}
    shown = [said for _, said in forms.written(picture).multi_items() if said]
    return [(SECTION_WORDS[part], "、".join(map(str, shown)))]
