"""What an institution publishes through, what went out, what was measured, and the evidence of each."""
