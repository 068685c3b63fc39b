"""One person's match as one statement: the limits, the factors, the best that fit."""

from benchmarks.sql.codes import times
from benchmarks.sql.factors import circumstances, said, score, skill
from benchmarks.sql.fits import fits
from benchmarks.sql.statement import Statement
from benchmarks.sql.way import minutes
from catalogue.profiles import PersonProfile
from matching import Index
from matching.board import DIGITS


def ask(index: Index, person: PersonProfile, best: int) -> Statement:
    """Write the statement of one person."""
    s = Statement(index, person)
    serves, worth = times(index, person)
    fitting = f"""
        select a.*, coalesce(t.wish, 0) as wish, coalesce(t.good, 0) as good,
            {skill(s)} as skill, {minutes(s)} as minutes
        from activity a left join ({said(s)}) t using (id) where {fits(s, serves)} offset 0"""
    named = circumstances(s, worth)
    columns = ", ".join(f"{factor} as {name}" for name, factor in named.items())
    s.text = f"""
        select id, round(({score(s, named)}) * 1e{DIGITS}) / 1e{DIGITS} as score
        from (select *, {columns} from ({fitting}) fitting offset 0) weighed
        order by score desc, id limit {best}"""
    return s
