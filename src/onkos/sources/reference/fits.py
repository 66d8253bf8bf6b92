"""Whether a FASTA and a GFF3 are of one genome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onkos.model.reference import Reference, Transcript, reverse_complement

# A gene model of one assembly on the bases of another begins with ATG one time in 64. Few
# transcripts of a genome do not (other start codons), so that half is far from both.
LEAST_STARTS = 0.5
LOOKED_AT = 200
_ENDS = frozenset({"TAA", "TAG", "TGA"})


def misfit(
    genome: Reference, transcripts: Sequence[Transcript], lengths: Mapping[str, int]
) -> list[str]:
    """What shows that the two do not belong together; empty where nothing does.

    Exons that lie beyond the end of a chromosome, and coding sequences that do not begin with
    ATG and end with a stop codon.
    """
    beyond = [t for t in transcripts if t.end > lengths[t.chromosome]]
    if beyond:
        one = beyond[0]
        return [
            f"{len(beyond)} transcripts lie beyond the end of their chromosome, as {one.id} "
            f"({one.chromosome}:{one.start}-{one.end}; {lengths[one.chromosome]} bases)"
        ]
    coding = [t for t in transcripts if t.coding and t.whole and not t.phase]
    sampled = coding[:: max(1, len(coding) // LOOKED_AT)]
    right = sum(_begins_and_ends(t, genome) for t in sampled)
    if sampled and right < LEAST_STARTS * len(sampled):
        return [
            f"of {len(sampled)} coding sequences looked at only {right} begin with ATG and end "
            "with a stop codon: the transcripts are of another assembly than the bases"
        ]
    return []


def _begins_and_ends(transcript: Transcript, genome: Reference) -> bool:
    if transcript.coding is None:
        return False
    low, high = transcript.coding
    first = genome.sequence(transcript.chromosome, low, low + 2)
    last = genome.sequence(transcript.chromosome, high - 2, high)
    if transcript.strand < 0:
        first, last = reverse_complement(last), reverse_complement(first)
    # A codon may be split by an intron; one sound end is enough then.
    return first == "ATG" or last in _ENDS
