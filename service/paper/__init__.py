"""Paper for the person: a sheet about an activity, with readings over the words."""
