import sys

import jinja2
import markupsafe

print(sys.prefix, jinja2.Template("{{ word }}").render(word="conda"), markupsafe._speedups.__name__)
