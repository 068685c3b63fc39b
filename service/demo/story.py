"""What has happened in the example town so far, as plain values; all days count back from today."""

from dataclasses import dataclass
from typing import Final

from service.contacts.tables import Channel, Direction, Result
from service.placements.lifecycle import Action, Employment, Side
from service.placements.terms import NO_TERMS, Terms
from service.visits.tables import Feeling, Outcome


@dataclass(frozen=True, slots=True)
class Step:
    """A move, so many days ago."""

    ago: int
    action: Action
    terms: Terms = NO_TERMS
    note: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact with one side of a placement, so many days ago."""

    ago: int
    side: Side
    channel: Channel
    what: str
    intention: str
    small_change: str = ""
    result: Result = Result.TALKED
    direction: Direction = Direction.SENT


@dataclass(frozen=True, slots=True)
class Day:
    """What came of one opening of the activity, counted from the beginning of the trial."""

    outcome: Outcome
    minutes: int | None = None
    feeling: Feeling = Feeling.OK
    small_change: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """One placement from its proposal on; ids are those of the town's files."""

    person: str
    activity: str
    proposed: int
    own_words: str
    steps: tuple[Step, ...] = ()
    days: tuple[Day, ...] = ()
    talks: tuple[Talk, ...] = ()
    concern: str = ""


def _agreed(minutes: int, dose: str, companion: str = "") -> Terms:
    return Terms(
        minutes=minutes, dose=dose, companion=companion, kind=Employment.VOLUNTEER, insured=True
    )


COURSES: Final = (
    Course(
        person="d01",
        activity="t03",
        proposed=40,
        own_words="冊数が先に決まっているなら、行ってみたい",
        steps=(
            Step(39, Action.WANT),
            Step(38, Action.ASK, note="名前は出さず、静かな席があるかをたずねた"),
            Step(34, Action.HOST_ACCEPTS, _agreed(40, "10冊", "はじめの2回は職員が一緒に")),
            Step(28, Action.BEGIN),
        ),
        days=(
            Day(Outcome.WAS_THERE, 20, Feeling.TIRED),
            Day(Outcome.CAME, 40, small_change="帰りに「次は15冊」と言った"),
            Day(Outcome.CAME, 45),
        ),
        talks=(
            Talk(
                ago=19,
                side=Side.PERSON,
                channel=Channel.MESSAGE,
                what="はじめの日の疲れをたずねた。次も行くとのこと",
                intention="行けた日を、無理の始まりにしない",
            ),
            Talk(
                ago=18,
                side=Side.HOST,
                channel=Channel.CALL,
                what="奥の席のままでよいとのこと。札の順をまちがえない、と喜ばれた",
                intention="受け入れ先の気がかりを早めに聞く",
            ),
        ),
    ),
    Course(
        person="d02",
        activity="t12",
        proposed=150,
        own_words="朝の水やりならできる",
        steps=(
            Step(149, Action.WANT),
            Step(146, Action.AGREE, _agreed(30, "棚1つ")),
            Step(140, Action.BEGIN),
            Step(104, Action.CONTINUE),
        ),
        days=(
            Day(Outcome.CAME, 25),
            Day(Outcome.CAME, 30, small_change="となりの棚にも手を出した"),
        ),
        talks=(
            Talk(
                ago=70,
                side=Side.PERSON,
                channel=Channel.VISIT,
                what="玄関に鉢が三つ増えていた",
                intention="畑の話をきっかけに、暮らしの様子を聞く",
                result=Result.SAW,
            ),
            Talk(
                ago=50,
                side=Side.HOST,
                channel=Channel.VISIT,
                what="当番表に名前の札が入った。困ったことはない",
                intention="続いていることへの礼",
                result=Result.SAW,
            ),
        ),
    ),
    Course(
        person="d03",
        activity="t22",
        proposed=14,
        own_words="物だけなら撮ってみてもいい",
        steps=(Step(12, Action.WANT), Step(11, Action.ASK, note="昼すぎに静かな時間があるか")),
    ),
    Course(
        person="d04",
        activity="t20",
        proposed=16,
        own_words="見本があれば、まちがえずに分けられる",
        steps=(
            Step(15, Action.WANT),
            Step(13, Action.ASK),
            Step(8, Action.HOST_ACCEPTS, _agreed(60, "箱2つ", "はじめの日は職員が一緒に")),
        ),
    ),
    Course(
        person="d05",
        activity="t17",
        proposed=60,
        own_words="大根なら、いくらでも",
        steps=(
            Step(60, Action.WANT),
            Step(58, Action.AGREE, _agreed(90, "大根5本")),
            Step(50, Action.BEGIN),
        ),
        days=(Day(Outcome.CAME, 90), Day(Outcome.CAME, 100)),
        talks=(
            Talk(
                ago=34,
                side=Side.PERSON,
                channel=Channel.CALL,
                what="「包丁の音がそろうと楽しい」",
                intention="はじめの日のあとの様子を聞く",
                small_change="自分から次の献立をたずねた",
            ),
            Talk(
                ago=33,
                side=Side.HOST,
                channel=Channel.CALL,
                what="手が早くて助かる。座る時間も入れているとのこと",
                intention="はじめの日のあと、受け入れ先の様子を聞く",
            ),
            Talk(
                ago=13,
                side=Side.PERSON,
                channel=Channel.CALL,
                what="同じ年ごろの人と帰り道が一緒になった",
                intention="疲れが残っていないかを聞く",
            ),
        ),
        concern="卵の料理がふえた。別の台を作れるか、相談したい",
    ),
    Course(
        person="d06",
        activity="t16",
        proposed=90,
        own_words="体を動かせて、先に仕事があるのがよい",
        steps=(
            Step(88, Action.WANT),
            Step(85, Action.ASK),
            Step(80, Action.HOST_ACCEPTS, _agreed(60, "ベッド2台")),
            Step(75, Action.BEGIN),
            Step(20, Action.REST, Terms(side=Side.PERSON), note="腰が重い。席はそのまま"),
        ),
        days=(Day(Outcome.CAME, 60), Day(Outcome.LEFT_EARLY, 30, Feeling.TIRED)),
        talks=(
            Talk(
                ago=70,
                side=Side.PERSON,
                channel=Channel.CALL,
                what="腰は張るが、朝に行く所があるのがよい",
                intention="はじめの日のあとの様子を聞く",
            ),
            Talk(
                ago=69,
                side=Side.HOST,
                channel=Channel.CALL,
                what="二人組の相手を決めた。時間は今のままで",
                intention="受け入れ先の負担を聞く",
            ),
            Talk(
                ago=19,
                side=Side.HOST,
                channel=Channel.CALL,
                what="しばらく休むことを伝えた。席はあけておくとのこと",
                intention="休みを、終わりと受け取られないように",
            ),
        ),
    ),
    Course(
        person="d07",
        activity="t27",
        proposed=3,
        own_words="猫がいるなら、のぞくだけ",
        steps=(Step(2, Action.WANT),),
    ),
)
