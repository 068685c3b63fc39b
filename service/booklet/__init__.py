"""The booklet of resources for partners: hosts who agreed to stand in it, with what they need."""
