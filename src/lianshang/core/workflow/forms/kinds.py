"""The form of a kind of duty: its clocks as a matrix, its ladder as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianshang.core.calendars.presets import Preset, Stage, presets
from lianshang.core.ui.forms import Form, ReasonField
from lianshang.core.workflow.choices import Audience, ClockName, FlowName, Side, Urgency
from lianshang.core.workflow.definitions import ClockDefinition, KindDefinition, RungDefinition
from lianshang.core.workflow.forms.fields import UnitField
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.models.kinds import STARTS, UNITS

BLANK_RUNGS = 2
CELLS = tuple((clock, urgency) for clock in ClockName for urgency in Urgency)
CLOCK_OF = {Stage.FIRST_CONTACT: "contact", Stage.STAGE: "stage", Stage.CLOSE: "close"}
URGENT = "紧急"  # how presets label a limit for urgent matters


def usable_presets() -> list[Preset]:
    """Presets that set clocks."""
    return [one for one in presets().values() if one.clocks]


def filled_by(preset: Preset, before: Iterable[ClockDefinition]) -> tuple[ClockDefinition, ...]:
    """The clocks of a kind with those of a preset put in; of several limits the first counts."""
    found: dict[tuple[str, str], ClockDefinition] = {
        (one.clock, one.urgency): one for one in before
    }
    taken: set[tuple[str, str]] = set()
    for one in preset.clocks:
        urgency = "urgent" if one.label and one.label.zh == URGENT else "normal"
        key = (CLOCK_OF[one.stage], urgency)
        if key not in taken:
            taken.add(key)
            found[key] = ClockDefinition.model_validate(
                {
                    "clock": key[0],
                    "urgency": urgency,
                    "amount": one.clock.amount,
                    "unit": one.clock.unit.value,
                    "start": one.clock.start.value,
                }
            )
    return tuple(found.values())


class ClockForm(Form):
    """One cell of the matrix; without an amount there is no such clock."""

    amount = forms.IntegerField(label=_("数量"), min_value=0, max_value=3650, required=False)
    unit = forms.ChoiceField(label=_("单位"), choices=UNITS)
    start = forms.ChoiceField(label=_("起算"), choices=STARTS)
    repeats = forms.BooleanField(label=_("反馈后重新起算"), required=False)

    def __init__(self, clock: ClockName, urgency: Urgency, **kwargs: Any) -> None:
        super().__init__(
            prefix=f"{clock.value}_{urgency.value}", use_required_attribute=False, **kwargs
        )
        self.clock, self.urgency = clock, urgency
        if clock != ClockName.STAGE:
            del self.fields["repeats"]

    @property
    def legend(self) -> str:
        return f"{self.clock.label} · {self.urgency.label}"

    def definition(self) -> ClockDefinition | None:
        given = self.cleaned_data
        if given.get("amount") is None:
            return None
        names = {"clock": self.clock.value, "urgency": self.urgency.value}
        return ClockDefinition.model_validate({**given, **names})


class RungForm(Form):
    """One step of the ladder; without words there is no such step."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    text = forms.CharField(label=_("说法"), max_length=60, required=False)
    clock = forms.ChoiceField(label=_("时限"), choices=ClockName.choices, initial="close")
    side = forms.ChoiceField(label=_("时点"), choices=Side.choices, initial="after")
    amount = forms.IntegerField(label=_("数量"), min_value=0, max_value=3650, required=False)
    unit = forms.ChoiceField(label=_("单位"), choices=UNITS)
    audience = forms.ChoiceField(label=_("提醒谁"), choices=Audience.choices)
    named = UnitField(label=_("指定单位"), required=False)

    def __init__(self, number: int, **kwargs: Any) -> None:
        super().__init__(prefix=f"rung{number}", use_required_attribute=False, **kwargs)
        self.number = number

    @property
    def legend(self) -> str:
        return _("第 %(number)s 级") % {"number": self.number}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        wanted = given.get("audience") == Audience.UNIT
        if given.get("text") and wanted != bool(given.get("named")) and "named" not in self.errors:
            text = _("请填要提醒的单位。") if wanted else _("只有提醒“指定单位”时才填。")
            self.add_error("named", ValidationError(text))
        return given

    def definition(self, code: str) -> RungDefinition | None:
        given = dict(self.cleaned_data)
        if not given["text"]:
            return None
        unit = given.pop("named")
        given["code"], given["amount"] = given["code"] or code, given["amount"] or 0
        return RungDefinition.model_validate({**given, "named": unit.name if unit else None})


@dataclass(frozen=True)
class Start:
    """What the form begins with."""

    name: str = ""
    is_public: bool = False
    clocks: tuple[ClockDefinition, ...] = ()
    ladder: tuple[RungDefinition, ...] = ()


class KindForm(Form):
    """A kind of duty. `code` and `flow` are asked of a new kind only."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$",
        label=_("代码"),
        max_length=60,
        help_text=_("小写字母、数字和点，例如 park.repair；以后不能改。"),
    )
    name = forms.CharField(label=_("名称"), max_length=60)
    flow = forms.ChoiceField(label=_("流程"), choices=FlowName.choices)
    is_public = forms.BooleanField(label=_("办成后向社会公示"), required=False)
    reason = ReasonField()

    def __init__(
        self,
        *,
        begin: Start,
        known: KindDefinition | None = None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
    ) -> None:
        super().__init__(data=data, initial={"name": begin.name, "is_public": begin.is_public})
        self.known = known
        if known:
            del self.fields["code"], self.fields["flow"]
        cells: dict[tuple[str, str], ClockDefinition] = {
            (one.clock, one.urgency): one for one in begin.clocks
        }
        self.cells = [
            ClockForm(
                clock, urgency, data=data, initial=_dumped(cells.get((clock.value, urgency.value)))
            )
            for clock, urgency in CELLS
        ]
        count = len(begin.ladder) + BLANK_RUNGS
        self.rungs = [
            RungForm(number, data=data, initial=_dumped(rung))
            for number, rung in enumerate([*begin.ladder, *[None] * (count - len(begin.ladder))], 1)
        ]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if DutyKind.objects.filter(code=code).exists():
            raise ValidationError(_("已有这个代码的类别，请换一个。"))
        return code

    @property
    def matrix(self) -> list[list[ClockForm]]:
        """The cells by clock."""
        return [[cell for cell in self.cells if cell.clock == clock] for clock in ClockName]

    @property
    def parts(self) -> list[ClockForm | RungForm]:
        return [*self.cells, *self.rungs]

    @property
    def wrong_parts(self) -> list[ClockForm | RungForm]:
        return [one for one in self.parts if one.is_bound and one.errors]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(one.is_valid() for one in self.parts)])

    def definition(self) -> KindDefinition:
        """What was filled in."""
        given = self.cleaned_data
        clocks = tuple(one for cell in self.cells if (one := cell.definition()))
        return KindDefinition(
            code=self.known.code if self.known else given["code"],
            name=given["name"],
            flow=self.known.flow if self.known else FlowName(given["flow"]),
            is_public=given["is_public"],
            clocks=clocks,
            ladder=tuple(self._ladder()),
        )

    def _ladder(self) -> Iterator[RungDefinition]:
        taken = {one.cleaned_data["code"] for one in self.rungs}
        for one in self.rungs:
            code = next(f"step{n}" for n in range(one.number, 1000) if f"step{n}" not in taken)
            if made := one.definition(code):
                taken.add(made.code)
                yield made


def _dumped(one: ClockDefinition | RungDefinition | None) -> dict[str, Any]:
    return one.model_dump(mode="json") if one else {}
