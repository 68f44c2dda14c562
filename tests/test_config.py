"""Settings: where they are found, how they add up, and how a wrong one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from perflint.config import Settings, common_folder, load_settings
from perflint.config.keys import settings_schema
from perflint.config.refusal import SettingsError, told
from perflint.limits import Limits
from perflint.publish.schemas import published
from perflint.rules.ruleset import ruleset_of


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def refusal(folder: Path, text: str, language: str = "en") -> str:
    """Return what is said about a settings file."""
    write(folder / "perflint.toml", text)
    with pytest.raises(SettingsError) as error:
        ruleset_of(load_settings([folder]))
    return "\n".join(told(mistake, language) for mistake in error.value.mistakes)


def test_the_nearest_file_above_the_checked_ones_is_taken(folder: Path) -> None:
    write(folder / "perflint.toml", 'language = "en"\n')
    write(folder / "a" / "perflint.toml", 'fail-on = "advice"\n')
    deep = write(folder / "a" / "b" / "c" / "form.html", "")
    other = write(folder / "d" / "form.html", "")
    assert load_settings([deep]).fail_on == "advice"
    assert load_settings([deep]).root == folder / "a"
    assert load_settings([other]).language == "en"
    assert load_settings([deep, other]).root == folder


def test_pyproject_counts_only_with_a_table_of_perflint(folder: Path) -> None:
    write(folder / "pyproject.toml", '[tool.perflint]\nselect = ["U"]\n[tool.perflint.limits]\npages = 3\n')
    write(folder / "a" / "pyproject.toml", '[project]\nname = "perflint-forms"\n')
    settings = load_settings([folder / "a"])
    assert (settings.select, settings.limits.pages) == (("U",), 3)
    write(folder / "perflint.toml", 'select = ["Q"]\n')
    assert load_settings([folder / "a"]).select == ("Q",)


def test_without_a_file_the_defaults_hold(folder: Path) -> None:
    assert load_settings([folder]) == Settings(root=folder)


def test_extend_adds_up_from_the_farthest_file_to_the_nearest(folder: Path) -> None:
    write(
        folder / "shared" / "bureau.toml",
        'language = "en"\nignore = ["S"]\nextend-ignore = ["X"]\nrules = ["own"]\n'
        '[severity]\nU301 = "advice"\nU302 = "advice"\n[limits]\npages = 9\n',
    )
    write(
        folder / "unit" / "perflint.toml",
        'extend = "../shared/bureau.toml"\nignore = ["D"]\nextend-ignore = ["N"]\n'
        '[severity]\nU302 = "error"\n[limits]\nnesting = 7\n',
    )
    settings = load_settings([folder / "unit"])
    assert settings.language == "en"
    assert (settings.ignore, settings.extend_ignore) == (("D",), ("X", "N"))
    assert settings.severity == {"U301": "advice", "U302": "error"}
    assert settings.limits == Limits(pages=9, nesting=7)
    assert settings.rules == (folder / "shared" / "own",)
    assert settings.root == folder / "unit"


def test_a_suppressions_file_beside_the_settings_is_found(folder: Path) -> None:
    write(folder / "perflint.toml", "")
    assert load_settings([folder]).suppressions is None
    write(folder / "perflint-ignore.toml", "")
    assert load_settings([folder]).suppressions == folder / "perflint-ignore.toml"


def test_paths_are_relative_to_the_file_that_states_them(folder: Path) -> None:
    write(folder / "a" / "perflint.toml", 'baseline = "b.json"\ncache-dir = "../c"\n')
    settings = load_settings([folder / "a"])
    assert settings.baseline == folder / "a" / "b.json"
    assert settings.cache_dir == folder / "a" / ".." / "c"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'language = "zh"\nselct = ["U"]\n',
            'perflint.toml:2:1: unknown key "selct"; did you mean "select"?\n  2 | selct = ["U"]\n      ^^^^^',
        ),
        (
            'select = [\n  "U",\n  "ZZ999",\n]\n',
            'perflint.toml:3:4: no rule, beginning of a code, or group "ZZ999"\n  3 |   "ZZ999",\n         ^^^^^',
        ),
        (
            'ignore = ["count-in-percnt"]\n',
            'perflint.toml:1:12: no rule, beginning of a code, or group "count-in-percnt"; '
            'did you mean "count-in-percent"?\n  1 | ignore = ["count-in-percnt"]\n                 ^^^^^^^^^^^^^^^',
        ),
        (
            'fail-on = "eror"\n',
            'perflint.toml:1:12: "eror" is none of error, warning, advice, never; did you mean "error"?\n'
            '  1 | fail-on = "eror"\n                 ^^^^',
        ),
        (
            'jobs = "two"\n',
            'perflint.toml:1:1: must be integer, not "two"\n  1 | jobs = "two"\n      ^^^^',
        ),
        (
            "jobs = true\n",
            "perflint.toml:1:1: must be integer, not true\n  1 | jobs = true\n      ^^^^",
        ),
        (
            "[limits]\npages = -1\n",
            "perflint.toml:2:9: -1 is less than the minimum 0\n  2 | pages = -1\n              ^^",
        ),
        (
            "[limits]\npage = 1\n",
            'perflint.toml:2:1: unknown key "page"; did you mean "pages"?\n  2 | page = 1\n      ^^^^',
        ),
        (
            '[severity]\nU301 = "fatal"\n',
            'perflint.toml:2:9: "fatal" is none of error, warning, advice\n  2 | U301 = "fatal"\n              ^^^^^',
        ),
        (
            '[severity]\nU39 = "error"\n',
            'perflint.toml:2:1: no rule, beginning of a code, or group "U39"\n  2 | U39 = "error"\n      ^^^',
        ),
        (
            "[params.R912]\nfactr = 2\n",
            'perflint.toml:2:1: the rule R912 has no parameter "factr"; did you mean "factor"?\n'
            "  2 | factr = 2\n      ^^^^^",
        ),
        (
            "[params.U3]\nfactor = 2\n",
            'perflint.toml:1:9: no rule "U3"; did you mean "U308"?\n  1 | [params.U3]\n              ^^',
        ),
        (
            '[per-file-ignores]\n"2023/**" = ["U309"]\n',
            'perflint.toml:2:15: no rule, beginning of a code, or group "U309"; did you mean "U308"?\n'
            '  2 | "2023/**" = ["U309"]\n                    ^^^^',
        ),
        (
            'profile = "shangahi"\n',
            'perflint.toml:1:12: no profile "shangahi" (there are: auto, national, shanghai); '
            'did you mean "shanghai"?\n  1 | profile = "shangahi"\n                 ^^^^^^^^',
        ),
        (
            'extend = "none.toml"\n',
            'perflint.toml:1:11: no such file\n  1 | extend = "none.toml"\n                ^^^^^^^^^',
        ),
        (
            'extend = "perflint.toml"\n',
            "perflint.toml:1:1: extend comes back to itself: perflint.toml → perflint.toml\n"
            '  1 | extend = "perflint.toml"\n      ^^^^^^',
        ),
        (
            'rules = ["none"]\n',
            "{folder}/none: this folder of rules cannot be used: no such folder",
        ),
        (
            'exclude = ["!"]\n',
            'perflint.toml:1:13: "!" is no pattern for file names: {detail}\n  1 | exclude = ["!"]\n                  ^',
        ),
    ],
)
def test_a_wrong_setting_is_refused_where_it_stands(folder: Path, text: str, message: str) -> None:
    found = refusal(folder, text)
    expected = message.replace("{folder}", str(folder))
    if "{detail}" in expected:
        before, after = expected.split("{detail}")
        assert found.startswith(before)
        assert found.endswith(after)
    else:
        assert found == expected


def test_all_mistakes_are_told_at_once_and_in_chinese(folder: Path) -> None:
    assert refusal(folder, "selct = 1\n[limits]\nsecond = 1\n", "zh") == (
        "perflint.toml:1:1: 没有“selct”这个键；是否想写“select”？\n  1 | selct = 1\n      ^^^^^\n"
        "perflint.toml:3:1: 没有“second”这个键；是否想写“seconds”？\n  3 | second = 1\n      ^^^^^^"
    )


def test_what_is_no_toml_is_refused_with_its_line(folder: Path) -> None:
    assert refusal(folder, 'language = "zh"\nselect = [U]\n') == (
        "perflint.toml:2:11: not valid TOML: Invalid value (at line 2, column 11)\n"
        "  2 | select = [U]\n                ^"
    )


def test_the_mark_stands_under_chinese_text(folder: Path) -> None:
    assert refusal(folder, '[per-file-ignores]\n"预算/*" = ["U309"]\n').splitlines()[1:] == [
        '  2 | "预算/*" = ["U309"]',
        "                   ^^^^",
    ]


def test_severity_and_params_alter_the_rules(folder: Path) -> None:
    write(
        folder / "perflint.toml",
        '[severity]\nunits = "advice"\ncount-in-percent = "warning"\n[params.target-far-exceeded]\nfactor = 2\n',
    )
    rules = {rule.code: rule for rule in ruleset_of(load_settings([folder])).rules}
    assert rules["U301"].severity == "warning"
    assert rules["U302"].severity == "advice"
    assert rules["R912"].params["factor"] == 2


def test_per_file_ignores_go_by_the_folder_of_the_settings(folder: Path) -> None:
    write(folder / "perflint.toml", '[per-file-ignores]\n"/2023/" = ["U"]\n"*.txt" = ["count-in-percent"]\n')
    ruleset = ruleset_of(load_settings([folder]))

    def applied(name: str) -> set[str]:
        return {rule.code for rule in ruleset.for_file(Path(name))} & {"U301", "U302"}

    assert applied("2024/a.pdf") == {"U301", "U302"}
    assert applied("2023/deep/a.pdf") == set()
    assert applied("2024/a.txt") == {"U302"}
    assert applied("x/2023/a.pdf") == {"U301", "U302"}


def test_the_published_schemas_are_those_of_the_program() -> None:
    schemas = Path(__file__).parent.parent / "perflint" / "schemas"
    for name, text in published().items():
        assert (schemas / name).read_text("utf-8") == text, "run python -m perflint.publish.schemas"
        Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(
    ("settings", "fits"),
    [
        ({"select": ["U"], "limits": {"pages": 3}, "severity": {"U301": "advice"}}, True),
        ({"params": {"R912": {"factor": 2}}, "per-file-ignores": {"a/*": ["U"]}}, True),
        ({"selct": ["U"]}, False),
        ({"limits": {"page": 3}}, False),
        ({"jobs": -1}, False),
        ({"severity": {"U301": "fatal"}}, False),
    ],
)
def test_the_schema_for_editors_agrees(settings: dict[str, object], fits: bool) -> None:
    assert Draft202012Validator(settings_schema()).is_valid(settings) is fits


def test_the_common_folder_of_files_and_folders(folder: Path) -> None:
    first = write(folder / "a" / "b" / "x.pdf", "")
    second = write(folder / "a" / "y.pdf", "")
    assert common_folder([first]) == folder / "a" / "b"
    assert common_folder([first, second]) == folder / "a"
    assert common_folder([]) == folder
