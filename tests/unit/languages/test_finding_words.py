"""What lint finds is told in words of its own, in every language."""

import pytest

from ooms.languages.catalogues import LANGUAGES, catalogue
from ooms.lint.words import means, remedy

RULED = ("RUL-RULED", "RUL-RULED-ALIKE", "RUL-RULED-OTHERWISE")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("code", RULED)
def test_ruling_that_lint_finds_has_its_own_words(code, language):
    words = catalogue(language)
    unknown = means("RUL-NOTHING", words), remedy("RUL-NOTHING", words)

    assert means(code, words) != unknown[0]
    assert remedy(code, words) != unknown[1]
    assert means(code, words) != means("RUL-STALE", words)
