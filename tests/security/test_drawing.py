import pytest

from asylon.security import draw_key
from asylon.security.drawing import draw_nonce, draw_salt, draw_secret


@pytest.mark.parametrize(
    ("draw", "size"), [(draw_secret, 32), (draw_nonce, 12), (draw_salt, 32)]
)
def test_what_is_drawn_has_its_size_and_does_not_come_again(draw, size):
    drawn = {draw() for _ in range(1_000)}

    assert len(drawn) == 1_000
    assert {len(each) for each in drawn} == {size}


def test_no_two_keys_to_sign_with_are_the_same():
    assert draw_key().public != draw_key().public
