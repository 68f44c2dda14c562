"""What stands between documents and a repository: the pre-commit hook, and the files for CI."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from perflint.readers.kinds import KNOWN_EXTENSIONS
from perflint.sources import is_known
from tests.command import TOOLS, command_of, perflint
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent
STARTER = ROOT / "perflint" / "starter"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


# pre-commit


@pytest.mark.parametrize(
    "path", [ROOT / ".pre-commit-hooks.yaml", STARTER / "pre-commit.yaml"], ids=lambda path: path.name
)
def test_the_hook_takes_the_files_that_a_folder_is_searched_for(path: Path) -> None:
    content = loaded(path)
    (hook,) = content if isinstance(content, list) else content["repos"][0]["hooks"]
    names = [f"a{extension}" for extension in KNOWN_EXTENSIONS]
    names += [name.upper() for name in names] + [
        "~$a.docx",
        ".a.pdf",
        "a.md",
        "a.csv",
        "a.py",
        "a.pdf.asc",
        "pdf",
        "a.xlsxx",
        "a.png",
    ]
    for name in names:
        for full in (name, f"材料/2026年 上报/{name}"):
            assert bool(re.search(hook["files"], full)) == is_known(full), full


def test_the_page_of_the_command_names_what_a_folder_is_searched_for() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    listed = re.search(r"A folder is searched for `([^`]*)`", page)
    assert listed is not None
    assert sorted(listed[1].split()) == sorted(KNOWN_EXTENSIONS)


def test_the_published_hook_and_the_local_one_are_the_same() -> None:
    (published,), (local,) = (
        loaded(ROOT / ".pre-commit-hooks.yaml"),
        loaded(STARTER / "pre-commit.yaml")["repos"][0]["hooks"],
    )
    own = ("language", "description")
    assert {key: value for key, value in published.items() if key not in own} == {
        key: value for key, value in local.items() if key not in own
    }


def test_pre_commit_accepts_both_files(folder: Path) -> None:
    for subject, path in (
        ("manifest", ROOT / ".pre-commit-hooks.yaml"),
        ("config", STARTER / "pre-commit.yaml"),
    ):
        done = command_of(folder, "pre-commit", f"validate-{subject}", str(path))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_commit_is_refused_for_a_defect_and_taken_after_the_mend(folder: Path, capsys: Capture) -> None:
    assert command_of(folder, "git", "init", "-q").returncode == 0
    assert perflint(capsys, "init", "--ci", "none").code == 0
    document = write(folder / "材料" / "一 号.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    (folder / "notes.md").write_text("= 0 %", "utf-8")
    installed = command_of(folder, "pre-commit", "install")
    assert installed.returncode == 0, installed.stderr
    command_of(folder, "git", "add", ".")

    refused = command_of(folder, "git", "commit", "-q", "-m", "x")
    assert refused.returncode == 1
    assert "- hook id: perflint\n- exit code: 1\n" in refused.stderr
    assert "材料/一 号.html" in refused.stderr
    assert "U301" in refused.stderr

    write(document, form("甲项目"))
    command_of(folder, "git", "add", ".")
    taken = command_of(folder, "git", "commit", "-q", "-m", "x")
    assert taken.returncode == 0, taken.stderr
    assert re.fullmatch(r"perflint\.+Passed\n", taken.stderr)
    assert command_of(folder, "git", "status", "--short").stdout == ""


def test_a_commit_without_documents_does_not_start_perflint(folder: Path, capsys: Capture) -> None:
    command_of(folder, "git", "init", "-q")
    perflint(capsys, "init", "--ci", "none")
    command_of(folder, "git", "add", ".")
    done = command_of(folder, "pre-commit", "run")
    assert done.returncode == 0
    assert re.fullmatch(r"perflint\.+\(no files to check\)Skipped\n", done.stdout)


# CI


def checks_in(lines: list[str]) -> list[list[str]]:
    """Return the arguments of the `perflint` commands among shell lines."""
    return [shlex.split(line)[1:] for line in lines if line.startswith("perflint ")]


def github_step(steps: list[dict[str, Any]], action: str) -> dict[str, Any]:
    (step,) = (step for step in steps if step.get("uses", "").startswith(f"{action}@"))
    return step


def test_what_the_github_workflow_uploads_is_what_its_check_writes(folder: Path, capsys: Capture) -> None:
    workflow = loaded(STARTER / "github.yml")
    steps = workflow["jobs"]["perflint"]["steps"]
    (arguments,) = checks_in([step["run"] for step in steps if "run" in step])
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    result = perflint(capsys, *arguments)
    assert (result.code, result.out.startswith("::error file=a.html,title=U301 count-in-percent::")) == (
        1,
        True,
    )
    report, sarif = (
        github_step(steps, "actions/upload-artifact"),
        github_step(steps, "github/codeql-action/upload-sarif"),
    )
    assert (folder / report["with"]["path"]).is_file()
    assert (folder / sarif["with"]["sarif_file"]).is_file()
    assert {step["if"].split(" && ")[0] for step in (report, sarif)} == {"always()"}
    assert workflow["permissions"]["security-events"] == "write"


def test_what_the_gitlab_job_uploads_is_what_its_check_writes(folder: Path, capsys: Capture) -> None:
    job = loaded(STARTER / "gitlab.yml")["perflint"]
    (arguments,) = checks_in(job["script"])
    write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    assert perflint(capsys, *arguments).code == 1
    artifacts = job["artifacts"]
    assert artifacts["when"] == "always"
    for name in (*artifacts["paths"], *artifacts["reports"].values()):
        assert (folder / name).is_file()


@pytest.mark.parametrize(
    ("paths", "arguments", "code", "checked"),
    [
        (".", "", "1", ["a b.html", "c.html"]),
        ("c.html\n", "--fail-on=error\n--lang=en", "0", ["c.html"]),
        ("none.html", "", "2", []),
        ("$(touch broken)", "`touch broken`", "2", []),
    ],
)
def test_the_action_checks_what_it_is_given_and_nothing_else(
    folder: Path, paths: str, arguments: str, code: str, checked: list[str]
) -> None:
    write(folder / "a b.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    write(folder / "c.html", form("乙项目"))
    temporary = folder / ".runner"
    (temporary / "perflint" / "venv").mkdir(parents=True)
    (temporary / "perflint" / "venv" / "bin").symlink_to(TOOLS)
    step = next(step for step in loaded(ROOT / "action.yml")["runs"]["steps"] if step.get("id") == "check")
    variables = {
        "PATHS": paths,
        "ARGS": arguments,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(folder / ".out"),
    }
    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
    done = subprocess.run(
        shell, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == int(code), done.stderr
    outputs = dict(line.split("=", 1) for line in (folder / ".out").read_text("utf-8").splitlines())
    assert outputs["exit-code"] == code
    assert not (folder / "broken").exists()
    if "html" in outputs:
        sarif = yaml.safe_load(Path(outputs["sarif"]).read_text("utf-8"))
        found = {artifact["location"]["uri"] for artifact in sarif["runs"][0]["artifacts"]}
        assert {name.replace(" ", "%20") for name in checked} == found


def test_the_outputs_and_conditions_of_the_action_name_what_there_is() -> None:
    action = loaded(ROOT / "action.yml")
    text = (ROOT / "action.yml").read_text("utf-8")
    steps = {step["id"] for step in action["runs"]["steps"] if "id" in step}
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(action["inputs"])
    assert set(re.findall(r"steps\.([\w-]+)\.", text)) <= steps
    assert set(re.findall(r"steps\.check\.outputs\.([\w-]+)", text)) == set(action["outputs"])


def test_the_pieces_in_the_docs_are_the_files_that_ship() -> None:
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert (STARTER / "gitlab.yml").read_text("utf-8") in blocks
    assert loaded(STARTER / "pre-commit.yaml") in [yaml.safe_load(block) for block in blocks]
    action = loaded(ROOT / "action.yml")
    rows = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert named == {*action["inputs"], *action["outputs"]}
