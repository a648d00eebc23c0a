"""The forms of the desk of directives and tasks."""
