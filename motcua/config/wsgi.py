"""The program as a WSGI application, served by granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()

# What the start has loaded stays for ever, so the collector of garbage need not look at it again, nor so often at a request.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
