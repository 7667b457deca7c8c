# Sourced by the scripts, after they set $root: gives $python, the project's own environment.
# Makes .venv on first use, and anew when its lock file changes; with omgeving=dev it holds what
# tests and upkeep need too. Progress goes to stderr,
# so that what a command prints stays clean. Exits 2 when no usable Python is found.
# shellcheck shell=sh

# Only this project's library is seen, text is UTF-8 whatever the locale says, and no command compiles the whole library
# anew.
unset PYTHONHOME PYTHONDONTWRITEBYTECODE
export PYTHONPATH="$root/src" PYTHONUTF8=1
# Material prints a notice about its own future at every build; what the project does about that is in its decisions.
export NO_MKDOCS_2_WARNING=1

python=$root/.venv/bin/python
# Of an environment that is whole, one start of Python says so; else one that can make it is looked for.
if ! "$python" "$root/scripts/omgeving.py" --klaar "${omgeving-}" 2>/dev/null; then
    omgeving_systeem=
    omgeving_zonder_venv=
    for omgeving_naam in "$root/.venv/bin/python" python3.11 python3.12 python3.13 python3.14 python3 python; do
        # A command may exist and still not run (a pyenv shim), so each is tried; that shim takes long, too.
        if "$omgeving_naam" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            omgeving_systeem=$omgeving_naam
            break
        fi
        "$omgeving_naam" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        omgeving_zonder_venv=${omgeving_zonder_venv:-$omgeving_naam}
    done

    if [ -z "$omgeving_systeem" ]; then
        if [ -n "$omgeving_zonder_venv" ]; then
            omgeving_versie=$("$omgeving_zonder_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            cat >&2 <<EINDE
Python $omgeving_versie is er, maar het onderdeel venv (met ensurepip) ontbreekt.
Installeer het en start dit commando opnieuw:
    Debian, Ubuntu:   sudo apt install python$omgeving_versie-venv      (of: python3-venv)

Python $omgeving_versie is here, but its venv module (with ensurepip) is missing.
Install it and run this command again:
    Debian, Ubuntu:   sudo apt install python$omgeving_versie-venv      (or: python3-venv)
EINDE
        else
            cat >&2 <<'EINDE'
Er is geen Python 3.11 of nieuwer gevonden.
Installeer het en start dit commando opnieuw:
    Debian, Ubuntu:   sudo apt install python3 python3-venv
    Fedora:           sudo dnf install python3
    macOS:            brew install python
    anders:           https://www.python.org/downloads/

No Python 3.11 or newer was found.
Install it as shown above and run this command again.
EINDE
        fi
        exit 2
    fi
    "$omgeving_systeem" "$root/scripts/omgeving.py" "${omgeving-}" || exit
fi
