"""perflint: a linter for China's project-expenditure performance forms."""

__version__ = "0.1.0"
