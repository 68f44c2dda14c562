"""The pages of docs/rules are those that the rule files make."""

from __future__ import annotations

from pathlib import Path

from perflint.publish.rule_pages import main, pages
from perflint.rules import load_rules

DOCS = Path(__file__).parent.parent / "docs" / "rules"


def test_pages_are_up_to_date() -> None:
    """Mended by `python -m perflint.publish.rule_pages docs/rules`."""
    assert {file.name: file.read_text("utf-8") for file in DOCS.glob("*.md")} == pages(load_rules())


def test_pages_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "ORG000-gone.md").write_text("old", "utf-8")
    main([str(Path(__file__).parent.parent / "rules" / "time"), str(tmp_path)])
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "README.md",
        "T801-date-outside-period.md",
        "T802-end-before-start.md",
        "T804-other-year-in-name.md",
    ]
