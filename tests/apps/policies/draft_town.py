"""What the stories of drafts begin with: a text from the template, answered, signed in."""

from datetime import date
from typing import Any

from django.test import Client

from lianshang.apps.policies.actions import drafts as actions
from lianshang.apps.policies.models import PolicyDraft
from lianshang.apps.policies.queries import fair_competition
from lianshang.apps.policies.queries.draft_templates import from_template
from lianshang.core.accounts.models import Unit, User

TODAY = date(2026, 6, 1)
NAMES = {"code": "zone.rd.2026", "name": "示例研发奖励", "owner": "示例科技局"}


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def page(client: Client, path: str, data: dict[str, Any] | None = None) -> str:
    """What a person sees after opening an address, or sending a form and being led on."""
    answer = client.get(path) if data is None else client.post(path, data, follow=True)
    return answer.content.decode()


def all_answered() -> dict[str, str]:
    form = {one.id: "no" for one in fair_competition.questions()}
    return form | {f"{name}_reason": "不涉及" for name in form}


def ready(author: User, unit: Unit, **changes: str) -> PolicyDraft:
    """A draft from the template with its cases, every question answered."""
    text, cases = from_template("grant", **NAMES, day="2026-01-01")
    for before, after in changes.items():
        text = text.replace(before, after)
    draft = actions.start_draft(
        actor=author, name=NAMES["name"], owner=unit, text=text, cases=cases
    )
    no = {one.id: {"answer": "no", "reason": "不涉及"} for one in fair_competition.questions()}
    return actions.answer_review(actor=author, draft=draft, answers=no)


def changed(draft: PolicyDraft, author: User, before: str, after: str) -> PolicyDraft:
    assert before in draft.text
    text = draft.text.replace(before, after)
    return actions.save_draft(actor=author, draft=draft, text=text, cases=draft.cases)
