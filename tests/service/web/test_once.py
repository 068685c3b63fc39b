"""What a request is known by, and when its answer is kept: the kit alone, with a keeper of its own.

No database stands behind these routes, so each test sees what the kit hands over and nothing else.
"""

from typing import Annotated, Any, Final
from uuid import uuid4

import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.testclient import TestClient

from service.web.once import FIELD, HEADER, REPLAYED, Asked, NoKey, Once, ask, new_key

KEY: Final = "0f8fad5b-d9cb-469f-a165-70867728950e"
CALLER: Final = "somebody"


class Memory:
    """A keeper that only remembers; ``again`` is what it answers when a key comes back."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.kept: list[tuple[Any, Asked, int]] = []
        self.again: Response | None = None

    def find(self, _session: Any, _caller: Any, asked: Asked) -> Response | None:
        self.asked.append(asked)
        return self.again

    def keep(self, _session: Any, caller: Any, asked: Asked, answer: Response) -> None:
        self.kept.append((caller, asked, answer.status_code))


def known(request: Request) -> str:
    """Recognise the caller, as the chapter of accounts does, and ask at once."""
    if "authorization" not in request.headers:
        raise HTTPException(401)
    ask(request, None, CALLER)  # type: ignore[arg-type]  # this keeper needs no session
    return CALLER


Known = Annotated[str, Depends(known)]


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def done() -> list[str]:
    """What the routes did, in order."""
    return []


@pytest.fixture
def client(memory: Memory, done: list[str]) -> TestClient:
    app, router = FastAPI(), APIRouter(route_class=Once)
    app.state.keeper = memory

    @router.post("/made")
    async def make(request: Request, caller: Known) -> dict[str, str]:
        done.append((await request.body()).decode(errors="replace"))
        return {"by": caller}

    @router.post("/forms", response_model=None)
    async def send(request: Request, caller: Known) -> Response:
        form = await request.form()
        done.append(str(form.get("said")))
        return RedirectResponse("/elsewhere", 303)

    @router.post("/refused")
    def refuse(caller: Known) -> None:
        done.append(caller)
        raise HTTPException(409)

    @router.post("/open")
    def take_from_anybody() -> None:
        done.append("anybody")

    @router.get("/made")
    def look(caller: Known) -> str:
        return caller

    @router.put("/made")
    def change(caller: Known) -> str:
        return caller

    @app.exception_handler(NoKey)
    def say(_request: Request, refusal: Exception) -> Response:
        return Response(str(refusal), 422)

    app.include_router(router)
    return TestClient(app, headers={"authorization": "yes"}, follow_redirects=False)


def sent(client: TestClient, path: str = "/made", *, key: str = KEY, **body: Any) -> int:
    return client.post(path, headers={HEADER: key}, **body).status_code


@pytest.mark.parametrize(
    "written",
    [KEY.upper(), f'"{KEY}"', f"  {KEY} ", KEY.replace("-", ""), f"urn:uuid:{KEY}"],
    ids=["capitals", "quoted", "spaced", "bare", "urn"],
)
def test_one_key_in_another_writing_is_the_same_key(
    client: TestClient, memory: Memory, written: str
) -> None:
    assert sent(client, json={}) == sent(client, key=written, json={}) == 200
    first, again = memory.asked
    assert first == again
    assert KEY not in str(first)


@pytest.mark.parametrize(
    "written", [f"{KEY}0", KEY[:-1], f'"{KEY}', f"{KEY}, {uuid4()}", "9" * 5000, "null"],
    ids=["longer", "shorter", "half_quoted", "two", "figures", "null"],
)  # fmt: skip
def test_what_is_no_key_does_nothing_and_is_not_said_again(
    client: TestClient, memory: Memory, done: list[str], written: str
) -> None:
    answer = client.post("/made", json={}, headers={HEADER: written})
    if written == f'"{KEY}':  # one mark too few is still the same key
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert written not in answer.text
    assert (memory.asked, done) == ([], [])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (b'{"a": 1, "b": [1, 2]}', b'{"b":[1,2],"a":1}', True),
        (b'{"a": {"c": 1, "b": 2}}', b'{"a": {"b": 2, "c": 1}}', True),
        ('{"a": "庭"}'.encode(), b'{"a": "\\u5ead"}', True),
        (b'{"a": [1, 2]}', b'{"a": [2, 1]}', False),
        (b'{"a": 1}', b'{"a": "1"}', False),
        (b'{"a": null}', b"{}", False),
        (b"", b"{}", False),
        (b"\xff\xfe", b"\xff\xff", False),
        (b'{"a": "\\ud800"}', b'{"a": "\\ud801"}', False),
        (b"[" * 100_000, b"[" * 100_001, False),
        (b"1" * 5000, b"1" * 5001, False),
    ],
    ids=[
        "names", "nested", "escaped", "order", "type", "null", "empty", "bytes", "half", "deep",
        "figures",
    ],
)  # fmt: skip
def test_a_body_is_the_same_if_it_says_the_same(
    client: TestClient, memory: Memory, one: bytes, other: bytes, *, alike: bool
) -> None:
    assert sent(client, content=one) == sent(client, content=other) == 200
    first, again = (each.body_hash for each in memory.asked)
    assert (first == again) is alike


def test_the_route_still_reads_the_body_that_was_looked_at_before(
    client: TestClient, done: list[str]
) -> None:
    said = '{"a": "庭"}'
    assert sent(client, content=said.encode()) == 200
    assert done == [said]


def test_another_path_or_question_is_another_thing(client: TestClient, memory: Memory) -> None:
    for path in ("/made", "/made?a=1", "/made?a=1&b=2", "/made?b=2&a=1", "/refused"):
        sent(client, path, json={})
    hashes = [each.body_hash for each in memory.asked]
    assert len(set(hashes)) == len(hashes) == 5
    assert len({each.key_hash for each in memory.asked}) == 1


def form(client: TestClient, said: dict[str, Any], **header: str) -> int:
    return client.post("/forms", data=said, headers=header).status_code


def test_a_form_is_known_by_its_field_and_not_by_its_token(
    client: TestClient, memory: Memory, done: list[str]
) -> None:
    said = {"said": "庭", FIELD: KEY}
    for token in ("一", "二"):  # signed in anew meanwhile: another token, the same form
        assert form(client, said | {"csrf_token": token}) == 303
    first, again = memory.asked
    assert first == again
    assert first.is_form
    assert done == ["庭", "庭"]


def test_fields_of_a_form_are_told_apart_by_name_value_and_order(
    client: TestClient, memory: Memory
) -> None:
    for said in (
        {"said": "庭", FIELD: KEY},
        {"said": "池", FIELD: KEY},
        {"says": "庭", FIELD: KEY},
        {"said": ["庭", "池"], FIELD: KEY},
        {"said": ["池", "庭"], FIELD: KEY},
    ):
        assert form(client, said) == 303
    assert len({each.body_hash for each in memory.asked}) == 5


def test_a_form_in_parts_says_the_same_as_one_in_a_line(client: TestClient, memory: Memory) -> None:
    form(client, {"said": "庭", FIELD: KEY})
    parts: dict[str, Any] = {"said": (None, "庭"), FIELD: (None, KEY)}
    assert client.post("/forms", files=parts).status_code == 303
    first, again = memory.asked
    assert first == again


def test_a_file_in_a_form_is_not_taken(client: TestClient, memory: Memory, done: list[str]) -> None:
    parts: dict[str, Any] = {"said": ("a.txt", b"x" * 10), FIELD: (None, KEY)}
    assert client.post("/forms", files=parts).status_code == 400
    assert (memory.asked, done) == ([], [])


def test_the_header_goes_before_the_field(client: TestClient, memory: Memory) -> None:
    other = new_key()
    form(client, {"said": "庭", FIELD: other}, **{HEADER: KEY})
    form(client, {"said": "庭", FIELD: new_key()}, **{HEADER: KEY})
    first, again = memory.asked
    assert first.key_hash == again.key_hash
    assert not first.is_form


def test_an_empty_field_is_no_key_and_a_form_without_one_is_taken(
    client: TestClient, memory: Memory, done: list[str]
) -> None:
    assert form(client, {"said": "庭"}) == 303
    assert memory.asked == []
    assert form(client, {"said": "池", FIELD: ""}) == 422
    assert done == ["庭"]


def test_without_a_key_nothing_is_asked_and_nothing_kept(
    client: TestClient, memory: Memory, done: list[str]
) -> None:
    assert client.post("/made", json={}).status_code == 200
    assert (memory.asked, memory.kept, done) == ([], [], ["{}"])


def test_an_answer_is_kept_with_the_caller_and_the_question(
    client: TestClient, memory: Memory
) -> None:
    assert sent(client, json={}) == 200
    [(caller, asked, status)] = memory.kept
    assert (caller, asked, status) == (CALLER, memory.asked[0], 200)
    assert asked.path == "/made"


def test_what_was_done_is_answered_again_and_the_route_is_not_run(
    client: TestClient, memory: Memory, done: list[str]
) -> None:
    memory.again = Response('{"by": "before"}', 201, media_type="application/json")
    answer = client.post("/made", json={}, headers={HEADER: KEY})
    assert (answer.status_code, answer.json()) == (201, {"by": "before"})
    assert answer.headers[REPLAYED] == "true"
    assert (done, memory.kept) == ([], [])


def test_who_is_not_recognised_is_never_asked_for_what_was_kept(
    client: TestClient, memory: Memory, done: list[str]
) -> None:
    memory.again = Response("secret")
    del client.headers["authorization"]
    answer = client.post("/made", json={}, headers={HEADER: KEY})
    assert (answer.status_code, "secret" in answer.text) == (401, False)
    assert (memory.asked, memory.kept, done) == ([], [], [])


def test_what_breaks_off_is_not_kept(client: TestClient, memory: Memory, done: list[str]) -> None:
    assert sent(client, "/refused", json={}) == 409
    assert done == [CALLER]
    assert memory.kept == []


def test_where_nobody_is_recognised_nothing_is_kept(
    client: TestClient, memory: Memory, done: list[str]
) -> None:
    assert sent(client, "/open", json={}) == 200
    assert (memory.asked, memory.kept, done) == ([], [], ["anybody"])


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_to_look_and_to_put_take_no_key(client: TestClient, memory: Memory, method: str) -> None:
    for key in (KEY, "no key at all"):
        answer = client.request(method, "/made", headers={HEADER: key})
        assert (answer.status_code, answer.json()) == (200, CALLER)
    assert (memory.asked, memory.kept) == ([], [])


def test_an_answer_that_cannot_be_kept_is_not_given(
    client: TestClient, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(memory, "keep", fail)
    with pytest.raises(OSError, match="disk is full"):
        sent(client, json={})


def test_every_form_that_is_made_has_another_key() -> None:
    assert len({new_key() for _ in range(100)}) == 100
