#!/usr/bin/env bash
# Offers the tests the real programs they judge us by; says what is skipped when one is missing.
# PostgreSQL and the Python judges come from the locked wheels. Nothing here may fail the run.
set -uo pipefail

installable() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; }

wanted=()
command -v xmlsec1 >/dev/null 2>&1 || wanted+=(xmlsec1)
command -v softhsm2-util >/dev/null 2>&1 || wanted+=(softhsm2)
command -v chromium >/dev/null 2>&1 || wanted+=(chromium)
fc-list :lang=ko 2>/dev/null | grep -q . || wanted+=(fontconfig fonts-noto-cjk)

if [ "${#wanted[@]}" -gt 0 ] && [ -z "${NO_APT:-}" ] && installable; then
    echo "servers: installing ${wanted[*]} (NO_APT=1 prevents it)" >&2
    export DEBIAN_FRONTEND=noninteractive
    timeout 120 apt-get -qq update >/dev/null 2>&1
    timeout 300 apt-get -qq install -y --no-install-recommends "${wanted[@]}" >/dev/null 2>&1
fi

report() { # report COMMAND PURPOSE HOW-TO
    if command -v "$1" >/dev/null 2>&1; then
        echo "servers: $1 found: $2" >&2
    else
        echo "servers: $1 MISSING, skipped: $2. $3" >&2
    fi
}
report xmlsec1 "signatures judged by a second verifier" "Install the package xmlsec1."
report softhsm2-util "signing keys inside a PKCS#11 token" "Install the package softhsm2."
report chromium "every page in a real browser" "Install the package chromium."
report javac "signatures judged by the JDK" "Install any JDK, version 17 or later."
exit 0
