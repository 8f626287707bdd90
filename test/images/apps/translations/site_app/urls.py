import os

from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext


def index(request):
    return HttpResponse(gettext("Hello") + " " + open(os.path.join(settings.STATIC_ROOT, "a.txt")).read())


urlpatterns = [path("", index)]
