"""The conversation without a screen: what is asked now, and what an answer means."""
