"""The documentation says what the code does: current, complete, linked, and true of its files."""

import ast
import re

import pytest

from eodes.domain.lifecycle import TABLES
from eodes.domain.message import Header, MessageType
from eodes.domain.refusals.catalogue import CATALOGUE, FAMILIES
from eodes.store.tables import metadata
from eodes.wire import envelope, parser, signature
from eodes.wire.keyring import pin_key
from eodes.wire.parser import Document, Limits
from eodes.wire.schemas import Schemas
from eodes.wire.signer import load_certificate
from tests.house import pages, source
from tools.docs import __main__ as writing
from tools.docs import commands, errors, jobs, packs, profiles, settings
from tools.docs.office_codes import OFFICE_CODES
from tools.docs.pack_words import EVERYWHERE, MEANINGS

CODE = re.compile(r"(ENV|SIG|SCH|REF|RUL|DUP|LIN|LED|AUT|SYS)-[A-Z0-9-]+")
CATALOGUE_FOLDER = "eodes/domain/refusals/"

# Files that a page tells the reader to make.
TO_BE_MADE = ("eodes/partners/br-rfb",)


def test_generated_pages_are_those_that_would_be_written():
    stale = [
        path
        for path, text in writing.all_pages().items()
        if not (writing.REFERENCE / path).is_file()
        or (writing.REFERENCE / path).read_text("utf-8") != text
    ]

    assert stale == [], "run make docs"


def test_every_refusal_code_is_in_the_catalogue():
    assert _codes_in("eodes") - set(CATALOGUE) == set()


def test_the_catalogue_holds_no_code_that_nobody_gives():
    assert set(CATALOGUE) - _codes_in("eodes") == set()


def test_codes_of_the_office_are_explained_too():
    given = _codes_in("ooms")

    assert given - set(CATALOGUE) - set(OFFICE_CODES) == set()
    assert set(OFFICE_CODES) - given == set()


def test_every_refusal_is_explained_in_one_sentence_each():
    for meaning in CATALOGUE.values():
        assert meaning.family in FAMILIES
        for sentence in (meaning.means, meaning.next_step):
            assert sentence.endswith("."), meaning.code
            assert sentence[0].isupper() or sentence.startswith("`"), meaning.code


REFERENCE = {
    "settings.md": lambda: (
        {one.key for one in settings.all_settings()} | {key for key, _ in settings.office_keys()}
    ),
    "environment.md": lambda: {one.variable for one in settings.all_settings()},
    "jobs.md": lambda: (
        {one.name for one in jobs.all_jobs()} | {one.name for one in jobs.all_office_jobs()}
    ),
    "states.md": lambda: {state.value for one in TABLES for state in one.moves},
    "errors.md": lambda: {kind.__name__ for kind in errors.all_errors()},
    "refusals.md": lambda: set(CATALOGUE) | set(OFFICE_CODES),
    "command-line.md": lambda: {name for name, _, _ in commands.all_commands()},
    "messages.md": lambda: {kind.value for kind in MessageType},
    "tables.md": lambda: set(metadata.tables),
    "profiles.md": lambda: {one.code for one in profiles.shipped_profiles()},
}


@pytest.mark.parametrize("name", REFERENCE)
def test_reference_names_everything_that_there_is(name):
    said = pages.page(f"docs/reference/{name}").text

    missing = {one for one in REFERENCE[name]() if not re.search(rf"\b{re.escape(one)}\b", said)}

    assert missing == set()


def test_page_of_packs_explains_every_key_and_no_other():
    asked = {path: set(keys) for path, keys in packs.inquire().keys.items()}

    assert {path: set(words) for path, words in MEANINGS.items()} == {
        path: keys - set(EVERYWHERE) for path, keys in asked.items()
    }


def test_every_profile_names_the_source_of_all_33_points():
    for profile in profiles.shipped_profiles():
        assert set(profiles.told(profile.code)) == set(range(1, 34)), profile.code


@pytest.mark.parametrize("one", pages.pages(), ids=lambda one: one.name)
def test_links_lead_to_a_page_and_its_heading(one):
    lost = [target for target in one.links if not _leads_somewhere(one, target)]

    assert lost == []


def _leads_somewhere(one, target):
    path, _, anchor = target.partition("#")
    file = (one.path.parent / path).resolve() if path else one.path
    if not file.exists():
        return False
    return not anchor or anchor in pages.Page(file, file.read_text("utf-8")).anchors


@pytest.mark.parametrize("one", pages.pages(), ids=lambda one: one.name)
def test_files_that_a_page_names_are_there(one):
    missing = [
        name
        for name in one.named_files
        if not name.startswith(TO_BE_MADE) and not list(source.REPOSITORY.glob(name))
    ]

    assert missing == []


@pytest.mark.parametrize("one", pages.pages(), ids=lambda one: one.name)
def test_commands_that_a_page_names_exist_with_their_options(one):
    known = {name: command for name, command, _ in commands.all_commands()}
    wrong = []
    for words in one.command_lines:
        name = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in known), None)
        if name is None:
            wrong.append(" ".join(words[:3]))
            continue
        options = {text for each in known[name].params for text in each.opts} | {"--help"}
        wrong += [
            f"{name} {word}"
            for word in words
            if word.startswith("--") and word.partition("=")[0] not in options
        ]

    assert [each for each in wrong if each.split()[1] not in COMING] == []


# Verbs of later issues, which pages name to say that they are not there yet.
COMING = {"conformance", "evidence"}


# Written by the bench on the machine that it measured; linked from the index once it is there.
MEASURED = "performance.md"


def test_every_page_is_reached_from_the_index():
    index = pages.page("docs/index.md")
    linked = {(index.path.parent / target).resolve() for target in index.links}
    unreached = [
        one.name
        for one in pages.pages()
        if one.path.parent.name in ("tutorial", "how-to", "explanation", "reference")
        and one.path not in linked
        and one.path.name != MEASURED
    ]

    assert unreached == []


WIRE = source.REPOSITORY / "docs/explanation/wire"
SIGNED = {"1-co-issue": "kr-kcs", "2-co-cancel": "kr-kcs", "3-ack-business": "cn-gacc"}


@pytest.fixture(scope="module")
def wire():
    return {name: _verified(name, signer) for name, signer in SIGNED.items()}


def test_signed_examples_stand_before_our_own_judge(wire):
    assert [header.sender for header, _ in wire.values()] == ["KR-KCS", "KR-KCS", "CN-GACC"]


def test_signed_examples_form_one_chain(wire):
    (first, first_digest), (second, second_digest), (answer, _) = wire.values()

    assert (first.channel_seq, first.previous_digest) == (1, "0" * 64)
    assert (second.channel_seq, second.previous_digest) == (2, first_digest)
    assert answer.causation_id == second.message_id
    assert second_digest in (WIRE / "3-ack-business.xml").read_text("utf-8")


def test_example_on_the_page_is_the_signed_one(wire):
    second, _ = wire["2-co-cancel"]
    shown = pages.page("docs/explanation/one-message-on-the-wire.md").text

    for value in (second.message_id, second.body_digest, second.previous_digest):
        assert value in shown
    signed = (WIRE / "2-co-cancel.xml").read_text("utf-8")
    assert re.findall(r"<ds:SignatureValue>(.+?)</", signed)[0] in shown


def _verified(name, signer):
    """Parse, validate and verify a signed example; return its header and digest."""
    document = parser.parse((WIRE / f"{name}.xml").read_bytes(), limits=Limits())
    assert isinstance(document, Document), document
    header = envelope.read_header(document.root)
    assert isinstance(header, Header), header
    pin = pin_key(
        load_certificate(WIRE / f"{signer}.cert.pem"),
        authority=signer.upper(),
        allowed=("ECDSA-SHA256",),
    )
    verified = signature.verify(document, trust={pin.sha256: pin}, at=header.created_at)
    assert isinstance(verified, signature.Verified), verified
    assert envelope.check_body_digest(header, verified.canonical) is None
    assert Schemas.load(source.REPOSITORY / "xsd").validate(document.root) is None
    return header, verified.digest.hex()


def _codes_in(package):
    return {
        node.value
        for each in source.python_files(package)
        if not each.path.startswith(CATALOGUE_FOLDER)
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    }
