"""Nodes for the tests: made by the real maker, at a fixed time, with counted serial numbers."""

from datetime import UTC, datetime

from eodes.node.folder import NodePlan, make_node
from eodes.partners.register import Profiles
from eodes.wire.signer import load_signer

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PROFILES = Profiles.load(on=NOW.date())


def plan_of(authority, **changed):
    return NodePlan(authority=authority, **changed)


def make(folder, plan):
    return make_node(folder, plan=plan, now=NOW, random=bytes)


def signer_of(settings, passphrase=None):
    keys = settings.keys
    return load_signer(keys.signing_key, keys.signing_certificate, passphrase=passphrase)


def profile_of(settings):
    return PROFILES[settings.profile]
