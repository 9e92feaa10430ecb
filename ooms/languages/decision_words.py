"""How decisions on claims are told: grounds by their code, remedies, and the words around them."""

from __future__ import annotations

from collections.abc import Mapping

DECISIONS: Mapping[str, str] = {
    "completion.asked": "For line {line} of declaration {declaration}, the certificate "
    "{certificate} is to be completed by {until}: {defects}.",
    "completion.basis": "Basis: {source}.",
    "completion.late_still": "A completion is accepted after the certificate's validity as well, "
    "because preference was claimed in time.",
    "decision.basis": "Legal basis: {basis}.",
    "decision.denied": "Preference under {agreement} is denied for line {line} of declaration "
    "{declaration} (item {item} of certificate {certificate}, {quantity}).",
    "decision.facts": "Facts: {facts}",
    "decision.granted": "Preference under {agreement} is granted for line {line} of declaration "
    "{declaration} (item {item} of certificate {certificate}, {quantity}).",
    "decision.ground": "Ground: {ground}.",
    "decision.partly": "Preference under {agreement} is granted for {quantity} only of line {line} "
    "of declaration {declaration} (item {item} of certificate {certificate}), and denied for the "
    "rest.",
    "decision.secured": "The goods of line {line} of declaration {declaration} (item {item} of "
    "certificate {certificate}, {quantity}) are released under {agreement} against security, "
    "pending verification.",
    "decision.security": "Security held: {amount} {currency}, reference {reference}. It is "
    "released when preference is granted, and called when it is denied.",
    "decision.suspended": "Preference under {agreement} is suspended for line {line} of "
    "declaration {declaration} (item {item} of certificate {certificate}, {quantity}) until the "
    "verification ends; what is paid too much meanwhile is refunded.",
    "decision.verification": "Verification: {case}.",
    "ground.claimed_too_late": "preference was claimed later than the law allows after release",
    "ground.eaeuvn_visit": "no written consent to the visit came within 60 days, or it was refused",
    "ground.exceeded": "the certificate's item has not so much left",
    "ground.excluded_goods": "the agreement does not cover the goods in this country",
    "ground.expired": "the certificate was not valid any more when preference was claimed",
    "ground.first_exceeded": "the first certificate does not cover so much",
    "ground.first_expired": "the first certificate was not valid any more",
    "ground.first_missing": "the first certificate of a back-to-back certificate was not received "
    "or shown",
    "ground.first_not_standing": "the first certificate was replaced, cancelled or annulled",
    "ground.first_outside": "the first certificate does not come from a Party",
    "ground.forged": "the certificate was forged or altered",
    "ground.kcfta_importer": "the importer did not answer within one month of the request",
    "ground.kcfta_insufficient": "the result, or the visit, lacks what is needed to confirm the "
    "origin",
    "ground.kcfta_no_result": "the exporting Party's customs gave no result within six months",
    "ground.kcfta_visit_refused": "the exporting Party's customs denied the visit",
    "ground.kcfta_visit_silent": "the exporting Party's customs did not answer the request for a "
    "visit within 30 days",
    "ground.kr_35_1": "papers were not handed over in time without good reason, or were false or "
    "did not state the facts; a harmless clerical error excepted",
    "ground.kr_35_2_silent": "the foreign exporter or producer did not answer the written "
    "investigation in time",
    "ground.kr_35_2_visit_refused": "the visit was refused without a special reason",
    "ground.kr_35_2_visit_silent": "no answer came within the period to the request for consent "
    "to a visit",
    "ground.kr_35_3": "access to books and records was refused without good reason, or the proofs "
    "of origin were not kept",
    "ground.kr_35_4": "the investigation showed another origin than was declared",
    "ground.kr_35_4_insufficient": "what was handed over lacks what is needed to confirm the "
    "origin",
    "ground.kr_35_5_insufficient": "the partner's result lacks what is needed to confirm the "
    "origin",
    "ground.kr_35_5_origin": "the partner's result shows another origin than was declared",
    "ground.kr_35_5_silent": "the partner's customs did not send its result within the period",
    "ground.kr_35_6": "the applicant for an advance ruling held back or falsified what could have "
    "changed it, or did not keep its conditions",
    "ground.kr_35_7": "the agreement itself lets preference be denied",
    "ground.kr_44_2_1": "who is investigated is insolvent, has closed or cannot be found, so that "
    "no investigation is possible",
    "ground.kr_44_2_2": "who is investigated refused, obstructed or evaded the investigation",
    "ground.kvfta_no_result": "no result came within six months after receipt of the request",
    "ground.kvfta_requirements": "the good does not meet the requirements of the agreement",
    "ground.kvfta_visit_silent": "no written consent to the visit came within 30 days",
    "ground.no_result": "no result came within the period of the agreement",
    "ground.no_such_item": "the certificate has no such item",
    "ground.no_waiver": "the consignment is worth more than may come without a proof, or was split",
    "ground.not_conform": "the certificate does not conform, and was not corrected within the "
    "period",
    "ground.not_direct": "the goods did not come directly, or nothing shows that they did",
    "ground.not_of_a_party": "the goods are not of a Party of the agreement",
    "ground.not_originating": "the goods do not originate",
    "ground.not_standing": "the certificate was replaced, cancelled or annulled",
    "ground.not_verifiable": "what came does not suffice to confirm the origin",
    "ground.officer": "an officer found so after looking at the papers",
    "ground.other_destination": "the certificate is made out for another country",
    "ground.other_goods": "the goods are not those of the certificate",
    "ground.other_unit": "the item is not measured in the declared unit",
    "ground.papers_not_shown": "the papers that were asked for were not shown in time",
    "ground.stored_too_long": "the goods were stored on the way for longer than the agreement "
    "allows",
    "ground.unknown": "no certificate of this number was received or shown",
    "late_claim.paper_asked": "The paper is asked for: {reason}.",
    "late_claim.paper_waived": "No paper is needed: the data were exchanged ({source}).",
    "late_claim.received": "The claim after release in declaration {declaration} was received on "
    "{on}; it is decided by {until} ({source}).",
    "late_claim.too_late": "claimed on {on}; the last day was {until} ({source})",
    "objection.late": "The objection of {on} against the decision on line {line} of declaration "
    "{declaration} cannot be heard: the last day was {until} ({source}).",
    "objection.received": "The objection against the decision on line {line} of declaration "
    "{declaration} was received on {on}; it is decided by {until} ({source}).",
    "objection.reversed": "The objection against the decision on line {line} of declaration "
    "{declaration} is right, and there is a new decision: {words}",
    "objection.supplement": "The objection against the decision on line {line} of declaration "
    "{declaration} has to be put right until {until}: {words} These days do not count in the "
    "period for its decision ({source}).",
    "objection.upheld": "The decision on line {line} of declaration {declaration} stands: {words}",
    "prior_notice.intended": "It is intended to deny preference under {agreement} for line {line} "
    "of declaration {declaration} (item {item} of certificate {certificate}).",
    "prior_notice.submit": "What could show otherwise, and may be handed in: {submit}",
    "prior_notice.until": "You may answer until {until}; nothing is decided before, unless you say "
    "that you have nothing more to add ({source}).",
    "remedy.late_claim": "Preference may be claimed again with a proof of origin until {until} "
    "({source}).",
    "remedy.late_claim.open": "Preference may be claimed again with a proof of origin within the "
    "period after release ({source}).",
    "remedy.objection": "An objection may be made in writing until {until} ({source}).",
    "remedy.objection.open": "An objection may be made in writing ({source}).",
}
