"""The doors in: what is known of a patient, and what is known to the world."""
