"""The character NUL, which PostgreSQL keeps in no text: a bad request, and no fault of the program."""


def test_it_is_refused_in_words_and_the_next_request_is_answered(india, signed_in, officer):
    client = signed_in(officer)
    answer = client.get("/trail/?who=a%00b")
    assert answer.status_code == 400
    assert "<h1" in answer.text
    assert client.get("/trail/?who=ab").status_code == 200
