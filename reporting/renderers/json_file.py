"""The report as JSON: exactly its structure, versioned, with a schema made from the same types.

Dates are ISO 8601 texts, exact decimal numbers are texts, None is null. Pieces of a narrative
say what they are in `type`. Reading a file back gives an equal structure.
"""

import json
import re
from collections.abc import Callable
from dataclasses import Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from litvinov import narrative
from reporting.structure import ProgramReport

FORMAT = "program-report"
VERSION = 1
"""Grows when a reader of older files would misread a newer one; additions do not count."""

SCHEMA_ADDRESS = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_NUMBER = r"^-?\d+(\.\d+)?$"


class UnknownFormat(ValueError):
    """The file is no report, or one of a version this program does not read."""


def render(report: ProgramReport) -> bytes:
    """UTF-8, indented so that two versions can be compared line by line."""
    content = {"format": FORMAT, "version": VERSION, "report": encode(report)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(file: bytes) -> ProgramReport:
    """The structure a file was made from. Raises UnknownFormat for anything else."""
    try:
        content = json.loads(file)
        if (content["format"], content["version"]) != (FORMAT, VERSION):
            raise UnknownFormat(f"This is no {FORMAT} of version {VERSION}.")
        report: ProgramReport = decode(ProgramReport, content["report"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise error if isinstance(error, UnknownFormat) else UnknownFormat(str(error)) from error
    return report


def encode(value: Any) -> Any:
    """A part of a structure as what JSON knows. Raises TypeError for what has no place there."""
    match value:
        case None | bool() | str() | int():
            return str(value) if isinstance(value, StrEnum) else value
        case Decimal() | date():
            return value.isoformat() if isinstance(value, date) else format(value, "f")
        case tuple():
            return [encode(item) for item in value]
        case _ if is_dataclass(value):
            content = {field.name: encode(getattr(value, field.name)) for field in _fields(value)}
            return (
                {"type": type(value).__name__, **content} if _is_narrative(type(value)) else content
            )
    raise TypeError(f"A report has no {type(value).__name__}.")


def decode(kind: Any, value: Any) -> Any:
    """What `encode` made of a value of the kind, back again."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is no list.")
        return tuple(decode(arguments[0], item) for item in value)
    if origin in (Union, UnionType):
        return _decode_one_of(arguments, value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(
            **{field.name: decode(hints[field.name], value[field.name]) for field in _fields(kind)}
        )
    for known, read_text in _FROM_TEXT:
        if issubclass(kind, known):
            return (kind if known is StrEnum else read_text)(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}.")
    return value


_FROM_TEXT: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (StrEnum, str),
    (date, lambda text: date.fromisoformat(_like(_DAY, text))),
    (Decimal, lambda text: Decimal(_like(_NUMBER, text))),
)


def _like(pattern: str, text: str) -> str:
    if not re.search(pattern, text, re.ASCII):
        raise ValueError(f"{text!r} is not like {pattern}.")
    return text


def _decode_one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and NoneType in kinds:
        return None
    left = [kind for kind in kinds if kind is not NoneType]
    if len(left) == 1:
        return decode(left[0], value)
    named = {kind.__name__: kind for kind in left}
    return decode(named[value["type"]], value)


def published_schema() -> str:
    """The schema as it stands in docs/report.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the files."""
    definitions: dict[str, Any] = {}
    report = _schema_of(ProgramReport, definitions)
    return {
        "$schema": SCHEMA_ADDRESS,
        "title": "Report of a program",
        "type": "object",
        "required": ["format", "version", "report"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "report": report,
        },
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema_of(one, definitions) for one in arguments]}
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # A narrative contains itself.
            definitions[kind.__name__] = _object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    return dict(_SIMPLE[kind])


_SIMPLE: dict[type, dict[str, Any]] = {
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date", "pattern": _DAY},
    Decimal: {"type": "string", "pattern": _NUMBER},
}


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = _hints(kind)
    properties = {field.name: _schema_of(hints[field.name], definitions) for field in _fields(kind)}
    if _is_narrative(kind):
        properties = {"type": {"const": kind.__name__}, **properties}
    description = (kind.__doc__ or "").strip()
    has_text = description and not description.startswith(f"{kind.__name__}(")
    return {
        **({"description": " ".join(description.split())} if has_text else {}),
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _fields(part: Any) -> tuple[Field[Any], ...]:
    """Those that belong to the content; the key of a record in our database does not."""
    return tuple(field for field in fields(part) if field.compare)


def _is_narrative(kind: type) -> bool:
    return kind.__module__ == narrative.__name__


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
