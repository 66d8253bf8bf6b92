"""Other people's knowledge, fetched from where it is published on an explicit command."""
