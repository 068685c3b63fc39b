"""Fixed phrases that tell a feeling by the body, or a lack by who is missing, in plain words."""

import re
from typing import Final

_MISSING: Final = r"[がも](?:だれも|誰も)?(?:いな[いくか]|おら[んず]|いません)"
# Phrase -> plain word. The rules on predicates then read them like any other 苦手, 好き or ほしい.
_IDIOMS: Final = (
    (r"目が(?:まわ|回|廻)[るりっら]", "苦手"),
    (r"(?:冷や汗|だけで汗)が(?:出[るてた]|でる|ふき出す|止まらない)", "苦手"),
    (r"心臓が(?:ばくばく|どきどき|バクバク|ドキドキ)", "苦手"),
    (r"(?:足が(?:すくむ|すくんで)|胃が(?:痛む|痛い|きりきり)|身がもたない)", "苦手"),
    (r"肩身が(?:せま|狭)[いくか]", "苦手"),
    (r"手が止ま(?:ってしまう|っちゃう|る)", "苦手"),
    (r"かえって(?:逃げたく|つらく|しんどく)", "苦手"),
    (r"肩の力[がの](?:抜け|ぬけ)[るてた]?", "好き"),
    (r"肩が(?:こら|凝ら)ない", "楽"),
    (r"悪い気は?し(?:ない|ません)|悪い気はせん", "好き"),
    (r"(?:胸が(?:すく|おどる|躍る)|心が(?:はずむ|弾む|おどる|躍る))", "好き"),
    (r"やぶさかで(?:は|も)?(?:ない|ありません)", "好き"),
    # 食べてくれる人がいなくて is a wish for somebody, 怒る人がいない is not.
    (r"(?<=くれる)(?:人|相手|者|ひと)" + _MISSING, "人がほしい"),
    (r"(?<=[るうすくむぶぐつ])(?:相手|仲間)" + _MISSING, "相手がほしい"),
    # 半日だけでいい、 is complete before its comma.
    (r"(?<=だけで)(?:いい|ええ|よか)、", "いい。"),
    # 介護のかの字も聞かない sets the whole thing aside.
    (r"の[ぁ-ん]の字も[聞見言考][かきわいえ]?(?:たく)?(?:ない|ねえ|へん|ん)", "は苦手"),
)
_PATTERNS: Final = tuple((re.compile(phrase), plain) for phrase, plain in _IDIOMS)


def plain(text: str) -> str:
    """Say fixed phrases in plain words; everything else stays."""
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    return text
