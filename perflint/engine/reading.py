"""From the bytes of one file to its forms: the readers and the recognition of forms, behind one door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from perflint.document import Problem, UnreadableFile
from perflint.limits import Limits
from perflint.model import Form


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file holds: its forms and what could not be read."""

    format: str
    pages: int | None
    forms: tuple[Form, ...]
    problems: tuple[Problem, ...]


def read_forms(data: bytes, name: str, limits: Limits, pdf_engine: str) -> Reading:
    """Read the forms of a file.

    `name` is the file's name (its extension may help to tell the format), `pdf_engine` `pdfium` or
    `pdfplumber`. Never fails: a file that cannot be read, and one that makes a reader crash, come back with
    an E901 problem.
    """
    from perflint.forms import recognise
    from perflint.readers import read_document

    try:
        document = read_document(data, name, limits, pdf_engine)
        recognition = recognise(document)
    except UnreadableFile as refusal:
        return unreadable(name, refusal.reason, refusal.values)
    except MemoryError:
        return unreadable(name, "out-of-memory", {"detail": str(limits.memory_bytes)})
    except Exception as error:
        # A hostile file must not take the run with it, whatever it finds to break in a reader.
        return unreadable(
            name,
            "reader-crashed",
            {"detail": f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"},
        )
    problems = (*document.problems, *recognition.problems)
    return Reading(document.format, document.pages, recognition.forms, problems)


def unreadable(name: str, reason: str, values: Mapping[str, str] | None = None) -> Reading:
    """Return the reading of a file that was not read: `reason` is a key of rules/words/problems.toml,
    `values` fill it.
    """
    problem = Problem("E901", {"reason": reason, **(values or {})})
    return Reading(PurePath(name).suffix.lstrip(".").lower(), None, (), (problem,))
