#!/bin/sh
# SPDX-License-Identifier: MIT
# The courier against servers that fail and lie: see courier.py.

if ! command -v openssl >/dev/null || ! command -v python3 >/dev/null; then
    echo '1..0 # SKIP openssl and python3 are needed, and one of them is not installed'
    exit 0
fi
exec python3 -B "${srcdir:-.}/tests/cli/courier.py"
