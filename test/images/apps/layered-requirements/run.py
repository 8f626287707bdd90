import os

import psycopg2
import slugify

print(psycopg2.__libpq_version__ > 0, slugify.slugify("A b"), os.environ["DATABASE_URL"], os.getuid(), oct(os.stat("/entrypoint").st_mode))
