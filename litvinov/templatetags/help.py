"""Links to the help page, its pictures and lists of keyboard shortcuts."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from litvinov.help import anchor_for, picture_size
from litvinov.shortcuts import Group, group_of

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context: Context) -> str:
    """The help page, at what helps with the page that is open."""
    match = getattr(context.get("request"), "resolver_match", None)
    anchor = anchor_for(match.view_name) if match else ""
    return reverse("help_page") + (f"#{anchor}" if anchor else "")


@register.inclusion_tag("help/_picture.html")
def help_picture(name: str, alt: str) -> dict[str, Any]:
    """A picture from litvinov/assets/help; `alt` says what is to be seen in it."""
    width, height = picture_size(name)
    return {"file": f"help/{name}.png", "alt": alt, "width": width, "height": height}


@register.inclusion_tag("help/_shortcut_list.html")
def shortcuts(name: str) -> dict[str, Group]:
    """The shortcuts of one group of litvinov/shortcuts.py."""
    return {"group": group_of(name)}
