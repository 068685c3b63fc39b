"""Which class of data every column holds, D0 to D8, as one table; docs/data-classes.md prints it.

A test holds it against the tables of the service: a column without a class, a class without its
column, and a text of D3 to D6 that is not sealed and not named in ``PLAIN`` are found. ``id``,
``created_at`` and ``municipality_id`` bear the class that their table begins with.
"""

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final


class DataClass(StrEnum):
    D0 = "D0"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"
    D6 = "D6"
    D7 = "D7"
    D8 = "D8"


D0, D1, D2, D3, D4, D5, D6, D7, D8 = DataClass

CONTENT: Final[Mapping[DataClass, str]] = {
    D0: "published activity and slots",
    D1: "the host's own: contacts, needs, worries, capacity",
    D2: "anonymous card: a pseudonym, no cause",
    D3: "disclosure packet: the fields a consent lists, for one host, until a day",
    D4: "work with consent or duty: placements, visits, contacts, plan",
    D5: "pre-consent record shared in a 支援会議 (art. 106-6)",
    D6: "health-related limits, family, names, addresses, own words",
    D7: "audit",
    D8: "the office: accounts, keys, settings",
}
AT_REST: Final[Mapping[DataClass, str]] = {
    D0: "plain",
    D1: "plain",
    D2: "plain",
    D3: "sealed, ring disclosure",
    D4: "codes and days plain, words sealed with the person's key",
    D5: "codes and days plain, words sealed with the record's own key",
    D6: "sealed with the person's key",
    D7: "plain codes and ids, append-only, chained",
    D8: "plain; passwords and tokens hashed, keys wrapped",
}
TO_BE_SEALED: Final = frozenset({D3, D4, D5, D6})
IDENTITY: Final = frozenset({"id", "created_at", "municipality_id"})

Columns = Mapping[DataClass, str]
CLASSES: Final[Mapping[str, Columns]] = {
    "municipality": {D8: "name timezone catalogue_revision"},
    "area": {D0: "ref name lat lon parent_id"},
    "host": {
        D0: "ref name type area_id lat lon version",
        D1: "telephone confirmed_on last_asked_on resting_until max_people new_a_month new_month "
        "new_people",
    },
    "activity": {D0: "ref host_id area_id title open version", D1: "terms heard"},
    "slot": {D0: "activity_id position recurrence capacity taken version"},
    "sheet_readings": {D0: "activity_id marked version"},
    "booklet_entry": {D1: "host_id shown with_telephone agreed_on heard_by version"},
    "sheet_english": {D0: "activity_id said version"},
    "place_photo": {
        D1: "activity_id large small width height alternative shown published recorded_at "
        "recorded_by version"
    },
    "account": {
        D8: "username display_name role area_id password_hash active password_given "
        "factor_reset_at version"
    },
    "sign_in": {
        D8: "account_id token_hash seen_at expires_at ended_at stepped_up_at awaits showing"
    },
    "throttle": {D8: "bucket full_at"},
    "machine_token": {D8: "name scope token_hash made_by expires_at ended_at last_used_on"},
    "totp": {D8: "account_id secret last_step confirmed_at"},
    "handshake": {D8: "handle_hash state nonce verifier following expires_at"},
    "passkey": {D8: "account_id credential_id public_key sign_count label last_used_at"},
    "passkey_challenge": {D8: "sign_in_id challenge_hash expires_at"},
    "recovery_code": {D8: "account_id lookup code_hash used_at"},
    "outbox_event": {D8: "notice about_id ref_id by_id at"},
    "outbox_line": {
        D8: "channel notice account_id webhook_id about_id figures at state tries next_at held_by "
        "held_until trouble answer settled_at closed_by closing once"
    },
    "mailbox": {D8: "account_id address digest_on"},
    "webhook": {D8: "url key_id made_by ended_at"},
    "silenced_notice": {D8: "account_id notice"},
    "calendar_feed": {D8: "account_id token_hash made_at content_hash changed_at"},
    "data_key": {D8: "ring owner_id version made_under wrapped_by wrapped"},
    "access_record": {
        D7: "seq account_id role person_id act resource purpose basis basis_id detail at key_id "
        "digest"
    },
    "chain_head": {D7: "seq digest"},
    "person": {
        D4: "code area_id owner_id stage known_since version",
        D6: "age_band lat lon contact proposals_paused note",
    },
    "person_name": {D4: "person_id version recorded_at recorded_by", D6: "said"},
    "assessment": {D4: "person_id version taken_on recorded_at recorded_by", D6: "picture"},
    "consent": {
        D4: "person_id shared_with fields host_id given_on until withdrawn_on withdrawn_by "
        "recorded_at recorded_by version replaces",
        D6: "scope purpose how body",
    },
    "keep_apart": {
        D4: "person_id other_id recorded_at recorded_by ended_at ended_by",
        D6: "reason",
    },
    "emergency_access": {D4: "account_id person_id opened_at until", D6: "reason"},
    "emergency_notice": {D4: "emergency_access_id account_id seen_at"},
    "support_end": {D4: "person_id ended_on recorded_at recorded_by"},
    "erasure_request": {D4: "person_id asked_on recorded_at recorded_by"},
    "legal_hold": {D4: "person_id reason until placed_at placed_by lifted_at lifted_by"},
    "disposal_list": {D7: "due_on drawn_at drawn_by approved_at approved_by"},
    "disposal_item": {D7: "list_id subject_id kind due_since erased_at"},
    "erasure": {D7: "subject_id kind at"},
    "wish": {D4: "person_id area_id wished_on recorded_by idea_id", D6: "own_words failed_on"},
    "idea": {D2: "area_id title thoughts asked result recorded_by version"},
    "suggestion_round": {
        D4: "person_id assessment_id asked_by computed_at as_of catalogue_revision weights_version",
        D6: "held facts excluded",
    },
    "suggestion": {
        D4: "round_id person_id activity_id tier position score shown_at own_answer answered_at",
        D6: "content facts",
    },
    "placement": {
        D4: "person_id activity_id slot_id suggestion_id owner_id status holds_place proposed_on "
        "asked_until first_on minutes dose companion may_tell kind insured rest_until ask_again_on "
        "end_reason end_side version",
        D6: "own_words override_reason",
    },
    "placement_move": {
        D4: "placement_id person_id position action from_status to_status actor account_id "
        "occurred_on recorded_at note details"
    },
    "move_correction": {
        D4: "person_id placement_id move_id occurred_on recorded_at recorded_by note"
    },
    "hand_over": {
        D4: "person_id before_id to_id people placements handed_at handed_by note",
        D8: "message",
    },
    "visit": {
        D4: "placement_id person_id occurred_on recorded_at recorded_by outcome with_notice "
        "moved_by minutes pieces feeling small_change note corrects_id"
    },
    "contact": {
        D4: "person_id host_id placement_id about_id occurred_on recorded_at recorded_by channel "
        "direction result what intention small_change next_on corrects_id"
    },
    "concern": {
        D4: "placement_id person_id host_id about_id side raised_on recorded_at recorded_by words "
        "settled_on settlement"
    },
    "follow_up_answer": {
        D4: "item_id placement_id person_id host_id leaving until why answered_on recorded_at "
        "recorded_by"
    },
    "registration": {
        D1: "host_id activity_id seen_version state said word made_by by_host sent_at decided_at "
        "decided_by version"
    },
    "aid": {D1: "kind seats recurrence active version", D6: "name"},
    "aid_day": {D1: "aid_id day seats taken called_off"},
    "aid_booking": {D4: "aid_id placement_id person_id kind day state recorded_at"},
    "kept_answer": {
        D4: "account_id key_hash body_hash person_id status withheld location version until",
        D6: "answer",
    },
    "draft": {
        D4: "account_id person_id page action interrupted kept_at until version",
        D6: "fields",
    },
    "follow_up_claim": {D4: "rung_id item_id account_id until"},
    "follow_up_cadence": {D8: "version effective_on lines note recorded_at recorded_by"},
    "follow_up_closure": {D8: "first_on last_on name recorded_at recorded_by ended_at ended_by"},
    "follow_up_mark": {D4: "subject_id"},
    "follow_up_state": {D8: "rule placed_on laid_as"},
    "follow_up_due": {
        D4: "subject_id topic_id placement_id person_id host_id about_id last_contact_id side "
        "occasion since opens earliest due late bend back_on deferrals another_way appears_on "
        "lead_rank lead_behind lead_due lead_id rank behind"
    },
    "pseudonym": {D2: "host_id person_id name"},
    "packet": {
        D3: "person_id host_id consent_id placement_id sort state until made_by prepared_by "
        "prepared_at decided_by decided_at alone version content"
    },
    "host_link": {
        D3: "packet_id inquiry_id registration_id person_id host_id purpose token_hash made_by "
        "expires_at revoked_at"
    },
    "inquiry": {
        D3: "purpose host_id activity_id placement_id person_id consent_id about_on made_by "
        "offered_at content"
    },
    "reply": {
        D3: "inquiry_id person_id link_id account_id channel answer until people answered_at "
        "applied_at upshot remark"
    },
    "conference": {D5: "title opened_on closed_on convener_id"},
    "conference_membership": {
        D5: "conference_id account_id since until named_by ended_at ended_by"
    },
    "conference_record": {
        D5: "conference_id area_id recorded_at recorded_by opened_on closed_on ending version "
        "called_name name kana address telephone household own_words known came_through worries "
        "safety next_step note became"
    },
    "conference_entry": {
        D5: "conference_id record_id occurred_on recorded_at recorded_by channel direction result "
        "next_on corrects_id what intention small_change"
    },
}

# What looks like a text of D3 to D6 and need not be sealed, each with its reason.
PLAIN: Final[Mapping[tuple[str, str], str]] = {
    ("person", "code"): "drawn by the service; a code is what stands where a name would",
    ("consent", "fields"): "words of one table, never somebody's own",
    ("placement", "may_tell"): "only fields that a consent names",
    ("suggestion_round", "weights_version"): "the version of the measure",
    ("visit", "moved_by"): "one of the three sides",
    ("host_link", "token_hash"): "a digest",
    ("kept_answer", "key_hash"): "a digest",
    ("kept_answer", "body_hash"): "a digest",
    ("kept_answer", "location"): "an address of ours, made of ids",
    ("draft", "page"): "an address of ours, made of ids",
    ("draft", "action"): "an address of ours, made of ids",
    ("kept_answer", "version"): "a number",
}


def placed() -> Iterator[tuple[str, str, DataClass]]:
    """Yield every table, column and class, the identity columns apart."""
    for table, classes in CLASSES.items():
        for kind, columns in classes.items():
            for column in columns.split():
                yield table, column, kind


def printed() -> str:
    """Return the two tables of the documentation, from these tables and nothing else."""
    lines = ["| class | content | at rest |", "|---|---|---|"]
    lines += [f"| {kind} | {CONTENT[kind]} | {AT_REST[kind]} |" for kind in DataClass]
    lines += ["", "| table | columns by class |", "|---|---|"]
    for table, classes in sorted(CLASSES.items()):
        told = "; ".join(f"{kind}: {', '.join(names.split())}" for kind, names in classes.items())
        lines.append(f"| `{table}` | {told} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(printed())
