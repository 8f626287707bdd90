import os

from flask import Flask, local_settings

app = Flask(__name__)


@app.get("/")
def index():
    with open("/opt/store/items/one", "w") as file:
        file.write("x")
    return f"{local_settings.WORD} {os.stat('/opt/store/items').st_gid} {os.stat('/opt/store/app.py').st_uid}"
