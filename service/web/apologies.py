"""What a person is told when something cannot be done: what it is, and what to do next."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from service.languages.ours import ours
from service.settings import Side
from service.web import keeping
from service.web.pages import render
from service.web.parts import TOLD, wants_part
from service.web.problems import retry_headers

CALL: Final = ours("急ぐときは、事務所へ電話してください。")
AGAIN: Final = ours("前の画面を読み込みなおして、もう一度ためしてください。")

# After these the page itself holds what was typed, to be sent once more.
SENT_AGAIN: Final = frozenset({429, 500, 503})

# A title, a sentence, and what can be done next.
PAGE_WORDS: Final[Mapping[int, tuple[str, ...]]] = ours(
    {
        401: (
            "サインインが切れました",
            "しばらく使わなかったので、サインインが終わりました。まだ保存していません。",
            "この画面を残したまま、別の画面でサインインしてください。",
        ),
        403: (
            "この操作はできません",
            "この役割では開けないページか、古くなった画面からの操作です。",
            AGAIN,
            "必要なページが開けないときは、事務所の管理の人に聞いてください。",
        ),
        404: (
            "見つかりません",
            "このページはないか、担当の圏域の外にあります。",
            "番号や宛先をたしかめてください。",
            "人の一覧や活動の一覧から探してください。",
        ),
        405: (
            "このページだけを開くことはできません",
            "保存のためのアドレスです。何も変えていません。",
            "きょうのページから、開きなおしてください。",
        ),
        409: (
            "いまはできません",
            "ほかの人が先に変えたか、先にすることがあります。何も変えていません。",
            "前の画面を読み込みなおして、いまの様子を見てください。",
        ),
        413: (
            "大きすぎて、受けとれません",
            "送ったものが、受けとれる大きさをこえています。何も変えていません。",
            "短くするか、小さくして、もう一度送ってください。",
        ),
        422: (
            "書きかたを直してください",
            "読みとれないところがありました。何も変えていません。",
            "前の画面に戻って、書いたところを見なおしてください。",
        ),
        428: (
            "どの内容を見て直したのか、わかりません",
            "画面が古いか、途中で切れたようです。何も変えていません。",
            "前の画面を読み込みなおして、もう一度直してください。",
        ),
        429: (
            "少し待ってください",
            "続けて何度もためされたので、しばらく受けつけません。",
            "数分待って、もう一度ためしてください。",
            CALL,
        ),
        500: (
            "うまくいきませんでした",
            "こちらの不具合です。書いたものは保存されていないかもしれません。",
            "少し待って、もう一度ためしてください。",
            "続くときは、事務所へ電話してください。",
        ),
        503: (
            "いま混みあっています",
            "少しのあいだ、保存や読みこみができません。",
            "一分ほど待って、もう一度ためしてください。",
            CALL,
        ),
    }
)

# Hosts have a link and no list of anything; whatever else fails is told as to everybody.
HOST_WORDS: Final[Mapping[int, tuple[str, ...]]] = ours(
    {
        404: (
            "このページは開けません",
            "リンクの期限がすぎたか、アドレスが途中で切れています。",
            "もらったリンクを、はじめから終わりまで写して、もう一度開いてください。",
            "それでも開けないときは、事務所へ電話してください。電話でもお返事をうかがいます。",
        ),
        403: (
            "この操作はできません",
            "画面が古くなったようです。何も変えていません。",
            "もらったリンクから、もう一度開いてください。",
            "分からないときは、事務所へ電話してください。",
        ),
    }
)


def apology(request: Request, status: int, facts: Mapping[str, Any], *, kept: str = "") -> Response:
    """Say it on a page of its own, or in the live region of the page that htmx asks from.

    ``kept`` is the page on which a form stands again with what was typed.
    """
    host, part = is_for_hosts(request), wants_part(request)
    words = (HOST_WORDS if host else {}).get(status) or PAGE_WORDS.get(status, PAGE_WORDS[500])
    title, sentence, *steps = words
    page = render(
        request,
        "problem.html",
        status=status,
        title=title,
        sentence=sentence,
        steps=steps,
        host=host,
        part=part,
        signed_out=status == HTTPStatus.UNAUTHORIZED,
        back=None if part else kept or seen_before(request),
        kept=kept,
        again=keeping.sent_again(request) if status in SENT_AGAIN else [],
    )
    page.headers.update(retry_headers(status, facts) | (TOLD if part else {}))
    return page


def is_for_hosts(request: Request) -> bool:
    """Say whether the address is one that hosts are given; the app knows which those are."""
    state = request.app.state
    return state.settings.side is Side.HOST or request.url.path.split("/")[1] in state.host_paths


def seen_before(request: Request) -> str | None:
    """Return our own page that the caller comes from; no other site is ever named."""
    came_from = urlsplit(request.headers.get("referer", ""))
    if came_from.netloc != request.headers.get("host"):
        return None
    query = f"?{came_from.query}" if came_from.query else ""
    return f"/{came_from.path.lstrip('/')}{query}"
