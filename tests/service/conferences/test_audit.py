"""The auditor learns that a record was looked at, by whom and in which conference; nothing else."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from service.audit.rules import Act, Ground
from service.audit.tables import AccessRecord
from tests.service.conferences.conftest import ENTRY, SAID, Meeting, made


def lines(session: Session, *acts: Act) -> Sequence[AccessRecord]:
    query = select(AccessRecord).where(col(AccessRecord.act).in_(acts))
    return session.exec(query.order_by(col(AccessRecord.seq))).all()


def test_every_look_names_the_record_and_the_meeting_it_rests_on(
    meeting: Meeting, session: Session
) -> None:
    meeting.convener.get(f"{meeting.path}/records")
    meeting.convener.get(meeting.record)
    made(meeting.convener.post(f"{meeting.record}/entries", json=ENTRY))
    meeting.convener.get(f"{meeting.record}/entries")
    found = lines(session, Act.READ, Act.LIST, Act.WRITE)
    assert [(line.act, line.resource) for line in found] == [
        (Act.WRITE, "conference_record"),
        (Act.LIST, "conference_record"),
        (Act.READ, "conference_record"),
        (Act.WRITE, "conference_entry"),
        (Act.READ, "conference_entry"),
    ]
    assert {str(line.person_id) for line in found} == {meeting.record_id}
    assert {(line.basis, str(line.basis_id)) for line in found} == {
        (Ground.MEETING, meeting.conference_id)
    }


def test_who_opens_joins_leaves_and_closes_is_written_down(
    meeting: Meeting, session: Session
) -> None:
    seats = meeting.convener.post(f"{meeting.path}/members", json={"username": "csw_west"}).json()
    meeting.convener.delete(f"{meeting.path}/members/{seats[-1]['id']}")
    meeting.convener.post(f"{meeting.path}/closure")
    told = [line for line in lines(session, Act.EVENT) if meeting.conference_id in line.detail]
    assert [line.resource for line in told] == [
        "conference_opened",
        "member_added",
        "member_removed",
        "conference_ended",
    ]
    assert UUID(seats[-1]["account_id"]).hex in told[1].detail.replace("-", "")


def test_no_word_of_a_record_reaches_the_audit(meeting: Meeting, session: Session) -> None:
    meeting.convener.get(meeting.record)
    whole = " ".join(str(line.model_dump()) for line in session.exec(select(AccessRecord)))
    for words in (*SAID.values(), "東-3"):
        assert words not in whole
