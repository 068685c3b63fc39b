"""Who is calling, and what they may do: a route's signature is its policy."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from service.accounts import actions
from service.accounts.actions import Staff
from service.accounts.groups import GROUP
from service.accounts.rules import Right
from service.clock import Moment
from service.database import SessionDep, enter
from service.web.tokens import carried_token

# Only tells the API's readers how a token travels; carried_token reads it, the cookie as well.
BEARER = HTTPBearer(auto_error=False, description="The token that POST /api/v1/sessions gives.")


def current_staff(
    request: Request, session: SessionDep, at: Moment, _shown: Annotated[object, Security(BEARER)]
) -> Staff:
    """Return the signed-in caller, or refuse; from here on the database knows the caller too."""
    settings = request.app.state.settings
    staff = actions.recognise(session, carried_token(request), at=at, settings=settings)
    enter(session, GROUP[staff.role], staff.municipality_id)
    return staff


AnyStaff = Annotated[Staff, Depends(current_staff)]


def _holding(right: Right) -> Callable[[Staff], Staff]:
    def holder(staff: AnyStaff) -> Staff:
        return actions.require(staff, right)

    return holder


CatalogueReader = Annotated[Staff, Depends(_holding(Right.READ_CATALOGUE))]
CatalogueWriter = Annotated[Staff, Depends(_holding(Right.WRITE_CATALOGUE))]
PeopleReader = Annotated[Staff, Depends(_holding(Right.READ_PEOPLE))]
PeopleWriter = Annotated[Staff, Depends(_holding(Right.WRITE_PEOPLE))]
Placer = Annotated[Staff, Depends(_holding(Right.PLACE))]
FollowUpWorker = Annotated[Staff, Depends(_holding(Right.FOLLOW_UP))]
EmergencyReader = Annotated[Staff, Depends(_holding(Right.OPEN_IN_EMERGENCY))]
AccountManager = Annotated[Staff, Depends(_holding(Right.MANAGE_ACCOUNTS))]
AuditReader = Annotated[Staff, Depends(_holding(Right.READ_AUDIT))]
ConferenceMember = Annotated[Staff, Depends(_holding(Right.JOIN_CONFERENCES))]
