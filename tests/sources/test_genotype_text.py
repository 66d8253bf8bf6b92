"""Genotypes of genes that handle drugs, as laboratories write them."""

import pytest

from onkos.sources.patient.text import observe
from tests.sources.read_text import read


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("TPMT *3B het, *3C het", "TPMT", "intermediate metaboliser"),  # *1/*3A
        ("TPMT rs1800460 heterozygous, rs1142345 heterozygous", "TPMT", "intermediate metaboliser"),
        ("TPMT *3B/*3C", "TPMT", "poor metaboliser"),  # the strands are told
        ("TPMT *3B homozygous, *3C homozygous", "TPMT", "poor metaboliser"),
        ("NUDT15 p.R139C homozygous", "NUDT15", "poor metaboliser"),
        ("NUDT15 R139C heterozygous", "NUDT15", "intermediate metaboliser"),
        ("DPYD Y186C heterozygous", "DPYD", "intermediate metaboliser"),
        ("DPYD c.1905+1G>A heterozygous", "DPYD", "intermediate metaboliser"),
        ("NUDT15 *3/*3", "NUDT15", "poor metaboliser"),
    ],
)
def test_a_genotype_gives_its_phenotype(vocabulary, text, name, status):
    found = {m.name: m for m in read(text, vocabulary).measurements}
    assert found[name].status == status


def test_two_variants_taken_for_one_haplotype_are_said_to_be(vocabulary):
    (found,) = read("TPMT *3B het, *3C het", vocabulary).measurements
    assert "taken as *3A on one copy" in found.method


def test_a_change_of_the_tumour_stays_one(vocabulary):
    observed = read("NUDT15 R139C VAF 30%", vocabulary)
    assert not observed.measurements
    assert observed.alterations[0].label == "NUDT15 R139C"


def test_alleles_ruled_out_are_no_genotype_and_the_way_out_is_told(vocabulary):
    (unread,) = observe(["DPYD *2A negative"], vocabulary).unread
    assert "write DPYD *1/*1" in unread.remedy
