#!/bin/sh
# Installs recoverycli from this folder. No network, no root. Usage: sh install.sh [FOLDER]
# PYTHON names another Python: PYTHON=python3.12 sh install.sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
exec "${PYTHON:-python3}" -I "$here/install.py" "$@"
