"""What is looked at in a version of a piece before anybody is asked to approve it."""
