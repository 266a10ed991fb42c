"""What the demo is doing now, on standard error: a bar while it works, a line when it is done."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[int, int], None]  # done, total


@dataclass(slots=True)
class Steps:
    """Runs named steps and remembers how long each took."""

    console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))
    seconds: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[Report]:
        """Show a step: its bar moves with each report, its line says how long it took."""
        started = time.monotonic()
        with self._bar() as bar:
            task = bar.add_task(title, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        self.seconds[title] = round(time.monotonic() - started, 2)
        self.console.print(f"  {title}  [dim]{self.seconds[title]:.1f} s[/dim]")

    def say(self, text: str) -> None:
        """A line of its own."""
        self.console.print(text)

    def _bar(self) -> Progress:
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
        return Progress(
            *columns,
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
