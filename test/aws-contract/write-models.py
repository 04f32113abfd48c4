"""Writes botocore.json: of botocore's models, what the calls that Root Guard sends may hold.

    pip install botocore
    python test/aws-contract/write-models.py

The calls are those of calls.json (the templates', by CloudFormation) and every command class of the SDK that scripts/
imports. Names, required members, lengths, ranges, patterns and enumerations stay; documentation and answers do not.
"""

import gzip
import json
import re
from pathlib import Path

import botocore

HERE = Path(__file__).parent
DATA = Path(botocore.__file__).parent / "data"
KEPT = ("required", "enum", "min", "max", "pattern")


def main():
    wanted = templates_calls()
    for service, names in commands_calls().items():
        wanted.setdefault(service, set()).update(names)
    services = {}
    for model in models():
        service = model["metadata"]["serviceId"]
        names = wanted.pop(service.lower().replace(" ", "-"), None)
        if names is not None:
            services[service] = kept(model, sorted(names))
    if wanted:
        raise SystemExit(f"botocore {botocore.__version__} has no service {', '.join(sorted(wanted))}")
    lines = ",\n".join(f"{json.dumps(name)}: {service_text(services[name])}" for name in sorted(services))
    HERE.joinpath("botocore.json").write_text(
        f'{{"botocore": {json.dumps(botocore.__version__)}, "services": {{\n{lines}\n}}}}\n'
    )


def templates_calls():
    wanted = {}
    for rows in json.loads(HERE.joinpath("calls.json").read_text()).values():
        for row in rows:
            wanted.setdefault(row["service"].lower().replace(" ", "-"), set()).add(row["call"])
    return wanted


def commands_calls():
    """By the SDK's package: the command classes that are imported, without Command."""
    wanted = {}
    for file in HERE.parent.parent.joinpath("scripts").rglob("*.ts"):
        for names, package in re.findall(r"import \{([^}]*)\} from '@aws-sdk/client-([\w-]+)'", file.read_text()):
            found = {name for name in re.findall(r"\b(\w+)Command\b", names)}
            if found:
                wanted.setdefault(package, set()).update(found)
    return wanted


def models():
    """The newest model of each service."""
    for folder in sorted(DATA.iterdir()):
        files = sorted(folder.glob("*/service-2.json*"))
        if files:
            opened = gzip.open if files[-1].suffix == ".gz" else open
            with opened(files[-1], "rt", encoding="utf8") as file:
                yield json.load(file)


def kept(model, names):
    missing = [name for name in names if name not in model["operations"]]
    if missing:
        raise SystemExit(f"{model['metadata']['serviceId']} has no call {', '.join(missing)}")
    inputs = {name: model["operations"][name].get("input", {}).get("shape") for name in names}
    shapes, waiting = {}, [shape for shape in inputs.values() if shape]
    while waiting:
        name = waiting.pop()
        if name in shapes:
            continue
        shape = model["shapes"][name]
        small = {key: shape[key] for key in KEPT if shape.get(key)}
        if shape["type"] == "structure":
            small["members"] = {member: of["shape"] for member, of in shape["members"].items()}
            waiting += small["members"].values()
        for part in ("member", "key", "value"):
            if part in shape:
                small[part] = shape[part]["shape"]
                waiting.append(small[part])
        shapes[name] = small
    # What holds its value to nothing need not be kept: a name without a shape is a value that is free.
    return {"calls": inputs, "shapes": {name: shapes[name] for name in sorted(shapes) if shapes[name]}}


def service_text(service):
    shapes = ",\n".join(f"  {json.dumps(name)}: {json.dumps(shape)}" for name, shape in service["shapes"].items())
    return f'{{"calls": {json.dumps(service["calls"])}, "shapes": {{\n{shapes}\n}}}}'


main()
