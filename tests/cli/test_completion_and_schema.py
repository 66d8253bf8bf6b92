"""What other programs ask the command for."""

import json

import jsonschema
import pytest


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_completion_script_names_the_command(run, shell):
    shown = run("completion", shell)
    assert shown.exit_code == 0
    assert "_ONKOS_COMPLETE" in shown.output


def test_commands_are_completed(run):
    env = {"_ONKOS_COMPLETE": "zsh_complete", "COMP_WORDS": "onkos kn", "COMP_CWORD": "1"}
    shown = run(env=env)
    assert "knowledge" in shown.output


def test_an_unknown_shell_is_a_usage_error(run):
    assert run("completion", "cmd").exit_code == 2


def test_the_schema_is_one_and_fits_what_match_prints(run):
    schema = json.loads(run("schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    shown = run("match", "EGFR L858R", "--disease", "NSCLC", "--format", "json")
    jsonschema.Draft202012Validator(schema).validate(json.loads(shown.stdout))
