"""Profiles: params that differ by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from perflint.rules import RuleError, read_toml
from perflint.rules.profiles import UnknownProfile, load_profiles, profiled_rules, with_params
from perflint.words import rules_folder

TEMPLATES = {
    template["id"] for template in read_toml(rules_folder() / "words" / "templates.toml")["template"]
}


def folder_with(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "ours.toml").write_text(text, "utf-8")
    (tmp_path / "rule.toml").write_text(
        (Path(__file__).parent / "plugin" / "rules" / "ORG002-empty-talk.toml").read_text("utf-8"), "utf-8"
    )
    return tmp_path


def test_built_in_profiles_fit_rules_and_templates() -> None:
    assert [profile.name for profile in load_profiles()] == ["national", "shanghai"]
    assert {template for profile in load_profiles() for template in profile.templates} <= TEMPLATES
    profiled_rules()


def test_auto_goes_by_template() -> None:
    rules = {rule.code: rule for rule in profiled_rules()}
    by_template = rules["R905"].by_template
    assert [band["names"][0] for band in by_template["national-self-evaluation"]["grades"]] == [
        "优",
        "良",
        "中",
        "差",
    ]
    assert [band["names"][0] for band in by_template["district-self-evaluation-2024"]["grades"]] == [
        "优",
        "良",
        "合格",
        "不合格",
    ]


def test_chosen_profile_is_for_every_template() -> None:
    rules = {rule.code: rule for rule in profiled_rules(profile="shanghai")}
    assert [band["names"][0] for band in rules["R905"].params["grades"]] == ["优", "良", "合格", "不合格"]
    assert rules["R905"].by_template == {}


def test_settings_win_over_profiles() -> None:
    rule = next(rule for rule in profiled_rules() if rule.code == "R903")
    changed = with_params(rule, {"total": 120})
    assert changed.params["total"] == 120
    assert {params["total"] for params in changed.by_template.values()} == {120}


def test_unknown_profile_is_refused() -> None:
    with pytest.raises(UnknownProfile, match="no profile 'shanghia'; did you mean 'shanghai'"):
        profiled_rules(profile="shanghia")


def test_profile_of_a_folder(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "[params.R912]\nfactor = 1.5\n")
    rules = {rule.code: rule for rule in profiled_rules([folder], "ours")}
    assert rules["R912"].params["factor"] == 1.5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[params.R912]\nfaktor = 1.5\n", "params.R912: unknown param 'faktor'; did you mean 'factor'?"),
        ("[params.R992]\nfactor = 1.5\n", "params: no rule 'R992'; did you mean 'R912'?"),
        ("[parms]\n", "unknown key 'parms'; did you mean 'params'?"),
    ],
)
def test_wrong_profile_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(RuleError) as raised:
        profiled_rules([folder_with(tmp_path, text)])
    assert raised.value.problem == problem
