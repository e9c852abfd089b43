"""The pages of the requests and of their pieces."""
