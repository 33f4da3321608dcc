from argosy.model.powers import ten_to


def test_powers_are_ints_of_any_size() -> None:
    assert [10**exponent for exponent in range(81)] == [ten_to(each) for each in range(81)]
    assert all(type(ten_to(exponent)) is int for exponent in range(81))
