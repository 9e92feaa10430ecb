"""The URI that says where in a token a key is."""

from pathlib import Path

import pytest

from eodes.errors import ConfigurationError
from eodes.wire.pkcs11_signer import TokenUri, parse_token_uri

GOOD = "pkcs11:token=My%20HSM;object=signing?module-path=/lib/m.so&pin-source=file:/run/pin"


def test_token_uri_is_read_with_its_escapes():
    assert parse_token_uri(GOOD) == TokenUri(
        token="My HSM",
        object_label="signing",
        module_path="/lib/m.so",
        pin_file=Path("/run/pin"),
    )


def test_pin_file_may_be_written_with_an_empty_host():
    assert parse_token_uri(GOOD.replace("file:/", "file:///")).pin_file == Path("/run/pin")


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "token=a;object=b",
        GOOD.replace("pkcs11:", "pkcs12:"),
        GOOD.replace("token=My%20HSM;", ""),
        GOOD.replace("object=", "id="),
        GOOD.replace("&pin-source=file:/run/pin", ""),
        GOOD.replace("&pin-source=file:/run/pin", "&pin-value=1234"),
        GOOD.replace("file:", "|cat "),
    ],
)
def test_uri_that_lacks_a_part_is_refused_without_its_secret(uri):
    with pytest.raises(ConfigurationError) as caught:
        parse_token_uri(uri)

    assert "1234" not in str(caught.value)
