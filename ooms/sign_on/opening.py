"""Opens the desk of identity providers from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ooms.access.service import Access
from ooms.sign_on.client import HttpProviderClient
from ooms.sign_on.section import OidcSection
from ooms.sign_on.service import SignOn


def open_sign_on(access: Access, sections: Mapping[str, OidcSection], *, folder: Path) -> SignOn:
    """Open the desk; a file that the settings name lies in a folder.

    Raises:
        ProviderSettingsError: such a file cannot be read.

    """
    return SignOn(
        access,
        {
            name: HttpProviderClient(section.provider(name, folder=folder))
            for name, section in sections.items()
        },
    )
