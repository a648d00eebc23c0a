"""What is read of the definitions of the product without reading them whole."""

import pytest
import yaml

from motcua.indices.rules.shipped import codes, index_of, shipped
from motcua.indices.rules.writing import plain_of
from motcua.indices.rules.yamlfile import dump


@pytest.mark.parametrize("code", codes())
def test_the_head_of_a_file_tells_its_index_and_the_compiled_writer_writes_what_the_plain_one_does(code: str) -> None:
    definition = shipped(code)
    assert index_of(code) == definition.index
    assert yaml.safe_load(dump(plain_of(definition)))["code"] == code
