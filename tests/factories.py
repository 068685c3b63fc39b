"""A small town for tests: areas, hosts, activities with slots, and accounts of every role."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from argon2 import PasswordHasher
from sqlmodel import Session

from catalogue.exchange.models import CatalogueFile
from catalogue.intake import save_catalogue
from catalogue.profiles import SharedWith, Stage
from catalogue.repository import all_by_ref, slots_by_activity
from catalogue.tables import Activity, Area, Host, Municipality, Slot
from service.accounts.actions import Staff
from service.accounts.rules import Role
from service.accounts.tables import Account, SignIn
from service.clock import local_day
from service.persons.actions import register
from service.persons.picture import Picture
from service.persons.tables import Person

# What lets colleagues of the area and the coordinator know of somebody.
TEAM: Final[dict[str, Any]] = {"shared_with": SharedWith.TEAM}
PASSWORD = "plum blossoms in february"
# A Friday, nine in the morning in Japan.
MORNING = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


class TurnableClock:
    """The app's clock in tests: it stands still until somebody turns it."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Town:
    """What was seeded; areas, hosts and activities by their names in files."""

    municipality: Municipality
    areas: dict[str, Area]
    hosts: dict[str, Host]
    activities: dict[str, Activity]
    slots: dict[str, list[Slot]]
    accounts: dict[str, Account]


def activity_row(name: str, **changes: Any) -> dict[str, Any]:
    """A quiet hour that asks little of anybody; ``changes`` make it something else."""
    row: dict[str, Any] = {
        "id": name,
        "host": "temple",
        "title": "お寺の庭で落ち葉を集める",
        "plain_title": "落ち葉あつめ",
        "description": "自分の早さで、境内の落ち葉をほうきで集めます。話さなくてかまいません。",
        "tags": ["garden", "quiet"],
        "area": "east",
        "schedule": [{"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "10:00", "end": "11:30"}],
        "open": True,
        "minutes": {"min": 20, "max": 60},
        "dose": "週に1回、20分から",
        "capacity": 2,
        "group_size": [2, 4],
        "load": {"physical": 1, "social": 0, "cognitive": 0, "sensory": 0, "pressure": 0},
        "setting": "outdoor",
        "hazards": [],
        "own_pace": "yes",
        "just_being_ok": True,
        "no_talk_ok": True,
        "accompaniment_ok": True,
        "leave_any_time": True,
        "company": ["peers"],
        "reward": "none",
        "fee_yen": 0,
        "access": {"steps": 0, "wheelchair": True, "minutes_from_stop": 3},
    }
    return row | changes


def catalogue(municipality: str = "みずうみ町") -> CatalogueFile:
    """Two areas, two hosts and four activities: weekly, by arrangement, full of people, closed."""
    tea = {"physical": 0, "social": 2, "cognitive": 0, "sensory": 1, "pressure": 0}
    return CatalogueFile.model_validate(
        {
            "municipality": municipality,
            "areas": [
                {"id": "east", "name": "東", "lat": 35.001, "lon": 135.001},
                {"id": "west", "name": "西", "lat": 35.021, "lon": 135.031},
            ],
            "hosts": [
                {"id": "temple", "name": "湖東寺", "type": "temple", "area": "east",
                 "lat": 35.002, "lon": 135.002},
                {"id": "cafe", "name": "喫茶みなと", "type": "cafe", "area": "west",
                 "lat": 35.022, "lon": 135.032},
            ],
            "activities": [
                activity_row("leaves"),
                activity_row("last_place", title="写経の紙をそろえる", capacity=1),
                activity_row(
                    "tea", host="cafe", area="west", title="お茶の時間にいる", schedule=[],
                    capacity=6, group_size=[6, 12], load=tea, setting="indoor",
                ),
                activity_row("closed", host="cafe", area="west", title="夏の氷", open=False),
            ],
        }
    )  # fmt: skip


def seed(session: Session, *, name: str = "みずうみ町", suffix: str = "") -> Town:
    """Store a town with an account of each role; user names end with ``suffix``."""
    municipality = Municipality(name=name)
    session.add(municipality)
    session.flush()
    save_catalogue(session, municipality, catalogue(name))
    areas = all_by_ref(session, Area, municipality.id)
    accounts = {
        user: account_in(session, municipality, f"{user}{suffix}", role, area)
        for user, role, area in (
            ("csw", Role.CSW, areas["east"]),
            ("csw_west", Role.CSW, areas["west"]),
            ("coordinator", Role.COORDINATOR, None),
            ("officer", Role.OFFICER, None),
            ("admin", Role.ADMIN, None),
            ("auditor", Role.AUDITOR, None),
        )
    }
    activities = all_by_ref(session, Activity, municipality.id)
    slots = slots_by_activity(session, municipality.id)
    session.flush()
    return Town(
        municipality=municipality,
        areas=areas,
        hosts=all_by_ref(session, Host, municipality.id),
        activities=activities,
        slots={ref: slots[activity.id] for ref, activity in activities.items()},
        accounts=accounts,
    )


@lru_cache
def _password_hash() -> str:
    # As weak as argon2 allows: the strength of passwords is not what most tests are about.
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def account_in(
    session: Session, municipality: Municipality, username: str, role: Role, area: Area | None
) -> Account:
    account = Account(
        municipality_id=municipality.id,
        username=username,
        display_name=f"職員 {username}",
        role=role,
        area_id=area.id if area else None,
        password_hash=_password_hash(),
    )
    session.add(account)
    session.flush()
    return account


def staff_of(session: Session, account: Account, *, at: datetime = MORNING) -> Staff:
    """The account as a signed-in caller, for tests that need no HTTP."""
    sign_in = SignIn(
        municipality_id=account.municipality_id,
        account_id=account.id,
        token_hash=account.id.hex,
        seen_at=at,
        expires_at=at + timedelta(days=1),
    )
    return Staff(
        id=account.id,
        municipality_id=account.municipality_id,
        role=account.role,
        area_id=account.area_id,
        display_name=account.display_name,
        sign_in_id=sign_in.id,
        on=local_day(at),
        stepped_up_at=at,
        at=at,
    )


def person_in(
    session: Session,
    town: Town,
    *,
    area: str = "east",
    by: str = "csw",
    picture: dict[str, Any] | None = None,
    consent: dict[str, Any] | None = None,
    stage: Stage = Stage.AT_HOME,
    at: datetime = MORNING,
    **known: Any,
) -> Person:
    """Somebody who likes gardens and is assessed; ``picture={}`` leaves everything unknown."""
    wishes = {"own_words": "庭の手入れなら好き", "windows": [], "travel": {"modes": ["walk"]}}
    known = {"age_band": "40代", "lat": 35.001, "lon": 135.001} | known
    return register(
        session,
        staff_of(session, town.accounts[by]),
        area=town.areas[area],
        at=at,
        stage=stage,
        picture=Picture.model_validate(wishes if picture is None else picture),
        consent=consent,
        **known,
    )
