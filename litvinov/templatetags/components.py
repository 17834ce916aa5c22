"""Parts of pages that many templates draw alike."""

from django import template

register = template.Library()


@register.inclusion_tag("_button.html")
def button(
    label: str,
    *,
    href: str = "",
    name: str = "",
    kind: str = "solid",
    color: str = "primary",
    size: str = "m",
    shortcut: str = "",
    action: str = "",
) -> dict[str, str]:
    """A button of the form it stands in, or with `href` a link that looks like one.

    The key `shortcut` (see litvinov/shortcuts.py) follows the link. `action` is where this
    button sends the form instead of where others do.
    """
    return {
        "action": action,
        "label": label,
        "href": href,
        "name": name,
        "kind": kind,
        "color": color,
        "size": size,
        "shortcut": shortcut,
    }
