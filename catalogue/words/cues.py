"""Words that turn a clause: aversion, liking, negation, worry and contrast, as plain tables."""

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Lemmas are SudachiPy normal forms (a test compares them with the dictionary).
AVERSE: Final = _set(
    """苦手 嫌い 嫌 否 怖い こわい 恐ろしい おっかない 懲り懲り 懲りる 無理 避ける 困る 辛い 苦しい
    しんどい 疲れる 草臥れる 面倒 億劫 駄目 御免 遠慮 抵抗 逃げる 止める やめる 怒る 怒鳴る 叱る
    痛い アレルギー ストレス 酔う 我慢 耐える きつい 大嫌い 勘弁 うんざり 煩わしい 苦痛 嫌悪 緊張
    負担 恥ずかしい NG 参る 息苦しい 滅入る 竦む 詰まる
    冷や冷や むかつく ぞっと 大変 禁止 控える 酷い 固まる 重荷"""
)
LIKING: Final = _set(
    """好き 大好き 得意 楽しい 嬉しい 興味 関心 楽 らく 良い 平気 大丈夫 幸せ 憧れる 夢中 趣味 たい
    面白い 慣れる 安心 好む 愛する 自慢 元気 喜ぶ 欲しい 本望 生き甲斐"""
)
WORRY: Final = _set("不安 心配 自信 気掛かり 迷う 悩む")
HAVING: Final = _set("有る 付く 持つ 出る")
# 忘れられない, 欠かせない, 苦にならない and the like say something good.
FOND_NEGATIONS: Final = _set(
    """忘れる 欠かす 飽きる 苦 構う 問う 堪る たまる 違う 知れる 限る 変わる 変わり 厭う 譲る 離す
    間違い 惜しむ 気兼ね 要る 負ける 凝る 枯らす 捨てる 切らす 絶やす 尽きる 手放す 諦める
    離れる 怠る 止まる 休む 逃す 裏切る 嘘 文句 責める"""
)
# 行けてない, しゃべってない: what is not going on; these say that it would be wished for.
GOING_ON: Final = _set("てる とる よる ちょる")
COMPANY: Final = _set("喋る 話す 会う 声")
TIMES: Final = _set(
    "もう 最近 近頃 長い 久しい 以来 振り ずっと 長らく 暫く 日 月 年 週 全然 未だ まだ"
)
# Never shown to anybody is no dislike.
SHOWING: Final = _set("見せる 聞かせる 教わる 習う 出す")
# 年寄り扱い speaks of a name that others give, not of the thing.
LABELS: Final = _set("扱い 扱う")
# Concepts that say the same affirmed and refused: 人の世話にはならない is no word against caring.
PRIDE: Final = _set("being_helped")
# What others are asked not to speak of: 学校のことを聞かれたくない, ゲームの話はいい.
ASKING: Final = _set("聞く 言う 尋ねる 触れる 問う 詮索 話す 突く")
PASSIVE: Final = _set("れる られる")
# What is missed when it is said with もう: 孫にはもう会えない.
MISSED: Final = _set("会う 居る 来る")
# Nouns that deny what stands before them: 接客なし, 会話は不要.
DENIALS: Final = _set("なし 無し 不要 無用 不可")
# もういい, もうたくさん: enough of it.
ENOUGH: Final = _set("良い 結構 沢山 十分")
# Done again and again, and scolded for it: a passion.
SCOLDED: Final = _set("叱る 怒る 怒鳴る")
# Verbs by whose negation a person says that something cannot be.
ABILITY: Final = _set("出来る られる れる たい 入れる")
CONTRAST: Final = _set("けれど が 物の のに")
CONTRAST_STARTS: Final = _set("でも 然し 唯 但し けれど だけど だが ですが 所が")
# What stands before these is named only to be set aside: 話すより, ハチ以外.
RATHER_NOT: Final = _set("より 以外 抜き")
# After these an aversion or a refusal is said to its end: こわくて…, 疲れるので….
REASONS: Final = _set("て から し ので")
# After て these only say that something is going on or done: していない.
AUXILIARY: Final = _set("居る 置く 仕舞う")
# Between a cue and its negation these may stand; they do not begin a new phrase.
TRANSPARENT: Final = _set(
    "事 こと 訳 わけ 方 所 為 居る 有る 思う 為る 成る 感じ 物 もの 出来る 仕舞う 行く"
)
CONDITIONAL: Final = _set("と ば ては ちゃ")
IF_NOT: Final = _set("ば だ")
# Words too common to tell one activity from another.
COMMON: Final = _set(
    """人 方 時 今 日 回 中 前 後 場所 自分 私 僕 其れ 此れ 何 誰 一緒 成る 行く 来る 見る 言う
    思う 遣る 貰う 呉れる 出る 入る 使う 持つ どう そう こう 少し 又 未だ 一寸 余り 迚も 沢山
    皆 他 色々 出来る ない らしい 分かる 始める 続ける もう 落ちる 着く 気 気持ち"""
)
TOO_COMMON: Final = COMMON | AVERSE | LIKING | WORRY | ABILITY | TRANSPARENT
