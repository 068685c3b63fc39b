"""Who is told what outside of the screen: own choices, the daily mail, calendar feeds."""
