"""Hear what a sentence likes and what it does not: each predicate rules the words before it."""

from collections.abc import Iterator, Sequence

from catalogue.words import cues
from catalogue.words.clauses import RATHER, WEAK, Clause, Heard, Side, heard
from catalogue.words.denials import (
    aside,
    concedes,
    denies,
    enough,
    fond,
    going_on,
    labelled,
    lacks,
    looked_after,
    misses,
    passionate,
    unasked,
    unshown,
    untried,
)
from catalogue.words.lookup import Hit, find
from catalogue.words.tokens import Token, tokenize
from catalogue.words.turns import (
    although,
    confident,
    contrasts,
    gives_reason,
    hesitates,
    opens,
    runs,
    spoken_of,
    telling,
    wonders,
)


def hear(sentence: str) -> Iterator[Heard]:
    """Yield every expression and content word of a normalised sentence with its side."""
    listener = Listener()
    for run, closing in runs(tokenize(sentence)):
        yield from listener.run(run)
        if closing:
            yield from listener.settle()
    yield from listener.settle()


class Listener:
    """Walks through a sentence, collecting words until a predicate rules on them."""

    def __init__(self) -> None:
        self.clause = Clause()
        self.carried: tuple[Side, float] | None = None
        self.last: Token | None = None
        self.long = False

    def settle(self) -> Iterator[Heard]:
        """Let the clause's predicate rule on everything that waited for it."""
        yield from self.clause.settle()
        self.clause = Clause()

    def run(self, tokens: Sequence[Token]) -> Iterator[Heard]:
        """Hear one run of tokens without a comma."""
        hits = {hit.first: hit for hit in find(tokens)}
        self.long = self.long or any(token.lemma in cues.TIMES for token in tokens)
        place = 0
        while place < len(tokens):
            hit = hits.get(place)
            if hit is not None:
                yield from self._expression(hit, tokens)
                place = hit.last
            else:
                yield from self._word(tokens, place)
                place += 1
            self.last = tokens[place - 1]

    def _expression(self, hit: Hit, tokens: Sequence[Token]) -> Iterator[Heard]:
        described = self._described()
        yield from self._begin_phrase()
        following = tokens[hit.last] if hit.last < len(tokens) else None
        if labelled(tokens, hit.last):
            return
        if hit.concept.name in cues.PRIDE:
            yield heard(hit, Side.LIKED, WEAK)
            return
        self.clause.topic |= tokens[hit.last - 1].lemma == "話" and (
            hit.last - hit.first > 1 or spoken_of(self.last)
        )
        if following and following.lemma in cues.RATHER_NOT:
            yield heard(hit, Side.DISLIKED, RATHER)
            return
        verdict = described or self.carried
        words: list[Hit | str] = [hit, *_words_of(tokens[hit.first : hit.last])]
        if verdict is None:
            self.clause.waiting += words
        else:
            yield from (heard(word, *verdict) for word in words)

    def _word(self, tokens: Sequence[Token], place: int) -> Iterator[Heard]:
        token = tokens[place]
        if contrasts(token) or although(tokens, place):
            yield from self.settle()
            self.carried = None
        elif gives_reason(tokens, place):
            if self.clause.refuses:
                yield from self.settle()
            self.clause.near = len(self.clause.waiting)
        elif not self._turns(tokens, place) and opens(token):
            yield from self._begin_phrase()
            if telling(token):
                self.clause.waiting.append(token.lemma)
        self.clause.accepted |= (token.surface, token.lemma) == (
            "なら",
            "だ",
        ) and not self.clause.turned
        self.clause.able |= token.lemma in cues.ABILITY

    def _turns(self, tokens: Sequence[Token], place: int) -> bool:
        """Note a cue word; say whether this token was one."""
        token, clause = tokens[place], self.clause
        if token.lemma == "ない" or denies(token):
            self._negate(tokens, place)
        elif self._refuses(tokens, place):
            clause.averse += 1
        elif token.lemma in cues.LIKING | cues.SCOLDED or self._sure(tokens, place):
            clause.liking = True
        elif token.lemma in cues.WORRY or wonders(tokens, place):
            clause.worry = True
        else:
            return False
        self.carried = None
        return True

    def _sure(self, tokens: Sequence[Token], place: int) -> bool:
        return tokens[place].lemma == "自信" and confident(tokens, place)

    def _refuses(self, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        if looked_after(tokens, place) or passionate(tokens, place) or aside(token):
            return False
        averse = token.lemma in cues.AVERSE or self._unliked(token)
        return averse or hesitates(tokens, place) or enough(tokens, place)

    def _negate(self, tokens: Sequence[Token], place: int) -> None:
        clause = self.clause
        if fond(tokens, place):
            clause.liking = True
        elif self._missed(tokens, place):
            clause.regret = True
        else:
            clause.negations += 1
            clause.conceded |= concedes(tokens, place)
            clause.untried |= untried(tokens, place)
            clause.topic |= unasked(tokens, place)
            before = tokens[place - 1].lemma if place else ""
            clause.lacking = before in ("が", "も", "居る")

    def _missed(self, tokens: Sequence[Token], place: int) -> bool:
        if self.clause.liking:
            return False
        missed = misses(tokens, place) or unshown(tokens, place)
        return missed or (going_on(tokens, place) and (self.long or lacks(tokens, place)))

    def _unliked(self, token: Token) -> bool:
        return token.lemma == "得意" and self.last is not None and self.last.surface == "不"

    def _begin_phrase(self) -> Iterator[Heard]:
        """Rule on what waited before a new phrase, or carry the verdict over to it."""
        if self._conditional():
            if_not = self.last is not None and self.last.lemma in cues.IF_NOT
            self.clause = self.clause.suppose(if_not=if_not)
        if not self.clause.turned:
            return
        if self.last and self.last.lemma == "は" and not self._waiting_for():
            # 苦手なのは電話: the verdict comes first and what it is about comes after.
            self.carried = self.clause.verdict()
        yield from self.settle()

    def _described(self) -> tuple[Side, float] | None:
        """苦手な料理: the word that follows at once is what the verdict is about."""
        before = self.last
        if before is None or not self.clause.averse or self._waiting_for():
            return None
        adnominal = before.surface == "な" or before.form.startswith("連体形")
        return self.clause.verdict() if adnominal else None

    def _waiting_for(self) -> bool:
        return any(isinstance(word, Hit) for word in self.clause.waiting)

    def _conditional(self) -> bool:
        """ないと…, なければ…: the sense is open until the next predicate."""
        before = self.last
        if not self.clause.negations or before is None:
            return False
        return before.surface == "なら" or (
            before.kind == "助詞" and before.lemma in cues.CONDITIONAL
        )


def _words_of(tokens: Sequence[Token]) -> list[str]:
    """Return the telling words of an expression; 話さなくていい does not speak of 話す."""
    if any(token.lemma == "ない" for token in tokens):
        return []
    return [token.lemma for token in tokens if telling(token)]
