"""The shipped forms say what they claim, and the examples of the documentation satisfy them."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from eodes.domain.certificate import Certificate, PartyRole
from eodes.domain.constraints.judge import CONSTRAINTS, judge
from eodes.domain.form import Form, Presence
from eodes.domain.record import field_names, flaws_of, hints, read, shape, write
from eodes.forms.register import CALENDARS as CALENDAR_FOLDER
from eodes.forms.register import DATA
from tests.builders import example_certificates
from tests.judging import CALENDARS, FORMS, context_for
from tests.write_examples import FOLDER, text_of

AGREEMENTS = {"AKFTA", "APTA", "ATIGA", "KCFTA", "KICEPA", "KRIN", "KVFTA", "RCEP"}
EXAMPLES = example_certificates()
forms = pytest.mark.parametrize("form", FORMS.editions, ids=lambda form: form.agreement)
DOUBTS = ("working knowledge", "secondary", "not read", "not re-read", "nterpreted")
examples = pytest.mark.parametrize("name", EXAMPLES)


def test_every_agreement_of_the_contract_has_its_form():
    assert {form.agreement for form in FORMS.editions} == AGREEMENTS


@forms
def test_boxes_of_a_form_are_numbered_once(form):
    numbers = [box.number for box in form.boxes]

    assert len(set(numbers)) == len(numbers)
    assert [int(number) for number in numbers] == list(range(len(numbers)))


@forms
def test_boxes_name_fields_that_certificates_have(form):
    paths = [path for box in form.boxes for path in (*box.fields, *box.also)]
    alternatives = [one for path in paths for one in path.split("|")]

    assert [path for path in alternatives if not _exists(path)] == []


def _exists(path):
    """Follow a path like `parties[EXPORTER].name` through the record types."""
    kind = Certificate
    for step in path.split("."):
        name, _, selector = step.partition("[")
        if name not in field_names(kind):
            return False
        if name == "parties" and selector.rstrip("]") not in PartyRole.__members__:
            return False
        kind = shape(hints(kind)[name]).bare
    return True


@forms
def test_customs_boxes_ask_nothing_of_the_issuer(form):
    asking = [box.number for box in form.boxes if box.presence is Presence.CUSTOMS and box.fields]

    assert asking == []


@forms
def test_boxes_that_rules_name_are_on_the_form(form):
    numbers = {box.number for box in form.boxes}
    named = {endorsement.box for endorsement in form.endorsements}
    named |= {form.third_country_invoicing.box} - {None}

    assert named <= numbers


@forms
def test_every_value_of_a_form_has_its_source(form):
    sourced = list(_records_with_source(form))

    assert len(sourced) > 20
    assert all(record.source.strip() for record in sourced)


@forms
def test_working_knowledge_is_never_called_verified(form):
    proud = [one.source for one in _records_with_source(form) if one.verified and _is_doubt(one)]

    assert proud == []


def _records_with_source(form: Form):
    for field in fields(form):
        value = getattr(form, field.name)
        for record in value if isinstance(value, tuple) else (value,):
            if hasattr(record, "source"):
                yield record


def _is_doubt(record: Any) -> bool:
    return any(word in record.source for word in DOUBTS)


def test_unread_agreement_is_verified_nowhere():
    apta = next(form for form in FORMS.editions if form.agreement == "APTA")

    assert not any(record.verified for record in _records_with_source(apta))


def test_every_form_and_calendar_file_was_read():
    assert len(FORMS.editions) == len(list(DATA.glob("*.toml")))
    assert len(CALENDARS.files) == len(list(CALENDAR_FOLDER.glob("*.toml")))


def test_every_constraint_has_its_code_and_sentence():
    codes = [constraint.code for constraint in CONSTRAINTS]

    assert len(set(codes)) == len(codes)
    assert [code[:7] for code in codes[:16]] == [f"RUL-C{number:02}" for number in range(1, 17)]
    assert all(constraint.sentence.endswith(".") for constraint in CONSTRAINTS)


def test_each_agreement_has_three_example_files():
    for agreement in AGREEMENTS:
        assert len(list((FOLDER / agreement).glob("*.json"))) == 3, agreement


@examples
def test_example_file_shows_what_its_builder_makes(name):
    written = (FOLDER / f"{name}.json").read_text("utf-8")

    assert written == text_of(EXAMPLES[name]), "run: python -m tests.write_examples"


@examples
def test_example_reads_and_writes_back_the_same(name):
    data = json.loads(_file(name).read_text("utf-8"))

    certificate = read(Certificate, data)

    assert certificate == EXAMPLES[name]
    assert write(certificate) == data


@examples
def test_example_satisfies_its_form_without_findings(name):
    certificate = EXAMPLES[name]

    assert flaws_of(certificate) == ()
    assert judge(certificate, context_for(certificate)) == ()


def _file(name: str) -> Path:
    return FOLDER / f"{name}.json"
