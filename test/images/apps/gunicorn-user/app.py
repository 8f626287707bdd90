import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    with open("/srv/data/written", "w") as file:
        file.write("x")
    return f"{os.getuid()} {os.stat('/srv/app/app.py').st_uid} {os.stat('/srv/data').st_gid}"
