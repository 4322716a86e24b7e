"""One scene per question: what it shows, and what an answer to it means."""
