"""What a supervisor may ask of the branch, and what is answered (rules D1 to D12): values, free of rows."""
