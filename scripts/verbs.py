"""Make the list of strong forms of Dutch verbs anew, from simplemma: each verb with its forms that
no ending explains. Search knows by it that hielp is of helpen.

    .venv/bin/python scripts/verbs.py
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kennisplatform.model.vocabulary import Taal  # noqa: E402
from kennisplatform.search.analysis import Analyser, fold  # noqa: E402
from kennisplatform.search.files import DICTIONARY  # noqa: E402
from kennisplatform.search.verbs import STRONG, infinitive  # noqa: E402

ENDINGS = ("t", "te", "ten", "de", "den", "d", "end", "ende")


def weak_forms(form: str) -> list[str]:
    """Give what is left of a form without its ending, and without ge."""
    bases = [form.removesuffix(ending) for ending in ENDINGS if form.endswith(ending)]
    return [*bases, *(base.replace("ge", "", 1) for base in bases if "ge" in base)]


def main() -> None:
    term = Analyser(Taal()).term
    known = {word for file in DICTIONARY for word in file.read_text("utf-8").split()}
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in DefaultDictionaryFactory().get_dictionary("nl").items():
        forms[fold(lemma)].add(fold(form))
    lines = []
    for verb, every in sorted(forms.items()):
        if not (verb.isascii() and verb.isalpha() and verb.endswith("n") and len(verb) > 3):
            continue
        strong = [
            form
            for form in sorted(every & known)
            if len(form) > 2
            and infinitive(form) == verb
            and term(verb) not in {term(f) for f in (form, *weak_forms(form))}
        ]
        # Who has no past of its own is no verb.
        if strong and f"{verb}d" in every:
            lines.append(" ".join((verb, *strong)))
    STRONG.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
