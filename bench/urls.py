"""The addresses phones call, and one that does a single plain INSERT with what a phone sends: what submissions are measured against."""

from uuid import uuid4

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from aanchal.access import queries as access
from aanchal.access.actions import token_hash
from aanchal.access.middleware import acts_alone
from aanchal.field.urls import urlpatterns as phones


@csrf_exempt
@acts_alone
def plain(request, token):
    """The same body over the same server, middleware and sign-in of the phone; then one row in a transaction, and nothing more."""
    if access.device_of(token_hash(token)) is None:
        return HttpResponse(status=401)
    body = request.FILES["xml_submission_file"].read()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_plain (id, body) VALUES (%s, %s)", [uuid4(), body])
    return HttpResponse(status=201)


urlpatterns = [path("plain/<str:token>", plain), *phones]
