"""What an activity says of itself, validated once for files, HTTP bodies and stored rows."""

from catalogue.terms.activity import ActivityTerms
from catalogue.terms.parts import AccessTerms, Attendance, Levels, Minutes, Needs, Toilet
from catalogue.terms.schedule_item import ScheduleItem
from catalogue.terms.times import Clock, Day
from catalogue.terms.values import Form, Ref, Title, Words

__all__ = [
    "AccessTerms",
    "ActivityTerms",
    "Attendance",
    "Clock",
    "Day",
    "Form",
    "Levels",
    "Minutes",
    "Needs",
    "Ref",
    "ScheduleItem",
    "Title",
    "Toilet",
    "Words",
]
