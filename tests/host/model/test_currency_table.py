from argosy.model.currency_table import COMMODITIES, CRYPTO, FIAT


def test_no_code_stands_twice_and_all_are_in_order() -> None:
    for table in (FIAT, COMMODITIES, CRYPTO):
        codes = [row[0] for row in table]
        assert sorted(set(codes)) == codes
    everything = [row[0] for table in (FIAT, COMMODITIES, CRYPTO) for row in table]
    assert len(set(everything)) == len(everything)


def test_no_number_of_the_standard_stands_twice() -> None:
    numbers = [number for _, _, number, _ in (*FIAT, *COMMODITIES) if number]
    assert len(set(numbers)) == len(numbers)


def test_decimals_are_those_that_the_standard_gives() -> None:
    decimals = {code: precision for code, precision, _, _ in FIAT}
    none = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"}
    none |= {"VUV", "XAF", "XOF", "XPF"}
    assert none == {code for code, precision in decimals.items() if precision == 0}
    three = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
    assert three == {code for code, precision in decimals.items() if precision == 3}
    assert {"CLF"} == {code for code, precision in decimals.items() if precision > 3}
