"""Sentences and words for every code, in Japanese and English."""

from matching.phrases.reasons import NAMES_OF_FACTORS, PHRASES, Phrase
from matching.phrases.words import WORDS

__all__ = ["NAMES_OF_FACTORS", "PHRASES", "WORDS", "Phrase"]
