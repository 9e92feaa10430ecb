"""The catalogue of each language, by its code; what is not translated yet stays English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ooms.languages.english import ENGLISH
from ooms.languages.portable_objects import Entry, read_entries

SOURCE = "en"
TRANSLATED = ("fr", "ko", "sw")
LANGUAGES = (SOURCE, *TRANSLATED)
_NEVER = 0.0


class UnknownLanguageError(LookupError):
    """No catalogue of this language is there; choose one of the known languages."""

    def __init__(self, *, language: str) -> None:
        self.language = language
        super().__init__(f"no catalogue of {language!r}; there are {', '.join(LANGUAGES)}")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Give the words of a language by key.

    Raises:
        UnknownLanguageError: There is no such catalogue.
    """
    if language == SOURCE:
        return ENGLISH
    translated = {entry.key: entry.text for entry in entries(language) if entry.text}
    return {key: translated.get(key, english) for key, english in ENGLISH.items()}


def entries(language: str) -> tuple[Entry, ...]:
    """Give the messages of a translated language as its catalogue has them.

    Raises:
        UnknownLanguageError: There is no such catalogue.
    """
    if language not in TRANSLATED:
        raise UnknownLanguageError(language=language)
    file = files("ooms.languages").joinpath("catalogues", f"{language}.po")
    return read_entries(file.read_text(encoding="utf-8"))


def preferred(accepted: str) -> str:
    """Give the language that an Accept-Language header likes best among ours, or English.

    RFC 9110, 12.5.4: ranges with weights; a range also covers its narrower tags.
    """
    best, weight = SOURCE, _NEVER
    for part in accepted.split(","):
        tag, _, parameter = part.strip().partition(";")
        language = tag.partition("-")[0].strip().lower()
        wanted = _weight(parameter)
        if language in LANGUAGES and wanted > weight:
            best, weight = language, wanted
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return _NEVER
