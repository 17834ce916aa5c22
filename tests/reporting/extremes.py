"""Reports no town would write: of hostile texts, and ten times as large as any real one."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from itertools import count
from typing import Any

from litvinov import narrative
from reporting.structure import Criterion, Indicator, ProgramReport
from tests.reporting.filled import filled_report

HOSTILE = (
    "turned \u202eobráceně\u202c \u2066izolovaně\u2069",
    "složené a\u0301 e\u030c u\u030a, nesložené x\u030c q\u0323\u0301",
    "spřežky ﬁ ﬂ ﬃ, měkký\u00adrozdělovník, nula\u200bšířka\u200d\ufeff",
    "obrázky 🙂 👨\u200d👩\u200d👧 ☺\ufe0f 🇨🇿",
    "שלום עולם, مرحبا, 世界和平, 한국어, ไทย",
    "soukromé \ue000\uf8ff\U000f0000, řídicí \x07\x1b\x85\u2028, půlka \ufffe",
    "𝐓𝐮𝐜̌𝐧𝐞̌ ＦＵＬＬ ① ½ ℃ Ω Ω µ μ ∆ Δ ‐ ‑ - − – — ⁄ ∕",
    '<img src="file:///etc/passwd"><script>alert(1)</script><svg onload="x()">',
    '<link rel="attachment" href="file:///etc/hostname"><a href="data:text/html,x">x</a>',
    "{{ program }} {% load x %} &lt;b&gt; &amp; & < > \" ' %s %(x)s \\ \\n",
    "nej" + "neobhospodařovávatelnějšími" * 4,
    "=cmd|' /C calc'!A0 ../../../etc/passwd C:\\windows\\system32 javascript:alert(1)",
)
# What other parts of a report point to, what is of a fixed list or checked before it is saved.
_KEPT = {"code", "label", "goals", "silent_goals", "date_precision", "file_type", "url", "address"}


def hostile_report() -> ProgramReport:
    """Every text of every record says something that has broken somebody's document."""
    numbers = count()

    def spoiled(name: str, text: str) -> str:
        return text if name in _KEPT else f"{text} {HOSTILE[next(numbers) % len(HOSTILE)]}"

    changed: ProgramReport = _with_texts(filled_report(), "", spoiled)
    return changed


def _with_texts(part: Any, name: str, change: Callable[[str, str], str]) -> Any:
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part,
            **{
                field.name: _with_texts(getattr(part, field.name), field.name, change)
                for field in fields(part)
                if field.compare
            },
        )
    if isinstance(part, tuple):
        return tuple(_with_texts(one, name, change) for one in part)
    return change(name, part) if type(part) is str else part


def huge_report() -> ProgramReport:
    """12 criteria of 13 indicators, comments of 4 000 words, one statement longer than a page."""
    report = filled_report()
    words = narrative.parse("\n\n".join(_paragraph(number) for number in range(40)))
    phases = tuple(
        replace(phase, number=number, expert_comment=words, activities=phase.activities * 4)
        for number, phase in enumerate(report.phases * 2, 1)
    )
    return replace(
        report,
        phases=phases,
        criteria=tuple(_criterion(report.criteria[0], number) for number in range(12)),
        actors=report.actors * 20,
        sources=tuple(
            replace(report.sources[number % 2], number=number + 1) for number in range(100)
        ),
    )


def _criterion(criterion: Criterion, number: int) -> Criterion:
    return replace(
        criterion,
        code=f"{number // 4 + 1}.{number % 4 + 1}",
        name=f"Kritérium {number} se jménem, které je dlouhé asi tak jako skutečné",
        indicators=tuple(
            _indicator(criterion.indicators[place % 2], number, place) for place in range(13)
        ),
    )


def _indicator(indicator: Indicator, criterion: int, place: int) -> Indicator:
    sentences = 40 if (criterion, place) == (0, 1) else place % 2
    plain: dict[str, Any] = {
        "corrections": (),
        "contribution": None,
        "justification": "",
        "evidence": (),
    }
    statement = narrative.parse("\n\n".join(_paragraph(one) for one in range(sentences)))
    return replace(
        indicator,
        name=f"Obec má ukazatel {criterion}.{place} a pravidelně jej vyhodnocuje",
        short_name=f"Ukazatel {criterion}.{place}",
        baseline=replace(indicator.baseline, **plain, statement=statement[:1]),
        final=replace(indicator.final, **plain, statement=statement),
        interims=(),
    )


def _paragraph(number: int) -> str:
    return f"Odstavec {number} komentáře. " + " ".join(
        f"Věta {one} popisuje, co se v lokalitě stalo a proč to tak bylo." for one in range(8)
    )
