"""What the review reads: counters and pages of long lists, never a whole list of cases (rule F4)."""
