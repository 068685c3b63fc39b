"""How photos and what is asked of them read on a page."""

from typing import Final

from service.languages.ours import ours
from service.paper.drawing import Unfit
from service.paper.tables import Shown

UNFIT_WORDS: Final[dict[Unfit, str]] = ours(
    {
        Unfit.NO_FILE: "写真を選んでください",
        Unfit.TOO_MANY_BYTES: "写真が大きすぎます(8MBまで)。携帯電話の設定で、小さくして送れます",
        Unfit.HEIC: (
            "この形(HEIC)は読めません。iPhoneでは、設定の「カメラ」→「フォーマット」で"
            "「互換性優先」を選んで、とりなおしてください"
        ),
        Unfit.NO_PHOTO: "写真として読めません。JPEG、PNG、WebPの写真を選んでください",
        Unfit.MOVES: "動く画像は紙にのりません。止まっている写真を選んでください",
        Unfit.TOO_LARGE: "写真の縦横が大きすぎます。小さくしてから選んでください",
        Unfit.TOO_SMALL: "写真が小さすぎて、紙ではぼやけます。もとの写真を選んでください",
        Unfit.BROKEN: "写真がこわれているようです。もう一度とるか、別の写真を選んでください",
    }
)
SHOWN_WORDS: Final[dict[Shown, str]] = ours(
    {
        Shown.NOBODY: "だれだか分かる人は、写っていない",
        Shown.ALL_AGREED: "写っている人の全員が、のせてよいと言った",
    }
)
# A choice of the form that keeps nothing: it says what to do instead.
SOMEBODY: Final = "somebody"
SOMEBODY_WORDS: Final = ours("写っていて、まだ聞いていない人がいる")
ASK_FIRST: Final = ours("写っている人に聞いてからのせるか、人の写っていない写真を選んでください")
CHOOSE_SHOWN: Final = ours("だれだか分かる人が写っているか、えらんでください")
SAY_PICTURE: Final = ours("何が写っているかを、見えない人に話すように書いてください")

PUBLISHED: Final = "yes"
NOT_PUBLISHED: Final = "no"
NOT_ASKED: Final = ""
PUBLISHED_WORDS: Final = ours(
    (
        (PUBLISHED, "だれが見てもよい、と言った"),
        (NOT_PUBLISHED, "出さないでほしい、と言った"),
        (NOT_ASKED, "まだ聞いていない"),
    )
)
PART_WORDS: Final[dict[str, str]] = ours(
    {
        "title": "題",
        "lead": "はじめの文",
        "when": "いつ",
        "dose": "どのくらい",
        "host": "場所の名前",
        "way": "行き方(1行に1つ)",
        "reward": "お礼",
        "absence": "休むとき",
    }
)
OVERTAKEN: Final = (
    "ほかの人が先に直しました。いまの内容とくらべて、よければもう一度保存してください"
)
