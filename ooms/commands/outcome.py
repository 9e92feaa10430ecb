"""What an error of ours means at the command line: one sentence and an exit code."""

from __future__ import annotations

from json import JSONDecodeError

REFUSED = 1
USAGE = 2
CONFIGURATION = 3

# By name, so that telling an error loads nothing: what a file or an argument says is wrong.
_INPUT = frozenset(
    {
        "AnnexError",
        "BillTooDeepError",
        "CaseError",
        "CaseFormatError",
        "HsCodeError",
        "JSONDecodeError",
        "NotInEditionError",
        "NotationError",
        "PackError",
        "UnicodeDecodeError",
        "UnknownAgreementError",
        "UnknownEditionError",
    }
)
_SETTINGS = frozenset({"ConfigurationError", "SettingsError"})
_OURS = frozenset({"EodesError", "OfficeError"})


def exit_code_of(error: Exception) -> int | None:
    """Give the exit code of an error, or None for one that nobody foresaw."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & _INPUT:
        return USAGE
    if kinds & _SETTINGS:
        return CONFIGURATION
    return REFUSED if kinds & _OURS else None


def sentence_of(error: Exception) -> str:
    """Tell an error in a sentence that says what to correct."""
    if isinstance(error, JSONDecodeError):
        return f"not JSON: {error.msg} in line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return f"not a text in UTF-8: {error.reason} at byte {error.start}"
    return str(error)
