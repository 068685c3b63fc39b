"""Everyday endings of Kansai, Kyushu and Tohoku in the form that the dictionary knows."""

import re
from typing import Final

# Ending -> standard form. The longer stand first; what follows must be an end, or the words that
# may follow a predicate, so that 背中 or 選 is never cut.
_END: Final = r"(?=$|[\s、。,.!?・]|ねん|けん|から|けど|ばい|よ|わ|で|な|ね|と|し)"
_ENDINGS: Final = (
    (r"(?:せえへん|せーへん|しいひん|しーひん)" + _END, "しない"),
    (r"(?:でけへん|できひん|できへん|でぎね[えぇ]?|しきらん)" + _END, "できない"),
    (r"[ただ][くぐ]ね[えぇ]?" + _END, "たくない"),
    (r"とう(?:ない|なか)" + _END, "たくない"),
    (r"たくなか" + _END, "たくない"),
    (r"や(?:なか|ない|あらへん)" + _END, "ではない"),
    # あのへん and たいへん are left alone: a verb stands before this へん.
    (r"(?<=[かさたなまらわがばえけせてねめれげべきしちにみりひ])へん" + _END, "ない"),
    (r"(?:好|す)いと[うる]|(?:好|す)きやねん", "好き"),
    (r"(?:好|す)かん" + _END, "嫌い"),
    (r"(?:嫌|いや)や(?:ねん)?" + _END, "嫌"),
    (r"(?:かな(?:わ|へ)ん|えずか|せからしか)" + _END, "嫌"),
    (r"(?<=[はも])、?やんだ" + _END, "嫌だ"),
    # Voiced in the north: 動ぐ, 好ぎ; but not 運動ぐらい.
    (r"(?<=[動聞行書歩働描弾焼])ぐ(?!らい)", "く"),
    (r"好ぎ(?!らい)", "好き"),
    (r"(?<=う[まめ])ぐ(?=[ぁ-ん])", "く"),
    (r"あだま", "頭"),
    (r"(?<=[っいんえけせてめれち])でぐ", "でく"),
    (r"(?<=[唄歌茶湯餅酒飴馬猫犬魚花])っこ(?=[をがはも、聞])", ""),
    (r"い[でて]え(?=[なよわ。、!]|$)", "いたい"),
    (r"(?<=[いきぎしじちにびみりせべめけれ])てえ(?!と)", "たい"),
    (r"うめえ", "うまい"),
    (r"若え", "若い"),
    (r"(?<=[のい])ねえ(?=[一-鿿])|(?<=[一-鿿][かがさたなばまらわ])ねえ", "ない"),
    # それね and だけね only ask for a nod.
    (r"(?<=知ら|やれ|べれ)ね(?=べ|ど|$|[、。])", "ない"),
    (r"(?<=[一-鿿][けげせめべれ])ね(?=べ|ど|$|[、。])", "ない"),
    # Said in one breath: 手ぇ, 気ぃ.
    (r"(?<=[一-鿿])[ぁぃぅぇぉ]", ""),
    (r"(?<=手)え(?=[一-鿿がはをも])", ""),
    # Kyushu says ば for を: 海ば見る; but not 半ば.
    (r"(?<=[一-鿿])(?<!半)ば(?=[一-鿿])", "を"),
    (r"(?<=[らわ])んでも", "なくても"),
    (r"(?<=[えけめれべげまらわ])んで(?=すむ|済む|ええ|いい|よか)", "なくて"),
    (r"(?<=[い-ん一-鿿])ばり(?=い[るた])", "ばかり"),
    (r"もん(?:さ(?=負)|に(?=[は負教]))", "ものに"),
    (r"(?<!れ)もん(?=[をがはも作食]|ら)", "もの"),
    (r"あか(?:ん|へん)" + _END, "だめ"),
    (r"(きつ|つら|こわ)か" + _END, r"\1い"),
    (r"(?<=[一-鿿])さ(?=[行出来])", "に"),
)
_PATTERNS: Final = tuple((re.compile(ending), standard) for ending, standard in _ENDINGS)
# ことしか would be cut as 今年.
_ONLY: Final = re.compile(r"ことしか")


def standard(text: str) -> str:
    """Write common dialect endings in standard Japanese; everything else stays."""
    for pattern, form in _PATTERNS:
        text = pattern.sub(form, text)
    return _ONLY.sub("ことだけしか", text)
