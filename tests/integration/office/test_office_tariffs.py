"""An office loads its own tariff: whole, once, and again when it changes."""

from sqlalchemy import text

from ooms.audit.service import verify_chain
from ooms.tariffs.model import Line, Loading, Tariff

FIRST = Tariff(2022, "en", (Line("8504", "transformers"), Line("850440", "converters")))
CHANGED = Tariff(2022, "en", (Line("850440", "static converters"),))
FRENCH = Tariff(2022, "fr", (Line("850440", "convertisseurs"),))
OLDER = Tariff(2017, "en", (Line("850440", "converters of 2017"),))
CODES = ("85", "8504", "850440")


def load(office, tariff):
    return office.works.do(lambda work: office.tariffs.load(work, tariff, who="kim"))


def wording(office, edition=2022):
    found = office.works.read(lambda work: office.tariffs.wording(work, edition, codes=CODES))
    return [(one.language, one.line.code, one.line.description) for one in found]


def trail(office):
    with office.works.database.read() as connection:
        return (
            connection.execute(
                text("SELECT subject FROM ooms_audit WHERE what = 'tariff.loaded' ORDER BY seq")
            )
            .scalars()
            .all()
        )


def test_loaded_wording_is_found_by_code(offices):
    office = offices.offices["KR-KCS"]

    assert load(office, FIRST) is Loading.ADDED
    assert wording(office) == [("en", "8504", "transformers"), ("en", "850440", "converters")]
    assert wording(office, edition=2017) == []


def test_tariff_that_is_loaded_already_changes_nothing(offices):
    office = offices.offices["KR-KCS"]
    load(office, FIRST)

    assert load(office, FIRST) is Loading.UNCHANGED
    assert trail(office) == ["tariff/2022/en"]


def test_changed_tariff_takes_the_place_of_the_old(offices):
    office = offices.offices["KR-KCS"]
    load(office, FIRST)

    assert load(office, CHANGED) is Loading.REPLACED
    assert wording(office) == [("en", "850440", "static converters")]


def test_editions_and_languages_stand_beside_each_other(offices):
    office = offices.offices["KR-KCS"]
    for tariff in (FIRST, FRENCH, OLDER):
        load(office, tariff)

    load(office, CHANGED)

    assert wording(office) == [
        ("en", "850440", "static converters"),
        ("fr", "850440", "convertisseurs"),
    ]
    assert wording(office, edition=2017) == [("en", "850440", "converters of 2017")]


def test_loading_is_told_in_the_audit_trail(offices):
    office = offices.offices["KR-KCS"]
    load(office, FIRST)
    load(office, CHANGED)

    assert trail(office) == ["tariff/2022/en", "tariff/2022/en"]
    assert office.works.read(verify_chain) >= 2
