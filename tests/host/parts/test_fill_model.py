import random

from argosy.parts.fill_model import FillModel


def test_a_model_that_says_nothing_is_the_usual_one() -> None:
    model = FillModel()
    generator = random.Random(1)
    before = generator.getstate()
    model.use_random(generator)
    usual = (model.ignores_size, model.slips, model.is_limit_filled(), model.is_stop_filled())
    assert (False, False, True, True) == usual
    assert not model.is_slipped()
    assert before == generator.getstate()
