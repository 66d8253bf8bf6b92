"""Doors for other people's knowledge, one file each: bytes in, claims and what was unread out."""
