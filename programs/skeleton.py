"""What every program begins with: the steps of its schedule.

The frame of a program is the agency's; a program changes the steps as it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from programs.models import Program, StepTiming

TEAM = "Tým programu"
TEAM_AND_TOWN = "Tým programu, obec"


@dataclass(frozen=True)
class PlannedStep:
    """A step of the schedule; without months it goes on all the time."""

    description: str
    responsible: str
    months: tuple[date, date] | None = None

    @property
    def timing(self) -> StepTiming:
        return StepTiming.RANGE if self.months else StepTiming.CONTINUOUS


def schedule_of(program: Program) -> Iterator[PlannedStep]:
    """The steps of a new program, in the months of its period."""
    months = list(program.months())
    first, last = months[0], months[-1]
    beginning, middle = months[:3][-1], months[len(months) // 2]
    yield PlannedStep(
        "Sestavení týmu a seznámení místních aktérů s programem", TEAM, (first, first)
    )
    yield PlannedStep(
        "Popis výchozího stavu lokality a ukazatelů", TEAM_AND_TOWN, (first, beginning)
    )
    yield PlannedStep("Konzultace s obcí a místními aktéry", TEAM)
    yield PlannedStep("Průběžné zhodnocení s obcí", TEAM_AND_TOWN, (middle, middle))
    yield PlannedStep(
        "Závěrečné vyhodnocení ukazatelů a cílů, doporučení", TEAM_AND_TOWN, (months[-2:][0], last)
    )
    yield PlannedStep("Předání závěrečné zprávy obci", TEAM, (last, last))
