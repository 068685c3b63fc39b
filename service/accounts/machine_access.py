"""Which machine is calling: a token in the header opens one thing, and no cookie is ever looked at.

Nothing that a browser sends by itself counts here, so a foreign site has nothing to borrow; and a
machine only reads.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from migrations.grants import CASEWORK, OFFICE
from service.accounts import holding_back, machines, throttling
from service.accounts.actions import NotSignedIn
from service.accounts.machines import Machine, OtherScope
from service.accounts.proving import AtDoor
from service.accounts.rules import Scope
from service.accounts.throttling import TooManyTries
from service.database import SessionDep, enter, transaction
from service.web.tokens import bearer_token

TOKEN = HTTPBearer(
    scheme_name="MachineToken", auto_error=False, description="A machine's token, made by an admin."
)
# The figures are counted among people; whatever else a machine reads, it sees no case table.
GROUP = {Scope.FIGURES: CASEWORK, Scope.CATALOGUE: OFFICE, Scope.METRICS: OFFICE}


def _shown(
    request: Request, door: AtDoor, _described: Annotated[object, Security(TOKEN)]
) -> Machine:
    """Return whose token the header bears; a wrong one counts as a try of its address."""
    if token := bearer_token(request):
        with transaction(door.bind) as look:
            found = machines.recognise(look, token, at=door.at)
        if found:
            return found
        tries = throttling.bucket(
            "machine", throttling.network_of(door.address), door.settings.address_tries
        )
        try:
            throttling.take(door.bind, tries, at=door.at)
        except TooManyTries:
            holding_back.tell_of_address(door.bind, holding_back.MACHINE, at=door.at)
            raise
    raise NotSignedIn("this needs a machine's token that holds")


def _for(scope: Scope) -> Callable[[Machine, SessionDep], Machine]:
    def machine(shown: Annotated[Machine, Depends(_shown)], session: SessionDep) -> Machine:
        if shown.scope is not scope:
            raise OtherScope("this token is for something else")
        enter(session, GROUP[scope], shown.municipality_id)
        return shown

    return machine


FigureMachine = Annotated[Machine, Depends(_for(Scope.FIGURES))]
CatalogueMachine = Annotated[Machine, Depends(_for(Scope.CATALOGUE))]
metrics_machine = _for(Scope.METRICS)
