"""Rule files: loading, validation, and what the built-in ones must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perflint.checks import UnknownCheck, find_check, known_checks
from perflint.rules import Rule, RuleError, load_rules, read_toml, rules_in, validate
from perflint.rules.examples import run_examples
from perflint.words import rules_folder

RULES = load_rules()
PLUGIN = Path(__file__).parent / "plugin"
NUMBERS = {
    "E": [901, 902, 903, 904, 905, 906],
    "S": [101, 102, 103, 104, 105, 106, 107, 108, 110, 111, 120],
    "D": [201, 202, 203, 204, 205, 206],
    "U": [301, 302, 303, 304, 305, 306, 307, 308],
    "Q": [401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412],
    "V": [501, 502, 503, 504, 505],
    "N": [601, 602, 603, 604, 605],
    "B": [701, 702, 703, 704],
    "T": [801, 802, 804],
    "C": [801, 802, 803, 804, 805, 806, 807],
    "R": [901, 902, 903, 904, 905, 906, 907, 908, 909, 910, 911, 912, 913],
    "X": [1, 3, 4, 5, 6, 7],
}
CATALOGUE = [f"{letter}{number:03}" for letter, numbers in NUMBERS.items() for number in numbers]

RULE = """
code = "ORG010"
name = "my-rule"
group = "organisation"
severity = "advice"
status = "stable"
check = "words_in_text"
forms = ["declaration"]
[params]
blocks = ["name"]
words = ["某某"]
[title]
zh = "标题"
[message]
zh = "“{{ word }}”"
[suggestion]
zh = "改"
[why]
zh = "因为"
[[bad]]
name = "某某指标"
[[good]]
name = "培训人数"
"""


def test_every_code_of_the_catalogue_is_a_rule() -> None:
    assert [rule.code for rule in RULES] == sorted(CATALOGUE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_built_in_rule_is_valid(rule: Rule) -> None:
    validate(read_toml(rule.path), rule.path)
    assert rule.path.name == f"{rule.code}-{rule.name}.toml"
    assert rule.path.parent.name == rule.group
    assert {"zh", "en"} == set(rule.title) == set(rule.message) == set(rule.suggestion) == set(rule.why)
    assert len(rule.bad) >= 3
    assert len(rule.good) >= 3 or rule.scope == "file"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_come_out_as_the_file_says(rule: Rule) -> None:
    assert [f"{difference.example}: {difference.problem}" for difference in run_examples([rule])] == []


def test_rules_yield_only_to_rules_that_exist() -> None:
    codes = {rule.code for rule in RULES}
    assert {code for rule in RULES for code in rule.yields_to} <= codes


def test_no_rule_cites_what_it_must_not_quote() -> None:
    """Documents are named by number; clauses are not quoted."""
    for rule in RULES:
        for text in (*rule.why.values(), *rule.message.values()):
            assert not re.search(r"第[一二三四五六七八九十\d]+条|规定[：:]“", text), rule.code


def test_checks_are_found_by_name() -> None:
    assert find_check("doubled_word").__module__ == "perflint.checks.repetition"
    assert {rule.check for rule in RULES if rule.check} <= set(known_checks())
    with pytest.raises(UnknownCheck, match="no check 'doubled_wort'; did you mean 'doubled_word'"):
        find_check("doubled_wort")


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "ORG010-my-rule.toml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'severity = "advice"',
            'severity = "advise"',
            "severity: 'advise' is none of error, warning, advice; did you mean 'advice'?",
        ),
        ("[suggestion]", "[sugestion]", "unknown key 'sugestion'; did you mean 'suggestion'?"),
        (
            'check = "words_in_text"',
            'check = "word_in_text"',
            "check: no check 'word_in_text'; did you mean 'words_in_text'?",
        ),
        ('group = "organisation"\n', "", "the key 'group' is missing"),
        (
            'forms = ["declaration"]',
            'forms = ["declarations"]',
            "forms.0: 'declarations' is none of declaration, target, self_evaluation; "
            "did you mean 'declaration'?",
        ),
        ('name = "某某指标"', 'nane = "某某指标"', "bad.0: unknown key 'nane'; did you mean 'name'?"),
        ('status = "stable"', 'status = "stable"\nscope = "file"', "a rule of scope 'file' has no check"),
        ('status = "stable"', "status = stable", "not TOML in UTF-8: Invalid value (at line 6, column 10)"),
    ],
)
def test_wrong_file_names_the_key_and_the_nearest_right_one(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    folder = folder_with(tmp_path, RULE.replace(old, new))
    with pytest.raises(RuleError) as raised:
        load_rules([folder])
    assert raised.value.problem == problem
    assert raised.value.path == folder / "ORG010-my-rule.toml"


def test_repeated_code_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, RULE.replace("ORG010", "U301"))
    with pytest.raises(RuleError, match=r"'U301' is already the rule in .*U301-count-in-percent\.toml"):
        load_rules([folder])


def test_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rule file"):
        load_rules([tmp_path])
    with pytest.raises(RuleError, match="no such folder"):
        load_rules([tmp_path / "none"])


def test_rules_of_a_folder_join_the_built_in_ones(tmp_path: Path) -> None:
    rules = load_rules([folder_with(tmp_path, RULE)])
    assert [rule.code for rule in rules] == sorted([*CATALOGUE, "ORG010"])


def test_example_that_comes_out_otherwise_is_told(tmp_path: Path) -> None:
    text = RULE.replace('name = "培训人数"', 'name = "某某人数"').replace(
        'name = "某某指标"', 'name = "满意度"'
    )
    differences = run_examples(rules_in(folder_with(tmp_path, text)))
    assert [(difference.example, difference.problem) for difference in differences] == [
        ("bad[1]", "the rule finds nothing"),
        ("good[1]", "the rule finds something: “某某”"),
    ]


def test_example_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin of tests/plugin, made visible as pip would: a folder of metadata with its entry points."""
    metadata = tmp_path / "perflint_example-1.0.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: perflint-example\nVersion: 1.0.0\n", "utf-8"
    )
    entry_points = read_toml(PLUGIN / "pyproject.toml")["project"]["entry-points"]["perflint.checks"]
    lines = "".join(f"{name} = {target}\n" for name, target in entry_points.items())
    (metadata / "entry_points.txt").write_text(f"[perflint.checks]\n{lines}", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(PLUGIN))
    rules = rules_in(PLUGIN / "rules")
    assert [rule.code for rule in rules] == ["ORG001", "ORG002"]
    assert run_examples(rules) == ()


def test_words_and_profiles_are_no_rules() -> None:
    assert {"words", "profiles"} <= {folder.name for folder in rules_folder().iterdir()}
