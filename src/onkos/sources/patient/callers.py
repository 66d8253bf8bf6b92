"""Which program called the variants of a VCF, told by its header.

Each caller signs its files in its own way: by ``##source``, by its command line, by its version.
A file whose signature was lost on the way is told by FORMAT fields that only one caller writes.
What each writes is documented with it: GATK 4 (Mutect2), GATK 3 (MuTect), Strelka's user guide
(``docs/userGuide``), VarDict's ``var2vcf`` scripts, VarScan 2, DRAGEN's product guide, Pisces,
Torrent Suite's variant caller, Sentieon's manual, freebayes, octopus' documentation, DeepSomatic,
LoFreq, and for structural variants Manta, GRIDSS, DELLY, LUMPY and hmftools.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pysam import VariantHeader


class Caller(NamedTuple):
    """A program that writes a VCF.

    Attributes
    ----------
    signature : str
        Pattern of the header line that only this program writes.
    fields : frozenset of str
        FORMAT fields that together only this program writes; empty where it has none.
    inherited : bool
        Calls what all cells of a person share: its calls are not known to be the tumour's.
    filtering : str
        The step that has to fill in FILTER after the calling; empty where the caller does so.
    tumour_first : bool
        The tumour's column stands before the normal's by the program's own rule.
    marks_somatic : bool
        Germline changes stand in the file too; those of the tumour carry INFO/SOMATIC.
    calls_structures : bool
        Calls structural variants: what it does not call says nothing of small ones.
    """

    name: str
    signature: str
    fields: frozenset[str] = frozenset()
    inherited: bool = False
    filtering: str = ""
    tumour_first: bool = False
    marks_somatic: bool = False
    calls_structures: bool = False


def _fields(text: str) -> frozenset[str]:
    return frozenset(text.split())


# In the order of preference where one header shows several of one family.
CALLERS = (
    Caller(
        "Mutect2",
        r"^source=mutect2|^mutectversion=|^gatkcommandline.*\bid=mutect2",
        filtering="gatk FilterMutectCalls",
    ),
    Caller("MuTect", r"^mutect=|^source=mutect\b|\bid=mutect,", _fields("AD BQ FA SS")),
    Caller("Strelka2", r"^source=strelka", _fields("AU CU GU TU")),
    Caller("Strelka2", r"^content=strelka", _fields("TAR TIR TOR")),
    Caller("VarDict", r"^source=vardict", _fields("VD ALD RD AD AF"), tumour_first=True),
    Caller("VarScan2", r"^source=varscan", _fields("RD AD FREQ")),
    Caller("TNscope", r"^sentieoncommandline\.tnscope", _fields("AFDP ALTHC")),
    Caller("TNhaplotyper2", r"^sentieoncommandline\.tnhaplotyper2", filtering="sentieon TNfilter"),
    Caller("TNhaplotyper", r"^sentieoncommandline\.tnhaplotyper=|\bid=tnhaplotyper,"),
    Caller("TNsnv", r"^sentieoncommandline\.tnsnv"),
    Caller("DRAGEN", r"^dragen(version|commandline)=|^source=dragen"),
    Caller("Pisces", r"^source=pisces|^pisces_cmdline=", _fields("VF NL SB")),
    Caller("Torrent Variant Caller", r"^source=\W*tvc\b", _fields("FAO FDP FRO")),
    Caller(
        "FreeBayes",
        r"^source=freebayes|^commandline=\W*freebayes",
        _fields("RO QR AO QA"),
        inherited=True,
        filtering="a filter on quality and depth (bcftools filter)",
    ),
    Caller("Octopus", r"^octopus=", _fields("HSS"), marks_somatic=True),
    Caller("DeepSomatic", r"^deepsomatic_version=|^source=deepsomatic"),
    Caller("DeepVariant", r"^deepvariant_version=", inherited=True),
    Caller("LoFreq", r"^source=lofreq"),
    Caller("SAGE", r"^sageversion="),
    Caller("Manta", r"^source=generatesvcandidates|^source=manta", calls_structures=True),
    Caller("GRIDSS", r"^source=gridss|^gridssversion=|\bid=gridss", calls_structures=True),
    Caller("PURPLE", r"^purpleversion=", _fields("REFPAIR VF DF SF")),
    Caller("DELLY", r"^source=delly", _fields("DR DV RR RV"), calls_structures=True),
    Caller("LUMPY", r"^source=lumpy|^source=svtyper", _fields("SU PE SR"), calls_structures=True),
    Caller(
        "GATK HaplotypeCaller",
        r"\bid=(haplotypecaller|genotypegvcfs|unifiedgenotyper),|^source=haplotypecaller",
        inherited=True,
    ),
)
_DEEP_VARIANT = next(caller for caller in CALLERS if caller.name == "DeepVariant")
_DEEP_SOMATIC = next(caller for caller in CALLERS if caller.name == "DeepSomatic")
_PATTERNS = tuple((caller, re.compile(caller.signature)) for caller in CALLERS)
_QUOTED = re.compile(r'="')
# A header line may hold a whole command; what tells the program stands at its start.
_LONGEST_LOOKED_AT = 400


class Called(NamedTuple):
    """Who called the variants of a file.

    Attributes
    ----------
    callers : tuple of Caller
        Several where calls were merged; empty where the header does not tell.
    told : str
        By what.
    """

    callers: tuple[Caller, ...]
    told: str

    @property
    def names(self) -> str:
        """The callers, for the reader."""
        names = list(dict.fromkeys(caller.name for caller in self.callers))
        return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)

    @property
    def only(self) -> Caller | None:
        """The caller, where there is one."""
        names = {caller.name for caller in self.callers}
        return self.callers[0] if len(names) == 1 else None


def header_lines(header: VariantHeader) -> Iterator[str]:
    """Lines of the header that define no field, as ``key=value`` or ``key=name=value,...``."""
    for record in header.records:
        if record.type not in {"GENERIC", "STRUCTURED"}:
            continue
        if record.value is not None:
            yield f"{record.key}={record.value}"
        else:
            yield f"{record.key}=" + "".join(f"{k}={v}," for k, v in record.items())


def who_called(header: VariantHeader) -> Called:
    """The programs that signed the header; by their FORMAT fields where none did."""
    found: dict[Caller, str] = {}
    for line in header_lines(header):
        start = _QUOTED.sub("=", line[:_LONGEST_LOOKED_AT]).casefold()
        for caller, pattern in _PATTERNS:
            if caller not in found and pattern.search(start):
                found[caller] = "##" + line.partition("=")[0]
    if not found:
        present = set(header.formats)
        found = {c: "its FORMAT fields" for c in CALLERS if c.fields and c.fields <= present}
    if _DEEP_VARIANT in found and "GERMLINE" in header.filters:
        # DeepSomatic signs as DeepVariant, on which it is built; only its filters differ.
        found[_DEEP_SOMATIC] = found.pop(_DEEP_VARIANT)
    signed = [caller for caller in CALLERS if caller in found]
    return Called(tuple(signed), ", ".join(dict.fromkeys(found[caller] for caller in signed)))
