"""Whether a FASTA and a GFF3 are of one genome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onkos.model import Chromosome
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


def other_assembly(
    genome: Reference, lengths: Mapping[str, int], chromosomes: Sequence[Chromosome]
) -> list[str]:
    """What shows that the bases are not of the assembly that they are said to be of.

    A chromosome that is longer than that of the assembly, or as long as that of another; a base
    of a known site that is not there. A FASTA of parts of chromosomes shows the last alone.
    """
    own = {one.name: one for one in chromosomes if one.assembly == genome.assembly}
    problems = []
    for name in sorted(own.keys() & lengths.keys()):
        length, right = lengths[name], own[name].length
        theirs = [
            one.assembly
            for one in chromosomes
            if one.name == name and one.length == length != right
        ]
        if theirs:
            problems.append(f"chromosome {name} has {length:,} bases, as in {theirs[0]}")
        elif length > right:
            problems.append(
                f"chromosome {name} has {length:,} bases, that of {genome.assembly} {right:,}"
            )
    sites = [(one, int(at), base) for one in own.values() for at, base in one.sites.items()]
    there = [(base, genome.sequence(one.name, at, at)) for one, at, base in sites]
    looked_up = [(base, found) for base, found in there if found and found != "N"]
    wrong = sum(base != found for base, found in looked_up)
    if wrong:
        problems.append(
            f"{wrong} of {len(looked_up)} known sites of {genome.assembly} have another base"
        )
    return problems
