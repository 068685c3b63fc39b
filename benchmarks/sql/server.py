"""The match in PostgreSQL: tables, a prepared statement for each kind of question, its plan."""

from collections.abc import Sequence
from functools import partial
from statistics import median
from typing import Any, Final

import psycopg

from benchmarks.contest import spent
from benchmarks.sql.ask import ask
from benchmarks.sql.tables import store
from catalogue.profiles import PersonProfile
from matching import Index

TUNED: Final = ("jit = off", "work_mem = '64MB'", "random_page_cost = 1.0", "enable_nestloop = off")
# Ways to plan, of which the fastest is measured: with the values, once for all, on both cores.
PLANS: Final = {
    "custom": ("plan_cache_mode = force_custom_plan", "max_parallel_workers_per_gather = 0"),
    "generic": ("plan_cache_mode = force_generic_plan", "max_parallel_workers_per_gather = 0"),
    "parallel": ("plan_cache_mode = force_custom_plan", "max_parallel_workers_per_gather = 2"),
}


class Postgres:
    """Answers for people whose statements were prepared before any clock ran."""

    def __init__(self, url: str, index: Index, people: Sequence[PersonProfile], best: int) -> None:
        # prepared by ourselves: psycopg then only passes the values on
        self._connection = psycopg.connect(url, autocommit=True, prepare_threshold=None)
        self._index = index
        store(self._connection, index)
        self._set(TUNED)
        self._asked = self._prepared(people, best)

    def _set(self, settings: Sequence[str]) -> None:
        for setting in settings:
            self._connection.execute(f"set {setting}")

    def _prepared(self, people: Sequence[PersonProfile], best: int) -> list[str]:
        names: dict[str, str] = {}
        asked = []
        for person in people:
            statement = ask(self._index, person, best)
            if statement.text not in names:
                name = names[statement.text] = f"match_{len(names)}"
                types = ", ".join(statement.types)
                self._connection.execute(f"prepare {name} ({types}) as {statement.text}")
            asked.append(f"execute {names[statement.text]}({', '.join(statement.values)})")
        return asked

    def answer(self, person: int) -> list[tuple[Any, ...]]:
        """Return (row, score) of the best that fit one person."""
        return self._connection.execute(self._asked[person]).fetchall()

    def plan_best(self, people: Sequence[int]) -> str:
        """Choose the way to plan that is the fastest for some people, and keep it."""
        found = {}
        for name, settings in PLANS.items():
            self._set(settings)
            found[name] = median(spent(partial(self.answer, at)) for at in people)
        best = min(found, key=found.__getitem__)
        self._set(PLANS[best])
        return best

    def close(self) -> None:
        self._connection.close()
