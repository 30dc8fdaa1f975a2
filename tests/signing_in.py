"""Signs somebody in as the login does, second factor given."""

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client, user):
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client
