"""What a role, and what a machine may read, are called on a page."""

from typing import Final

from service.accounts.rules import Role, Scope
from service.languages.ours import ours

ROLE_WORDS: Final[dict[Role, str]] = ours(
    {
        Role.CSW: "相談員(CSW)",
        Role.COORDINATOR: "調整役",
        Role.OFFICER: "市区町村の担当",
        Role.ADMIN: "管理",
        Role.AUDITOR: "監査",
    }
)

SCOPE_WORDS: Final[dict[Scope, str]] = ours(
    {
        Scope.FIGURES: "月ごとの数字(少ない数は隠したまま)",
        Scope.CATALOGUE: "公開している活動の一覧",
        Scope.METRICS: "サーバーの動きの数字(/metrics)",
    }
)

WORK_WORDS: Final[dict[str, str]] = ours(
    {
        "people": "担当している人",
        "placements": "開いているつなぎ",
        "conferences": "ほかにだれもいない支援会議",
        "seats": "支援会議の席",
        "sign_ins": "開いているサインイン",
    }
)
