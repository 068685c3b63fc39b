"""What is written about somebody is sealed with a key of their own before it is stored."""
