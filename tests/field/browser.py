"""Signing in, and reading pages."""

from django.urls import reverse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client, user):
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def url(name, submission):
    return reverse(name, args=[submission.pk])


def text(response):
    return response.content.decode()
