"""An archive of the size of ClinVar's: how long it is added, and what looking up costs."""
