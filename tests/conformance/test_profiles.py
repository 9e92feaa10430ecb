"""Every partner file is complete, consistent, sourced, and can be spoken; a new one needs no code.

`make conformance PARTNER=<code>` runs the tests of one partner.
"""

import re
import tomllib
from datetime import UTC, datetime

import pytest

from eodes.dialects.engine import all_nodes
from eodes.dialects.plan import general
from eodes.dialects.register import Dialects
from eodes.domain.verdict import Refusal
from eodes.forms.register import Forms
from eodes.node.card import make_card, read_card
from eodes.node.enrolment import judge_card
from eodes.node.folder import NodePlan, make_node
from eodes.partners.register import SHIPPED, Profiles, load_profile, profile_files
from eodes.wire import envelope, parser
from eodes.wire.parser import Document, Limits
from eodes.wire.signer import load_signer
from tests import builders
from tests.conformance.profile_points import IDENTITY, POINTS, may_be_absent, profile_fields

TODAY = datetime.now(UTC).date()
DIALECTS = Dialects.load()
FORMS = Forms.load()
FILES = profile_files(SHIPPED)

NOTE = re.compile(
    r"(\d+) (?P<title>.+?)\. Source: (?P<source>.+?)\. Verified: (?P<verified>yes|no)\."
)
#: Texts that were read themselves; only they may stand behind "Verified: yes".
PRIMARY_TEXTS = (
    "China-Korea FTA",
    "Korea-India CEPA",
    "Korea-Viet Nam FTA",
    "Korea, Directive on origin investigation",
    "Korea, Enforcement Decree of the FTA Customs Special Act",
    "Korea, Enforcement Rules of the FTA Customs Special Act",
    "Korea, FTA Customs Special Act",
)

every_profile = pytest.mark.parametrize("file", FILES, ids=[file.parent.name for file in FILES])


@pytest.fixture
def fourth(tmp_path):
    """A newcomer's file for a partner that nobody ever wrote code for.

    The partner is made up: Brazil is party to none of the agreements here.  What is proved is that
    one file is enough.
    """
    text = (SHIPPED / "id-insw" / "profile.toml").read_text()
    for old, new in (
        ('code = "id-insw"', 'code = "br-rfb"'),
        ('authority = "ID-INSW"', 'authority = "BR-RFB"'),
        ('country = "ID"', 'country = "BR"'),
        ('name = "Indonesia National Single Window"', 'name = "Receita Federal do Brasil"'),
        ('dialect = "eodes"', 'dialect = "gacc"'),
        ('zone = "Asia/Jakarta"', 'zone = "America/Sao_Paulo"'),
        ('style = "AS_PRINTED"', 'style = "WITHOUT_HYPHENS"'),
        ("retention_years = 5", "retention_years = 10"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = tmp_path / "partners" / "br-rfb" / "profile.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


# What is asked of every file


def profile_of(file):
    return load_profile(file, on=TODAY, dialects=DIALECTS.by_name)


def missing_fields(file):
    written = tomllib.loads(file.read_text())
    return [
        path
        for paths in POINTS.values()
        for path in paths
        if not may_be_absent(path)
        and path.partition(".")[2] not in written.get(path.partition(".")[0], {})
    ]


def notes(file):
    """The notes over the points: number, source, and whether the primary text was read."""
    text = re.sub(r"\n#   ", " ", file.read_text())
    lines = [line.removeprefix("# ") for line in text.splitlines() if re.match(r"# \d+ ", line)]
    return [
        NOTE.match(line) or pytest.fail(f"no source, or no verdict on it: {line}") for line in lines
    ]


def unknown_forms(profile):
    known = {(form.agreement, form.form_type) for form in FORMS.editions if form.is_used(TODAY)}
    return [form for form in profile.content.forms if (form.agreement, form.form_type) not in known]


def unspoken_fields(profile):
    nodes = all_nodes(DIALECTS.named(profile.wire.dialect).plan)
    spoken = {general(node.where) for node in nodes} | {node.where for node in nodes}
    return [rule.path for rule in profile.content.fields if rule.path not in spoken]


def certificate_comes_back(profile, agreement):
    dialect = DIALECTS.named(profile.wire.dialect)
    certificate = builders.a_certificate(agreement=agreement)
    element = dialect.write_certificate(certificate, profile=profile)
    assert not isinstance(element, tuple), element
    document = parser.parse(envelope.payload_bytes(element), limits=Limits())
    assert isinstance(document, Document)
    returned = dialect.read_certificate(document.root)
    return returned == dialect.wire_view(certificate, profile=profile)


# The points themselves


def test_thirty_three_points_cover_every_field_of_a_profile():
    covered = [path for paths in POINTS.values() for path in paths]

    assert sorted(POINTS) == list(range(1, 34))
    assert len(covered) == len(set(covered))
    assert set(covered) | IDENTITY == set(profile_fields())


# The files that ship


@every_profile
def test_profile_is_consistent_and_its_pins_are_in_force(file):
    assert profile_of(file).code == file.parent.name


@every_profile
def test_profile_writes_out_every_point_of_variation(file):
    assert missing_fields(file) == []


@every_profile
def test_every_point_names_its_source_and_a_verdict(file):
    numbers = sorted(int(note[1]) for note in notes(file))

    assert numbers == sorted(POINTS)


@every_profile
def test_only_primary_texts_stand_behind_verified(file):
    unfounded = [
        note[0]
        for note in notes(file)
        if note["verified"] == "yes" and not note["source"].startswith(PRIMARY_TEXTS)
    ]

    assert unfounded == []


@every_profile
def test_every_accepted_form_is_described_and_in_use(file):
    assert unknown_forms(profile_of(file)) == []


@every_profile
def test_administrations_country_is_party_to_its_forms(file):
    profile = profile_of(file)

    for accepted in profile.content.forms:
        form = FORMS.on(agreement=accepted.agreement, form_type=accepted.form_type, on=TODAY)
        assert profile.country in form.parties.countries, accepted


@every_profile
def test_dialect_of_the_profile_is_spoken_in_its_version(file):
    wire = profile_of(file).wire

    assert DIALECTS.named(wire.dialect).version == wire.dialect_version


@every_profile
def test_every_field_rule_names_a_field_of_the_dialect(file):
    assert unspoken_fields(profile_of(file)) == []


@every_profile
def test_certificate_on_every_accepted_form_goes_there_and_back(file):
    profile = profile_of(file)

    for accepted in profile.content.forms:
        assert certificate_comes_back(profile, accepted.agreement), accepted


# A partner nobody wrote code for


def test_fourth_partner_by_one_file_passes_the_same_checks(fourth):
    profile = profile_of(fourth)

    assert missing_fields(fourth) == []
    assert sorted(int(note[1]) for note in notes(fourth)) == sorted(POINTS)
    assert unknown_forms(profile) == []
    assert unspoken_fields(profile) == []
    assert all(certificate_comes_back(profile, one.agreement) for one in profile.content.forms)


def test_fourth_partner_by_one_file_is_found_and_introduced(fourth, tmp_path):
    now = datetime.now(UTC)
    profile = Profiles.load(fourth.parent.parent, on=TODAY)["br-rfb"]
    node = make_node(tmp_path / "node", plan=NodePlan("BR-RFB", test=True), now=now, random=bytes)
    key = load_signer(node.keys.signing_key, node.keys.signing_certificate)

    read = read_card(make_card(node, profile=profile, signer=key, now=now), now=now)

    assert not isinstance(read, Refusal)
    assert judge_card(read.card, profile=profile, now=now) is None
    assert read.card.capabilities.dialects[0].name == "gacc"


@pytest.mark.parametrize(
    "forgotten", ["retention_years", "charset", "match_keys", "style", "issuing_bodies"]
)
def test_incomplete_profile_is_named_by_what_it_lacks(fourth, forgotten):
    text = fourth.read_text()
    fourth.write_text(re.sub(rf"(?m)^{forgotten} = .*\n", "", text))

    assert [path.partition(".")[2] for path in missing_fields(fourth)] == [forgotten]
