from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

BASE = Path(__file__).parent
if not settings.configured:
    settings.configure(
        SECRET_KEY="x",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATIC_URL="/static/",
        STATIC_ROOT=BASE / "collected",
        STATICFILES_DIRS=[BASE / "assets"],
    )
urlpatterns = [path("", lambda request: HttpResponse((BASE / "collected" / "hello.txt").read_text()))]
application = get_wsgi_application()
