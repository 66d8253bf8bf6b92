"""The words that alterations are described in."""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """Whose change it is. Tumour-only sequencing leaves it unknown."""

    SOMATIC = "somatic"
    GERMLINE = "germline"
    UNKNOWN = "unknown"


class Consequence(StrEnum):
    """What a small variant does to its transcript."""

    MISSENSE = "missense"
    NONSENSE = "nonsense"
    FRAMESHIFT = "frameshift"
    INFRAME_DELETION = "in-frame deletion"
    INFRAME_INSERTION = "in-frame insertion"
    DELINS = "in-frame delins"
    SPLICE = "splice"
    SPLICE_REGION = "splice region"
    START_LOST = "start lost"
    STOP_LOST = "stop lost"
    SYNONYMOUS = "synonymous"
    PROMOTER = "promoter"
    INTRONIC = "intronic"
    UTR = "untranslated"
    NONCODING = "non-coding"
    UNKNOWN = "unknown"


class Oncogenicity(StrEnum):
    """Whether a change drives cancer, whatever the drug."""

    ONCOGENIC = "oncogenic"
    LIKELY_ONCOGENIC = "likely oncogenic"
    RESISTANCE = "resistance"
    UNCERTAIN = "uncertain significance"
    LIKELY_BENIGN = "likely benign"
    BENIGN = "benign"

    @property
    def drives(self) -> bool:
        """True where the change counts as an oncogenic mutation."""
        return self in {
            Oncogenicity.ONCOGENIC,
            Oncogenicity.LIKELY_ONCOGENIC,
            Oncogenicity.RESISTANCE,
        }

    @property
    def harmless(self) -> bool:
        """True where the change is known not to matter."""
        return self in {Oncogenicity.BENIGN, Oncogenicity.LIKELY_BENIGN}


class CopyCall(StrEnum):
    """A gene's copies relative to the tumour's own level."""

    AMPLIFICATION = "amplification"
    GAIN = "gain"
    NEUTRAL = "neutral"
    LOSS = "heterozygous loss"
    DELETION = "deletion"


class Event(StrEnum):
    """Structural changes inside one gene that have names of their own."""

    ITD = "ITD"
    PTD = "PTD"
    SKIPPING = "exon skipping"
    EXONS_LOST = "exons lost"
    BROKEN = "broken by a rearrangement"
    SPLICE_VARIANT = "splice variant"


class StatedClass(StrEnum):
    """Classes of finding in a laboratory's summary."""

    MUTATION = "mutation"
    ONCOGENIC = "oncogenic mutation"
    LOSS_OF_FUNCTION = "loss of function"
    LOSS = "loss"
    DELETION = "deletion"
    AMPLIFICATION = "amplification"
    FUSION = "fusion"
    FRAMESHIFT = "frameshift"
    REVERSION = "reversion mutation"
    PROTEIN_LOSS = "protein loss"
    EVENT = "event"
