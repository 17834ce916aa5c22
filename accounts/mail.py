"""Messages by e-mail: always in Czech, as text and as HTML, sent once the change is saved.

A message has two templates: PREFIX_subject.txt and PREFIX_message.txt. The HTML follows from
the text, so that the two never say different things: an empty line begins a paragraph, and
the paragraph that ends with the link of the message becomes a button.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

LANGUAGE = "cs"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paragraph:
    """A part of a message; `link` is where its button leads, empty for plain words."""

    text: str
    link: str = ""


def compose(
    prefix: str, to: str, context: Mapping[str, Any], *, link: str = ""
) -> EmailMultiAlternatives:
    """The message of two templates for one person, in Czech whatever the screen speaks."""
    with translation.override(LANGUAGE):
        told = {**context, "link": link}
        # A line break in a heading would be refused, and a title may hold one.
        subject = " ".join(render_to_string(f"{prefix}_subject.txt", told).split())
        text = render_to_string(f"{prefix}_message.txt", told).strip()
        text = re.sub(r"\n{3,}", "\n\n", text)
        page = {"subject": subject, "paragraphs": paragraphs(text, link)}
        html = render_to_string("mail/message.html", page)
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
    message.attach_alternative(html, "text/html")
    return message


def paragraphs(text: str, link: str = "") -> list[Paragraph]:
    """Only the message's own link is made to be clicked, whatever somebody wrote in a name."""
    ending = f": {link}"
    return [
        Paragraph(part.removesuffix(ending), link)
        if link and part.endswith(ending)
        else Paragraph(part)
        for part in text.split("\n\n")
    ]


def send(
    prefix: str,
    to: str,
    context: Mapping[str, Any],
    *,
    link: str = "",
    failed: Callable[[str], None] | None = None,
) -> None:
    """Send a message when the transaction is saved, and none if it is not.

    What was saved stands even when the mail server does not answer: that is logged, and
    `failed` is told the address.
    """
    message = compose(prefix, to, context, link=link)
    transaction.on_commit(lambda: deliver(message, failed))


def deliver(message: EmailMultiAlternatives, failed: Callable[[str], None] | None = None) -> None:
    """Send a message now; when the mail server refuses, log it and tell `failed` the address."""
    try:
        message.send()
    except OSError:
        logger.exception("A message could not be sent: %s", message.subject)
        if failed is not None:
            failed(message.to[0])
