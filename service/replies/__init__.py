"""What hosts are asked through links, what they answer, and what follows from an answer."""
