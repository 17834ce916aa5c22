"""Template filters of the report: one-line wrappers over reporting.wording and litvinov.czech."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from litvinov import czech, narrative
from reporting import anchors, charts, plan, publicity, summary_page, wording
from reporting.structure import Months, ProgramReport

register = template.Library()


def _logos_of(report: ProgramReport) -> list[tuple[str, str]]:
    """The text alternatives the report was read with, and the picture of each; a report read
    elsewhere, or before the logos changed, says the words instead.
    """
    told = report.identification.publicity_logos
    pictures = {logo.alternative: logo.address for logo in publicity.logos()} if told else {}
    return [(alternative, pictures.get(alternative, "")) for alternative in told]


register.filter("typeset", lambda text: czech.typeset(str(text)))
register.filter("has_publicity", lambda report: report.has("publicity"))
register.filter("full_date", czech.full_date)
register.filter("short_date", czech.short_date)
register.filter("step_time", wording.step_time)
register.filter("figure_value", wording.figure_value)
register.filter("figure_date", wording.figure_date)
register.filter("attendance", wording.attendance)
register.filter("is_short", lambda text: wording.is_short(text))
register.filter("keeps_together", wording.keeps_together)
register.filter("level_number", wording.level_number)
register.filter("level_word", wording.level_word)
register.filter("level_meaning", lambda code: wording.LEVEL_MEANINGS[code])
register.filter("shift_mark", wording.shift_mark)
register.simple_tag(wording.level_words, name="level_words")
register.filter("goal_anchor", anchors.goal_anchor)
register.filter("criterion_anchor", partial(anchors.anchor, anchors.CRITERION))
register.filter("source_anchor", partial(anchors.anchor, anchors.SOURCE))
register.filter("annex_anchor", partial(anchors.anchor, anchors.ANNEX))
register.filter("recommendation_anchor", partial(anchors.anchor, anchors.RECOMMENDATION))


register.simple_tag(wording.summary_lines, name="summary_lines")
register.simple_tag(wording.fulfilments, name="fulfilments")
register.simple_tag(wording.goal_matrix, name="goal_matrix")
register.simple_tag(wording.common_day, name="common_day")
register.simple_tag(wording.goal_totals, name="goal_totals")
register.simple_tag(wording.title_parts, name="title_parts")
register.simple_tag(wording.differing_ratings, name="differing_ratings")
register.simple_tag(wording.shift_counts, name="shift_counts")
register.simple_tag(wording.shift_count, name="shift_count")
register.simple_tag(wording.subgoals_said, name="subgoals_said")
register.simple_tag(wording.shift_total, name="shift_total")
register.simple_tag(wording.level_axis, name="level_axis")
register.simple_tag(charts.shift_charts, name="shift_charts")
register.simple_tag(summary_page.arrange, name="summary_page")
register.simple_tag(_logos_of, name="logos_of")
register.simple_tag(plan.draw, name="plan_drawing")
register.simple_tag(plan.month_lines, name="month_lines")
register.simple_tag(plan.undated_counts, name="undated_counts")


@register.filter
def months(period: Months) -> str:
    return czech.month_range(period.first, period.last)


@register.filter
def add_points(place: float, points: float) -> float:
    """Where something stands that is so many points further."""
    return round(place + points, 2)


@register.filter
def one_month(month: date) -> str:
    return czech.month(month)


@register.filter
def blocks(text: narrative.Blocks) -> SafeString:
    """A parsed narrative as HTML; the renderer escapes everything typed."""
    return mark_safe(narrative.to_html(text))  # noqa: S308


@register.filter
def czech_plural(count: int, forms: str) -> str:
    """{{ 5|czech_plural:"ukazatel,ukazatele,ukazatelů" }}."""
    return f"{count} {czech.plural(count, *forms.split(','))}"


@register.inclusion_tag("reporting/_goal_codes.html")
def goal_codes(codes: tuple[str, ...]) -> dict[str, object]:
    """Cíl 1.1, or Cíle 1.1 1.2: a code is never printed without the word."""
    return {"codes": codes}


@register.inclusion_tag("reporting/_numbers.html")
def source_numbers(numbers: tuple[int, ...]) -> dict[str, object]:
    word = czech.plural(len(numbers), "Zdroj", "Zdroje", "Zdroje")
    return {"numbers": numbers, "word": word, "anchor": anchors.SOURCE}


@register.inclusion_tag("reporting/_numbers.html")
def annex_numbers(numbers: tuple[int, ...]) -> dict[str, object]:
    word = czech.plural(len(numbers), "Příloha", "Přílohy", "Přílohy")
    return {"numbers": numbers, "word": word, "anchor": anchors.ANNEX}


@register.inclusion_tag("reporting/_numbers.html")
def recommendation_numbers(numbers: tuple[int, ...]) -> dict[str, object]:
    return {"numbers": numbers, "word": "Doporučení", "anchor": anchors.RECOMMENDATION}


@register.filter
def beside(heads: Sequence[Any], cells: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with what stands at the head of its column, which a card has to say."""
    return list(zip(heads, cells, strict=True))
