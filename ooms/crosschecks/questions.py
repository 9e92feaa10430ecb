"""Puts an application into the words that registers are asked in."""

from __future__ import annotations

from ooms.applications.model import Application, Content
from ooms.crosschecks.model import Amount, Goods, Party, Question, Role, Stated
from ooms.exporters.model import Exporter


def question_of(application: Application, exporter: Exporter, *, stated: Stated) -> Question:
    """Gather everything that any register is asked about an application."""
    content = application.content
    departure = content.transport.departure_date if content.transport else None
    return Question(
        agreement=content.agreement,
        import_country=content.import_country,
        exporter=Party(Role.EXPORTER, exporter.name, exporter.country, exporter.tax_id),
        others=_others(content),
        goods=tuple(
            Goods(
                item_no=line.item_no,
                hs=line.hs,
                description=line.description,
                trademark=line.trademark,
                model=line.model,
                amounts=tuple(Amount(one.value, one.unit) for one in line.quantities),
            )
            for line in content.lines
        ),
        declarations=content.export_declarations,
        shipped_on=content.shipped_on or departure,
        stated=stated,
    )


def _others(content: Content) -> tuple[Party, ...]:
    buyer, producer = content.named_buyer(), content.producer
    named = [Party(Role.BUYER, buyer.name, buyer.country)]
    if producer is not None:
        named.append(Party(Role.PRODUCER, producer.name, producer.country))
    operators = {
        (one.operator.name, one.operator.country) for one in content.invoices if one.operator
    }
    named.extend(Party(Role.OPERATOR, name, country) for name, country in sorted(operators))
    return tuple(named)
