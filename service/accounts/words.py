"""What a role is called on a page."""

from typing import Final

from service.accounts.rules import Role

ROLE_WORDS: Final[dict[Role, str]] = {
    Role.CSW: "相談員(CSW)",
    Role.COORDINATOR: "調整役",
    Role.OFFICER: "市区町村の担当",
    Role.ADMIN: "管理",
    Role.AUDITOR: "監査",
}
