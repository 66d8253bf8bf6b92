"""Two cohorts of acute myeloid leukaemia classified, and held against what was published."""
