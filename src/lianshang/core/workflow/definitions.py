"""A kind of duty as data: what a pack, a settings page or a test gives, and what is read back."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianshang.core.workflow.choices import FlowName

Unit = Literal["working_days", "working_hours", "natural_days", "natural_hours"]
Clock = Literal["contact", "stage", "close"]
Urgency = Literal["normal", "urgent", "critical"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClockDefinition(_Part):
    """One clock at one level of urgency."""

    clock: Clock
    urgency: Urgency = "normal"
    amount: int = Field(ge=0, le=3650)
    unit: Unit
    start: Literal["same", "next"] = "same"
    repeats: bool = False


class RungDefinition(_Part):
    """One step of the ladder."""

    code: str = Field(min_length=1, max_length=40)
    clock: Clock = "close"
    side: Literal["before", "after"]
    amount: int = Field(default=0, ge=0, le=3650)
    unit: Unit = "working_days"
    audience: Literal["owner", "co_owners", "asker", "above", "supervisors", "unit"]
    named: str | None = None  # the exact name of a unit, for the audience "unit"
    text: str = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def named_exactly_where_needed(self) -> "RungDefinition":
        if (self.audience == "unit") != bool(self.named):
            raise ValueError("`named` goes with the audience `unit`, and only with it")
        return self


class KindDefinition(_Part):
    """A kind of duty."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=60)
    name: str = Field(min_length=1, max_length=60)
    flow: FlowName
    is_public: bool = False
    clocks: tuple[ClockDefinition, ...] = ()
    ladder: tuple[RungDefinition, ...] = ()

    @model_validator(mode="after")
    def said_once(self) -> "KindDefinition":
        clocks = [(one.clock, one.urgency) for one in self.clocks]
        rungs = [one.code for one in self.ladder]
        for what, keys in (("clocks", clocks), ("ladder", rungs)):
            if len(keys) != len(set(keys)):
                raise ValueError(f"`{what}` names one of its rows twice")
        return self
