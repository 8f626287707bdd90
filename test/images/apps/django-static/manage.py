import sys

import site_app  # noqa: F401  (configures Django)
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
