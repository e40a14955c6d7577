#!/usr/bin/env python3
"""Renews PublicAPI.Unshipped.txt of every project in src from what the analyzer finds undeclared or gone.

    python3 eng/public-api.py [PROJECT…]

Without arguments all projects. What the files list is the packages' public API: a change of it shows in a diff. At a release, the lines move to
PublicAPI.Shipped.txt.
"""
import pathlib
import re
import subprocess
import sys

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "src"
HEADER = "#nullable enable"
UNDECLARED = re.compile(r"RS00(?:16|37): Symbol '(.*)' is not part of the declared public API")
GONE = re.compile(r"RS0017: Symbol '(.*)' is part of the declared API, but is either not public or could not be found")


def renew(project: pathlib.Path) -> int:
    files = [project.parent / f"PublicAPI.{kind}.txt" for kind in ("Shipped", "Unshipped")]
    for file in files:
        if not file.exists():
            file.write_text(HEADER + "\n")
    command = ["dotnet", "build", str(project), "-c", "Release", "--no-dependencies", "--no-incremental", "-nologo", "-v", "quiet",
               "-p:RunAnalyzers=true", "-p:TreatWarningsAsErrors=false", "-p:WarningsNotAsErrors=RS0016%3BRS0017",
               "-p:GenerateDocumentationFile=true", "-clp:NoSummary"]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = set(files[1].read_text().split("\n")[1:])
    before = set(lines)
    for line in output.split("\n"):
        if match := UNDECLARED.search(line):
            lines.add(match[1])
        elif match := GONE.search(line):
            lines.discard(match[1])
    lines.discard("")
    before.discard("")
    files[1].write_text("\n".join([HEADER, *sorted(lines)]) + "\n")
    return len(lines ^ before)


def main() -> None:
    projects = [pathlib.Path(p).resolve() for p in sys.argv[1:]] or sorted(SOURCES.glob("*/*.csproj"))
    for project in projects:
        print(f"{project.stem}: {renew(project)} lines changed")


main()
