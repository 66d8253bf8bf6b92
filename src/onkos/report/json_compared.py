"""What other sources say, in JSON's terms."""

from __future__ import annotations

from typing import Any

from onkos.model import Compared, Voice

Json = dict[str, Any]


def compared_json(one: Compared) -> Json:
    """One regimen as all sources see it."""
    return {
        "therapy": list(one.therapy),
        "consensus": str(one.consensus),
        "why": list(one.why),
        "tried": one.tried or None,
        "asks": list(one.asks),
        "within": list(one.within),
        "silent": list(one.silent),
        "voices": [_voice(voice) for voice in one.voices],
    }


def _voice(voice: Voice) -> Json:
    return {
        "source": voice.source,
        "stance": str(voice.stance),
        "level": voice.level or None,
        "at_home": voice.at_home,
        "items": voice.items,
        "elsewhere": voice.elsewhere,
        "clinical": voice.clinical,
        "years": [year for year in (voice.oldest, voice.newest) if year is not None],
        "alterations": list(voice.alterations),
        "diseases": list(voice.diseases),
        "settings": list(voice.settings),
        "fits": voice.fits,
        "of_class": voice.of_class or None,
        "claims": list(voice.claims),
        "facts": list(voice.facts),
    }
