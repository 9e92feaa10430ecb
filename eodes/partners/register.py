"""The profiles of all administrations, read strictly: whole and consistent, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eodes.domain.message import VERIFICATIONS
from eodes.domain.partner import Profile
from eodes.domain.record import Flaw
from eodes.errors import ConfigurationError, PermanentError
from eodes.strict_toml import line_of, load

SHIPPED = Path(__file__).resolve().parent
FILE_NAME = "profile.toml"


class UnknownProfileError(PermanentError):
    """No profile under this code."""

    def __init__(self, *, code: str, known: tuple[str, ...]) -> None:
        self.code = code
        self.known = known
        super().__init__(f"no profile {code}; there are {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Profiles(Mapping[str, Profile]):
    """Every profile by its code."""

    by_code: Mapping[str, Profile]

    @classmethod
    def load(
        cls,
        extra: Path | None = None,
        *,
        on: date,
        dialects: Collection[str] | None = None,
        shipped: Path = SHIPPED,
    ) -> Profiles:
        """Read the shipped profiles and the operator's own; the operator's replace by code.

        Raises:
            ConfigurationError: a profile has a flaw or a pin that expired; names file and line.

        """
        found: dict[str, Profile] = {}
        for folder in (shipped, extra) if extra else (shipped,):
            for file in profile_files(folder):
                profile = load_profile(file, on=on, dialects=dialects)
                found[profile.code] = profile
        return cls(dict(sorted(found.items())))

    def named(self, code: str) -> Profile:
        """Return the profile of a code.

        Raises:
            UnknownProfileError: there is none.

        """
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownProfileError(code=code, known=tuple(self.by_code)) from None

    def __getitem__(self, code: str) -> Profile:
        return self.by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_code)

    def __len__(self) -> int:
        return len(self.by_code)


def profile_files(folder: Path) -> tuple[Path, ...]:
    """Return the profile files of a folder, one in each of its folders.

    Raises:
        ConfigurationError: the folder does not exist.

    """
    if not folder.is_dir():
        raise ConfigurationError(file=folder, problem="is no folder of partner profiles")
    return tuple(sorted(folder.glob(f"*/{FILE_NAME}")))


def load_profile(file: Path, *, on: date, dialects: Collection[str] | None = None) -> Profile:
    """Read one profile and check that its parts agree with each other and with the day.

    Raises:
        ConfigurationError: with every flaw, the first line first.

    """
    profile = load(file, Profile)
    flaws = [*_identity(profile, file.parent.name), *_content(profile, dialects)]
    flaws += [*_verification(profile), *_pins(profile, on)]
    if flaws:
        raise _named(file, flaws)
    return profile


def _identity(profile: Profile, folder: str) -> Iterator[Flaw]:
    if profile.code != folder:
        yield Flaw("/code", f"{profile.code} lies in the folder {folder}; give both one name")
    if not profile.authority.startswith(f"{profile.country}-"):
        yield Flaw("/authority", f"{profile.authority} is no authority of {profile.country}")


def _content(profile: Profile, dialects: Collection[str] | None) -> Iterator[Flaw]:
    if dialects is not None and profile.wire.dialect not in dialects:
        known = ", ".join(sorted(dialects))
        yield Flaw("/wire/dialect", f"no dialect {profile.wire.dialect}; there are {known}")
    if profile.numbers.pattern and not _holds(re.compile, profile.numbers.pattern, re.error):
        yield Flaw("/numbers/pattern", f"{profile.numbers.pattern!r} is no regular expression")
    if not _holds(ZoneInfo, profile.content.zone, (ZoneInfoNotFoundError, ValueError)):
        yield Flaw("/content/zone", f"{profile.content.zone!r} is no IANA time zone")
    for index, form in enumerate(profile.content.forms):
        if form in profile.content.forms[:index]:
            yield Flaw(f"/content/forms/{index}", f"{form.form_type} is accepted twice")


def _verification(profile: Profile) -> Iterator[Flaw]:
    """See that channel and message types agree, and that an annex fits into a document."""
    taken, wanted = profile.verification_types, profile.verifies_by_message
    if wanted and taken != VERIFICATIONS:
        lacking = ", ".join(sorted(VERIFICATIONS - taken))
        yield Flaw("/wire/message_types", f"verification is by message and lacks {lacking}")
    if taken and not wanted:
        said = f"takes {min(taken)}; verification by message is not agreed"
        yield Flaw("/border/verification", said)
    # Base64 writes three bytes in four; the rest of the document needs room too.
    if profile.border.annex_bytes * 4 // 3 >= profile.wire.max_document_bytes:
        yield Flaw("/border/annex_bytes", "an annex of this size fits into no document")


def _holds(
    make: Callable[[str], object],
    text: str,
    failure: type[Exception] | tuple[type[Exception], ...],
) -> bool:
    try:
        make(text)
    except failure:
        return False
    return True


def _pins(profile: Profile, on: date) -> Iterator[Flaw]:
    for index, pin in enumerate(profile.pins):
        if on >= pin.not_after:
            said = f"the pin expired on {pin.not_after}; ask {profile.name} for its next one"
            yield Flaw(f"/pins/{index}/not_after", said)


def _named(file: Path, flaws: list[Flaw]) -> ConfigurationError:
    text = file.read_text("utf-8")
    first, *more = sorted((line_of(text, flaw.path), flaw.problem) for flaw in flaws)
    said = [first[1], *(f"line {line}: {problem}" for line, problem in more)]
    return ConfigurationError(file=file, line=first[0], problem="; ".join(said))
