"""The tree of tumour types: who is whose kind, and what a name means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from onkos.errors import VocabularyError
from onkos.model.names import disease_key, nearest
from onkos.model.verdict import Answer
from onkos.model.vocabulary import AmbiguousName, Disease, DiseaseGroup


class DiseaseTree:
    """Names to codes, and ancestry.

    Parameters
    ----------
    diseases, groups, ambiguous
        The vocabulary's entries.
    """

    def __init__(
        self,
        diseases: Iterable[Disease],
        groups: Iterable[DiseaseGroup] = (),
        ambiguous: Iterable[AmbiguousName] = (),
    ) -> None:
        self.by_code = {disease.code: disease for disease in diseases}
        self.groups = {group.name: group for group in groups}
        self.ambiguous = {disease_key(a.term): a for a in ambiguous}
        self._ancestors = lru_cache(maxsize=None)(self._climb)
        self._judge = lru_cache(maxsize=20_000)(self._judged)

    @cached_property
    def _code_by_name(self) -> dict[str, str]:
        table: dict[str, str] = {}
        for rank in ("former", "tcga", "synonyms", "name", "code"):
            for disease in self.by_code.values():
                words = getattr(disease, rank)
                for word in (words,) if isinstance(words, str) else words:
                    if word:
                        table[disease_key(word)] = disease.code
        return table

    def resolve(self, text: str) -> str:
        """The code that a code, name, synonym or TCGA abbreviation means.

        Raises
        ------
        VocabularyError
            For an unknown name, with the nearest ones; for one that means two things.
        """
        key = disease_key(text)
        code = self._code_by_name.get(key)
        doubt = self.ambiguous.get(key)
        if doubt and not (code and text.strip().upper() == code):
            choices = [f"{c} ({self.by_code[c].name})" for c in doubt.codes if c in self.by_code]
            raise VocabularyError("disease", text, choices, f"say which: {doubt.note}")
        if code is None:
            raise VocabularyError("disease", text, self.nearest(text))
        return code

    def doubt(self, text: str) -> str:
        """What else an accepted code may mean; empty for most."""
        doubt = self.ambiguous.get(disease_key(text))
        return f"{text}: {doubt.note}" if doubt else ""

    def nearest(self, text: str, limit: int = 3, cutoff: float = 75) -> tuple[str, ...]:
        """Known names most like `text`, one for each code."""
        names = [name for d in self.by_code.values() for name in (d.name, *d.synonyms, d.code)]
        found: dict[str, str] = {}
        for name in nearest(text, names, limit=limit * 3, cutoff=cutoff):
            found.setdefault(self._code_by_name[disease_key(name)], name)
        return tuple(list(found.values())[:limit])

    def clear_nearest(self, text: str) -> str | None:
        """The one code that `text` is plainly a misspelling of, or None.

        The best candidate must be close, and clearly closer than any other code's.
        """
        from rapidfuzz import fuzz, process

        names = {
            name: d.code for d in self.by_code.values() for name in (d.name, *d.synonyms, d.code)
        }
        ranked = process.extract(
            text, list(names), scorer=fuzz.ratio, limit=10, processor=str.casefold
        )
        if not ranked or ranked[0][1] < 85:
            return None
        best = names[ranked[0][0]]
        others = [score for name, score, _ in ranked if names[name] != best]
        return best if not others or ranked[0][1] - others[0] >= 5 else None

    def name(self, code: str) -> str:
        """The node's name, or a group's first everyday name."""
        if code in self.by_code:
            return self.by_code[code].name
        group = self.groups.get(code)
        return group.aliases[0] if group and group.aliases else code

    def ancestors(self, code: str) -> frozenset[str]:
        """The node itself and all above it, groups included."""
        return self._ancestors(code)

    def _climb(self, code: str) -> frozenset[str]:
        found: set[str] = set()
        while code and code not in found:
            found.add(code)
            node = self.by_code.get(code)
            code = node.parent if node else ""
        groups = self.groups.values()
        held = (g for g in groups if found & set(g.includes) and not found & set(g.excludes))
        return frozenset(found | {group.name for group in held})

    def covers(self, codes: Iterable[str], patient: str) -> Answer:
        """Whether a patient's node lies at or below any of `codes`.

        Unknown where the patient's node lies above one: the diagnosis is coarser.
        """
        wanted = set(codes)
        if wanted & self.ancestors(patient):
            return Answer.MET
        if any(self._coarser(patient, code) for code in wanted):
            return Answer.UNKNOWN
        if any(self._group_below(code, patient) for code in wanted):
            return Answer.UNKNOWN
        return Answer.UNMET

    def _coarser(self, patient: str, code: str) -> bool:
        node = self.by_code.get(code)
        if node and node.turned and node.parent == patient:
            return False
        return patient in self.ancestors(code)

    def _group_below(self, name: str, patient: str) -> bool:
        group = self.groups.get(name)
        return group is not None and any(patient in self.ancestors(c) for c in group.includes)

    def judge(
        self, patient: str, codes: Iterable[str], excepted: Iterable[str] = ()
    ) -> tuple[Answer, str]:
        """The answer to "is this the claim's disease", and why.

        A patient whose very diagnosis the claim names has the claim's disease, though a
        finer one is excepted: AML, in a claim of AML except promyelocytic leukaemia.

        Returns
        -------
        Answer, str
            The sentence says what to find out where the answer is unknown.
        """
        return self._judge(patient, tuple(codes), tuple(excepted))

    def _judged(
        self, patient: str, codes: tuple[str, ...], excepted: tuple[str, ...]
    ) -> tuple[Answer, str]:
        inside, outside = self.covers(codes, patient), self.covers(excepted, patient)
        mine, theirs = self.name(patient), ", ".join(self.name(code) for code in codes)
        if outside is Answer.MET:
            return Answer.UNMET, f"{mine} is excepted"
        if inside is Answer.MET and outside is Answer.UNKNOWN and patient not in codes:
            names = ", ".join(self.name(code) for code in excepted)
            return Answer.UNKNOWN, f"specify the diagnosis: {mine} may be the excepted {names}"
        if inside is Answer.MET:
            return Answer.MET, f"{mine} is covered by {theirs}"
        if inside is Answer.UNKNOWN:
            return Answer.UNKNOWN, f"specify the diagnosis: {mine} is coarser than {theirs}"
        return Answer.UNMET, f"{mine} is not {theirs}"

    def solid(self, code: str) -> bool | None:
        """True for solid tumours, False for blood, None above both."""
        above = self.ancestors(code)
        if "SOLID" in above:
            return True
        return False if "BLOOD" in above else None
