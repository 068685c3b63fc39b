"""Who is calling, and what they may do: a route's signature is its policy."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from sqlmodel import Session

from service.accounts import actions
from service.accounts.actions import Staff
from service.accounts.groups import GROUP
from service.accounts.rules import CASEWORK, Right
from service.accounts.tables import Awaits
from service.clock import Moment
from service.database import SessionDep, enter
from service.web import once
from service.web.tokens import carried_token

# Only tells the API's readers how a token travels; carried_token reads it, the cookie as well.
BEARER = HTTPBearer(auto_error=False, description="The token that POST /api/v1/sessions gives.")


def _recognised(
    request: Request,
    session: Session,
    at: datetime,
    awaiting: Awaits = Awaits.NOTHING,
    *,
    showing: bool = False,
) -> Staff:
    """Recognise the caller, or refuse; while the screen is somebody else's, only ``showing`` is."""
    settings, token = request.app.state.settings, carried_token(request)
    staff = actions.recognise(session, token, at=at, settings=settings, awaiting=awaiting)
    if staff.showing is not None and not showing:
        raise actions.BeingShown("this screen is being shown to somebody", showing=True)
    return staff


def current_staff(
    request: Request, session: SessionDep, at: Moment, _shown: Annotated[object, Security(BEARER)]
) -> Staff:
    """Return the signed-in caller, or refuse; from here on the database knows the caller too."""
    return _entered(request, session, _recognised(request, session, at), at)


def whoever_looks(
    request: Request, session: SessionDep, at: Moment, _shown: Annotated[object, Security(BEARER)]
) -> Staff:
    """Return the signed-in caller also while the screen is shown to somebody beside it."""
    staff = _recognised(request, session, at, showing=True)
    return _entered(request, session, staff, at)


def _entered(request: Request, session: Session, staff: Staff, at: datetime) -> Staff:
    enter(session, GROUP[staff.role], staff.municipality_id)
    if staff.showing is None:  # a form on a shown screen says of nobody whose it is
        request.state.signed = (session, staff)  # for the forms of the page that is answered
    if staff.role in CASEWORK:
        # What hosts answered is drawn into the cases first: nobody sees one without the other.
        request.app.state.inbox(session, staff.municipality_id, at=at)
    return staff


AnyStaff = Annotated[Staff, Depends(current_staff)]
AnyScreen = Annotated[Staff, Depends(whoever_looks)]


def shower(staff: AnyScreen) -> Staff:
    """Return a caller who may work with people, on whichever screen."""
    return actions.require(staff, Right.WRITE_PEOPLE)


Shower = Annotated[Staff, Depends(shower)]


# What guards an account is open to no group of the database, not even to one's own: these callers
# stay with the login itself, and every query behind them asks for the caller's account alone.
def oneself(
    request: Request, session: SessionDep, at: Moment, _shown: Annotated[object, Security(BEARER)]
) -> Staff:
    """Return the signed-in caller, who asks about their own account."""
    return _recognised(request, session, at)


def password_chooser(request: Request, session: SessionDep, at: Moment) -> Staff:
    """Return a caller who may also be one that still has to choose a password of their own."""
    return _recognised(request, session, at, Awaits.OWN_PASSWORD)


def enroller(request: Request, session: SessionDep, at: Moment) -> Staff:
    """Return a caller who may also be one that still has to set a second factor up."""
    return _recognised(request, session, at, Awaits.ENROLMENT)


def code_shower(request: Request, session: SessionDep, at: Moment) -> Staff:
    """Return a caller who may also be one that still has to take the second step."""
    return _recognised(request, session, at, Awaits.CODE)


Oneself = Annotated[Staff, Depends(oneself)]
PasswordChooser = Annotated[Staff, Depends(password_chooser)]
Enroller = Annotated[Staff, Depends(enroller)]
CodeShower = Annotated[Staff, Depends(code_shower)]


def _holding(right: Right) -> Callable[..., Staff]:
    def holder(request: Request, session: SessionDep, staff: AnyStaff) -> Staff:
        actions.require(staff, right)
        once.ask(request, session, staff)
        return staff

    return holder


CatalogueReader = Annotated[Staff, Depends(_holding(Right.READ_CATALOGUE))]
CatalogueWriter = Annotated[Staff, Depends(_holding(Right.WRITE_CATALOGUE))]
PeopleReader = Annotated[Staff, Depends(_holding(Right.READ_PEOPLE))]
PeopleWriter = Annotated[Staff, Depends(_holding(Right.WRITE_PEOPLE))]
Placer = Annotated[Staff, Depends(_holding(Right.PLACE))]
FollowUpWorker = Annotated[Staff, Depends(_holding(Right.FOLLOW_UP))]
RhythmSetter = Annotated[Staff, Depends(_holding(Right.SET_RHYTHM))]
EmergencyReader = Annotated[Staff, Depends(_holding(Right.OPEN_IN_EMERGENCY))]
AccountManager = Annotated[Staff, Depends(_holding(Right.MANAGE_ACCOUNTS))]
AuditReader = Annotated[Staff, Depends(_holding(Right.READ_AUDIT))]
ConferenceMember = Annotated[Staff, Depends(_holding(Right.JOIN_CONFERENCES))]
Retainer = Annotated[Staff, Depends(_holding(Right.RETAIN))]
PeopleExporter = Annotated[Staff, Depends(_holding(Right.EXPORT_PEOPLE))]
FigureReader = Annotated[Staff, Depends(_holding(Right.READ_FIGURES))]
DeliveryMender = Annotated[Staff, Depends(_holding(Right.MEND_DELIVERY))]
