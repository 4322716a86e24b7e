"""The supervisor's side of the conversation: the board, what opens from it, and what is decided there."""
