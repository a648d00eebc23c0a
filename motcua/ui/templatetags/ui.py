"""`{% load ui %}`: every component of the design language as a tag. The README shows each in a line."""

from django import template

from motcua.ui.tags import boxes, charts, filters, forms, frame, pieces, time

register = template.Library()
for part in (filters, pieces, time, forms, boxes, charts, frame):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
