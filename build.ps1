#!/usr/bin/env pwsh
# The repository's commands for machines whose NuGet sources have every package, Windows above all.
# Where packages are missing, build.sh makes up for them (Debian); this script does not.
param(
    [Parameter(Position = 0)] [string] $Command = 'help',
    [Parameter(ValueFromRemainingArguments)] [string[]] $Arguments = @()
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'
$solution = Join-Path $root 'ImageRestoration.sln'
$env:DOTNET_NOLOGO = '1'

function Show-Usage {
    @'
usage: ./build.ps1 COMMAND [arguments]
  setup             check that the NuGet sources have every package, and restore them
  build             build everything
  test [arguments]  build, then run all tests; arguments go to `dotnet test`, for instance --filter NAME
  demo [arguments]  restore the bundled photographs; results and report.html in artifacts/demo
  pack              make the NuGet packages in artifacts/nupkg
  bench [filter]    run the benchmarks whose name matches the filter (default: all)
  help              show this text
'@
}

function Stop-Build([string] $Message) {
    [Console]::Error.WriteLine("build.ps1: $Message")
    exit 1
}

function Assert-DotNet {
    # Windows PowerShell takes a native program's standard error for an exception otherwise.
    $ErrorActionPreference = 'Continue'
    $download = 'Install it: https://dotnet.microsoft.com/download/dotnet/10.0'
    if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
        Stop-Build "the .NET SDK is needed (version 10.0.100 or a later 10.0), and 'dotnet' is not in PATH. $download"
    }
    Push-Location $root
    try { dotnet --version *> $null } finally { Pop-Location }
    if ($LASTEXITCODE -ne 0) {
        Stop-Build "no installed .NET SDK satisfies global.json (10.0.100 or a later 10.0). $download"
    }
}

# Takes an array: spelled out as arguments, a lone "--" would be PowerShell's own.
function Invoke-DotNet([string[]] $Words) {
    & dotnet @Words
    if ($LASTEXITCODE -ne 0) { Stop-Build "'dotnet $($Words[0])' failed; see its output above." }
}

function Invoke-Setup {
    & dotnet restore $solution
    if ($LASTEXITCODE -ne 0) {
        Stop-Build ("restoring packages failed. NU1101 or NU1102 above means that no NuGet source has the package: " +
            "add one that has it ('dotnet nuget add source URL'), or use ./build.sh on Debian, " +
            "which makes up for missing packages (eng/feed/README.md).")
    }
}

function Invoke-Build {
    Invoke-DotNet @('build', $solution, '-c', 'Release', '--no-restore')
}

function Invoke-Tests([string[]] $Options) {
    $results = Join-Path $artifacts 'test-results'
    if (Test-Path $results) { Remove-Item -Recurse -Force $results }
    $passed = 0; $failed = 0; $skipped = 0
    $troubles = @()
    $projects = Get-ChildItem (Join-Path $root 'tests') -Recurse -Filter *.csproj |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' | Sort-Object FullName
    foreach ($project in $projects) {
        $isTest = & dotnet msbuild $project.FullName -nologo -getProperty:IsTestProject -p:Configuration=Release
        if ("$isTest".Trim() -ne 'true') { continue }
        $name = $project.BaseName
        Write-Host "== $name"
        & dotnet test $project.FullName -c Release --no-build --logger "trx;LogFileName=$name.trx" `
            --logger 'console;verbosity=minimal' --results-directory $results @Options | Out-Host
        $status = $LASTEXITCODE
        $ran = 0; $bad = 0
        $file = Join-Path $results "$name.trx"
        if (Test-Path $file) {
            # A skipped test is in the total, but was not executed.
            $counters = ([xml](Get-Content -Raw $file)).TestRun.ResultSummary.Counters
            $ran = [int]$counters.total
            $bad = [int]$counters.executed - [int]$counters.passed
            $passed += [int]$counters.passed
            $skipped += $ran - [int]$counters.executed
        }
        if ($status -ne 0 -and $bad -eq 0) {
            $troubles += "$name crashed or could not start (exit status $status); see its output above"
            $bad = 1
        }
        elseif ($ran -eq 0 -and -not $Options) {
            $troubles += "$name contains no test"
        }
        $failed += $bad
    }
    if ($passed + $failed + $skipped -eq 0) { $troubles += 'no test ran at all' }
    Write-Host
    foreach ($trouble in $troubles) { Write-Host "build.ps1: $trouble" }
    Write-Host "$passed passed, $failed failed, $skipped skipped"
    if ($failed -gt 0 -or $troubles.Count -gt 0) { exit 1 }
}

function Invoke-Pack {
    $output = Join-Path $artifacts 'nupkg'
    if (Test-Path $output) { Remove-Item -Recurse -Force $output }
    foreach ($project in Get-ChildItem (Join-Path $root 'src/*/*.csproj')) {
        Invoke-DotNet @('pack', $project.FullName, '-c', 'Release', '-o', $output)
    }
}

if ($Command -in 'help', '-h', '--help') {
    Show-Usage
    exit 0
}
if ($Command -notin 'setup', 'build', 'test', 'demo', 'pack', 'bench') {
    Show-Usage
    Stop-Build "unknown command '$Command'."
}

Assert-DotNet
Invoke-Setup
switch ($Command) {
    'build' { Invoke-Build }
    'test' { Invoke-Build; Invoke-Tests $Arguments }
    'demo' {
        $project = Join-Path $root 'samples/RestorationDemo'
        Invoke-DotNet (@('run', '--project', $project, '-c', 'Release', '--') + $Arguments)
    }
    'pack' { Invoke-Pack }
    'bench' {
        $project = Join-Path $root 'benchmarks/ImageRestoration.Benchmarks'
        $filter = if ($Arguments) { $Arguments } else { @('*') }
        Invoke-DotNet (@('run', '--project', $project, '-c', 'Release', '--', '--filter') + $filter)
    }
}
