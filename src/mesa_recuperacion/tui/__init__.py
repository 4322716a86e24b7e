"""What the screens share: capture line, clock, meters, keys and the bridge to threads."""
