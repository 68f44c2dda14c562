"""A run: every file read and judged once, what is known already taken from the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from perflint.config import Settings
from perflint.engine.cache import Cache
from perflint.engine.codec import UnknownShape, decode, encode
from perflint.engine.documents import document_json, finished
from perflint.engine.examination import Conditions, Examined, Task, examine, failed, prepare
from perflint.engine.keys import findings_key, reading_key, rules_digest, together_key
from perflint.engine.reading import Reading
from perflint.engine.timings import Timings
from perflint.engine.together import judge_together
from perflint.judge import CRASH_CODE
from perflint.model import Form
from perflint.report import DocumentJson
from perflint.rules.ruleset import RuleSet
from perflint.sources import Source

Progress = Callable[[int, int], None]
"""Told (files done, files in all) after each file."""


@dataclass(slots=True)
class Run:
    """What a run has found so far; `documents`, `readings` and `keys` (of the readings) by position of the
    source.
    """

    documents: dict[int, DocumentJson] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    interrupted: bool = False
    timings: Timings = field(default_factory=Timings)


def check_sources(
    sources: Sequence[Source],
    ruleset: RuleSet,
    settings: Settings,
    store: Cache | None = None,
    progress: Progress = lambda done, total: None,
    processes: bool = True,
    meanwhile: Callable[[], object] = lambda: None,
) -> Run:
    """Check files.

    `store` keeps and gives what is known of unchanged files. Without `processes` everything happens in this
    one, where a reader's crash or endless loop cannot be contained; with them, `meanwhile` is called while
    they read. Ctrl-C ends the run with the files that are done.
    """
    conditions = Conditions(settings.language, settings.limits, settings.pdf_engine)
    tasks = _tasks(sources, ruleset, keyed=store is not None)
    run = Run()
    try:
        with run.timings.step("cache"):
            hashes = [_hash(task, conditions) for task in tasks] if store else [None] * len(tasks)
            for position, sha256 in enumerate(hashes):
                if (
                    store
                    and sha256
                    and (document := _known(run, position, tasks[position], sha256, store, conditions))
                ):
                    _note(run, position, tasks, document, progress)
        left = [position for position in range(len(tasks)) if position not in run.documents]
        for position, examined in _examined(
            tasks, left, conditions, store, settings.jobs, processes, meanwhile
        ):
            _remember(run, position, tasks[position], examined, store, conditions)
            _note(run, position, tasks, examined.document, progress)
        with run.timings.step("together"):
            _judge_together(run, tasks, ruleset, store, conditions)
        if store and left:
            store.prune()
    except KeyboardInterrupt:
        run.interrupted = True
    return run


def _tasks(sources: Sequence[Source], ruleset: RuleSet, keyed: bool) -> list[Task]:
    """Return the files with their rules; where the cache needs keys, with a digest of each choice of rules."""
    digests: dict[tuple[str, ...], str] = {}
    tasks = []
    for source in sources:
        rules = ruleset.for_file(source.path)
        codes = tuple(rule.code for rule in rules)
        if codes not in digests:
            digests[codes] = rules_digest(rules) if keyed else ""
        tasks.append(Task(source, rules, digests[codes]))
    return tasks


def _hash(task: Task, conditions: Conditions) -> str | None:
    """Return the SHA-256 of a file; None for one that cannot be read, is over the limit, or is a pipe that
    gives its content once, perhaps never: its examination will say so.
    """
    try:
        if not task.source.is_lasting or task.source.size() > conditions.limits.file_bytes:
            return None
        return hashlib.sha256(task.source.read()).hexdigest()
    except OSError:
        return None


def _known(
    run: Run, position: int, task: Task, sha256: str, store: Cache, conditions: Conditions
) -> DocumentJson | None:
    """Return a file's part of the report from what the cache holds of it; it may still have to be judged."""
    key = run.keys[position] = reading_key(sha256, task.source.name, conditions)
    findings = findings_key(key, task.rules_digest, conditions)
    document: DocumentJson | None = store.get("findings", findings)
    if document is None and (encoded := store.get("readings", key)) is not None:
        try:
            reading: Reading = decode(encoded)
        except UnknownShape:
            return None
        document = document_json(reading, sha256, task.rules, conditions.language)
        run.readings[position] = reading
        store.put("findings", findings, document)
    return document


def _examined(
    tasks: Sequence[Task],
    left: Sequence[int],
    conditions: Conditions,
    store: Cache | None,
    jobs: int,
    processes: bool,
    meanwhile: Callable[[], object],
) -> Iterator[tuple[int, Examined]]:
    """Read and judge the files at these positions; give each as it is done."""
    # A worker gets all tasks when it starts, and then positions: to send a file's eighty rules with each file
    # took a fifth of a long run.
    job = partial(_examine_and_keep, conditions, store, tasks)
    if not processes:
        for position in left:
            yield position, job(position)
        return
    if not left:
        return
    # Imported here: a run that finds everything in the cache starts no process.
    from perflint.engine.workers import Failure, work

    prepare(tasks[position].source.name for position in left)
    limits = conditions.limits
    for number, outcome in work(job, left, jobs, limits.seconds, meanwhile, limits.memory_bytes):
        position = left[number]
        if isinstance(outcome, Failure):
            outcome = failed(conditions, tasks[position], outcome.reason, outcome.detail)
        yield position, outcome


def _examine_and_keep(
    conditions: Conditions, store: Cache | None, tasks: Sequence[Task], position: int
) -> Examined:
    """Read and judge one of the files, as a worker does it, and keep what was found for runs to come.

    What could not be read is tried again the next time: memory, time or another program may have been
    wanting.
    """
    task = tasks[position]
    examined = examine(conditions, task)
    if store and examined.document["status"] != "unreadable":
        key = reading_key(examined.sha256, task.source.name, conditions)
        store.put("readings", key, encode(examined.reading))
        store.put("findings", findings_key(key, task.rules_digest, conditions), examined.document)
    return examined


def _remember(
    run: Run, position: int, task: Task, examined: Examined, store: Cache | None, conditions: Conditions
) -> None:
    """Remember what this run needs of a file until its end."""
    run.timings.add_file(task.source.name, examined.seconds)
    run.readings[position] = examined.reading
    if store:
        run.keys[position] = reading_key(examined.sha256, task.source.name, conditions)


def _note(run: Run, position: int, tasks: Sequence[Task], document: DocumentJson, progress: Progress) -> None:
    """Put a file's part into the report, under its path."""
    source = tasks[position].source
    document["path"], document["named"] = source.name, source.named
    for finding in document["findings"]:
        for place in finding["related"]:
            place["path"] = source.name
        if finding["code"] == "E902" and not source.named:
            # Found in a folder, nobody said that it holds a form: it is listed apart and stops no run.
            finding["severity"] = "advice"
    run.documents[position] = document
    progress(len(run.documents), len(tasks))


def _judge_together(
    run: Run, tasks: Sequence[Task], ruleset: RuleSet, store: Cache | None, conditions: Conditions
) -> None:
    """Add what the rules on all forms together find to the documents."""
    rules = tuple(rule for rule in ruleset.active if rule.scope == "run" or rule.code == CRASH_CODE)
    positions = sorted(position for position, document in run.documents.items() if document["forms"])
    if (
        all(rule.scope != "run" for rule in rules)
        or sum(len(run.documents[position]["forms"]) for position in positions) < 2
    ):
        return
    found = None
    if store:
        files = [(tasks[position].source.name, run.keys[position]) for position in positions]
        found = store.get("together", key := together_key(files, rules_digest(rules), conditions))
    if found is None:
        forms = [
            (position, form)
            for position in positions
            for form in _forms(run, position, tasks[position], store, conditions)
        ]
        found = judge_together(forms, [task.source.name for task in tasks], rules, conditions.language)
        if store:
            store.put("together", key, found)
    for position, finding in found:
        if any(rule.code == finding["code"] for rule in tasks[position].rules):
            run.documents[position]["findings"].append(finding)
            finished(run.documents[position])


def _forms(
    run: Run, position: int, task: Task, store: Cache | None, conditions: Conditions
) -> tuple[Form, ...]:
    """Return the forms of a file of this run, from the cache where it was not read again."""
    if position in run.readings:
        return run.readings[position].forms
    encoded = store.get("readings", run.keys[position]) if store else None
    try:
        kept: Reading = decode(encoded)
        return kept.forms
    except (UnknownShape, AttributeError):
        # The cache has lost this entry since: the file has to be read after all.
        return examine(conditions, task).reading.forms
