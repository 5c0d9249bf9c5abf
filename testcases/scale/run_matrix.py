#!/usr/bin/env python3
"""Runs the commands of integration/ci-matrix/*.yml as the service would: every job of the matrix in a copy of the
sources, then the job that merges, with the files that the first ones hand on.

    run_matrix.py FILE SITE RESULT PATHS

FILE is github.yml or gitlab.yml, SITE the folder with the sources, RESULT where so2check.sarif is copied to, PATHS the
value of SO2CHECK_PATHS. Prints the exit status of the merging job. Fails if a job does what is not known here.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

import yaml


def run(script, folder, environment):
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, env={**os.environ, **environment}).returncode


def expand(text, values):
    """${{ name }}, as GitHub does before the shell sees the script."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: str(values[match.group(1)]), text)


def github_jobs(workflow, paths):
    """Of each shard and of the merging job: script, variables, files handed on."""
    shard, merge = workflow["jobs"]["shard"], workflow["jobs"]["merge"]
    numbers = shard["strategy"]["matrix"]["shard"]
    assert merge["needs"] == "shard"
    for number in numbers:
        values = {"matrix.shard": number, "strategy.job-total": len(numbers), "vars.SO2CHECK_PATHS": paths}
        script = "\n".join(expand(step["run"], values) for step in shard["steps"] if "run" in step)
        upload = next(step for step in shard["steps"] if step.get("uses", "").startswith("actions/upload-artifact@"))
        yield script, {}, [expand(upload["with"]["path"], values)]
    yield "\n".join(step["run"] for step in merge["steps"] if "run" in step), {}, ["so2check.sarif"]


def gitlab_jobs(workflow, paths):
    shard, merge = workflow["so2check shard"], workflow["so2check merge"]
    count = shard["parallel"]
    assert merge["needs"] == ["so2check shard"]
    for number in range(1, count + 1):
        variables = {"CI_NODE_INDEX": str(number), "CI_NODE_TOTAL": str(count), "SO2CHECK_PATHS": paths}
        yield "\n".join(shard["script"]), variables, shard["artifacts"]["paths"]
    yield "\n".join(merge["script"]), {}, merge["artifacts"]["paths"]


def main():
    file, site, result, paths = sys.argv[1:]
    with open(file, encoding="utf-8") as stream:
        workflow = yaml.safe_load(stream)
    jobs = list((github_jobs if "jobs" in workflow else gitlab_jobs)(workflow, paths))
    handed_on = {}
    for number, (script, variables, files) in enumerate(jobs, 1):
        if os.path.isdir(site + ".job"):
            shutil.rmtree(site)
            os.rename(site + ".job", site)
        shutil.copytree(site, site + ".job")  # put back for the next job
        for name, content in handed_on.items():
            with open(os.path.join(site, name), "wb") as stream:
                stream.write(content)
        status = run(script, site, variables)
        if status != 0 and number < len(jobs):
            sys.exit(f"{file}: job {number} failed with status {status}")
        found = [name for pattern in files for name in glob.glob(pattern, root_dir=site)]
        if not found:
            sys.exit(f"{file}: job {number} left none of {files}")
        handed_on = {**handed_on, **{name: open(os.path.join(site, name), "rb").read() for name in found}}
    with open(result, "wb") as stream:
        stream.write(handed_on["so2check.sarif"])
    shutil.rmtree(site)
    os.rename(site + ".job", site)
    print(status)


if __name__ == "__main__":
    main()
