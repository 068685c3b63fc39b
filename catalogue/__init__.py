"""What hosts offer: places, activities, when they are open and what they ask of a person."""
