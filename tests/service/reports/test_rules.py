"""Nothing that is masked can be computed back, not even by who knows how it is masked."""

from collections import defaultdict
from itertools import product

import pytest

from service.reports.rules import Column, Figure, masked
from service.reports.words import DEFINITIONS

TOP = 7


def exposed(mask: object, areas: int, least: int) -> list[tuple[int, ...]]:
    """Return columns in which some masked cell can have one value only, given what is shown."""
    assert callable(mask)
    same: dict[Column, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(TOP + 1), repeat=areas):
        same[mask(counts, least)].append(counts)
    return [
        columns[0]
        for shown, columns in same.items()
        for at, cell in enumerate(shown.cells)
        if cell is None and len({column[at] for column in columns}) == 1
    ]


@pytest.mark.parametrize("areas", [1, 2, 3, 4])
@pytest.mark.parametrize("least", [3, 4])
def test_every_masked_cell_may_have_had_another_value(areas: int, least: int) -> None:
    assert exposed(masked, areas, least) == []


def test_a_mask_that_forgets_the_total_is_caught() -> None:
    def careless(counts: tuple[int, ...], least: int) -> Column:
        cells = tuple(None if 0 < count < least else count for count in counts)
        return Column(cells, sum(counts))

    assert exposed(careless, 3, 3)


def test_what_is_not_small_is_shown_as_it_is() -> None:
    assert masked([3, 0, 12], 3) == Column((3, 0, 12), 15)
    assert masked([1, 5, 12], 3) == Column((None, 5, 12), None)
    assert masked([1, 2, 12], 3) == Column((None, None, 12), 15)
    assert masked([2, 2, 12], 3) == Column((None, None, 12), None)
    assert masked([1, 1], 0) == Column((1, 1), 2)


def test_every_figure_has_its_definition() -> None:
    assert set(DEFINITIONS) == set(Figure)
