#!/usr/bin/env pwsh
#requires -Version 7.0

<#
.SYNOPSIS
Works on the EF Core migrations of RAG Studio's two contexts.

.DESCRIPTION
Usage: efmigrations.ps1 <command> [-Context AppMeta|Events|Both] [-Provider Sqlite|PostgreSql|Both]
       [-Configuration <name>] [-NoBuild]

Commands:
  add <name>          generate a migration from what has changed in the model (needs one context: in the
                      other one it would be empty)
  remove              take the newest migration back (needs one context)
  list                list the migrations and say which are pending
  script [from] [to]  print the SQL that leads from one migration to another, by default all of it
  update [target]     bring the database to the newest migration or to the given one
  check               fail when the model has changes that no migration has
  compile             generate the SQL of all migrations into the file that is checked in beside them, so that applying
                      them needs no EF model; to be called whenever a migration was added, edited or removed
  optimize            generate the compiled model of EF Core, so that the first query needs not build it; to be called
                      whenever the model was changed
  help                print this

A migration that is named to script or update belongs to one context, so it needs one; 0, the empty database,
does not.

Parameters:
  -Context            AppMeta, Events or Both (default)
  -Provider           whose migrations: Sqlite, PostgreSql or Both; by default Both for check, Sqlite for all else. A
                      change of the model needs a migration for each
  -Configuration      the build configuration, Debug by default
  -NoBuild            use what was built before

Exit codes: 0 when all went well, 2 for a wrong command line, else that of the first dotnet that failed. Both
contexts are always checked; the other commands stop at the first failure.

Run `dotnet tool restore` once before. The database is the one in RAGSTUDIO_DATA_DIR or ./data, counted from the root of
the repository wherever this is called from; with -Provider PostgreSql that of RAGSTUDIO_CONNECTION_STRING. Only development databases should be brought up to date by this
script: ragstudio-db migrate makes a backup first.

.PARAMETER Command
What to do: add, remove, list, script, update, check, compile, optimize or help.

.PARAMETER Arguments
What the command works on: the name of a new migration, or one or two existing ones.

.PARAMETER Context
The context to work on: AppMeta, Events or Both.

.PARAMETER Provider
The provider whose migrations to work on: Sqlite, PostgreSql or Both.

.PARAMETER Configuration
The build configuration that dotnet ef builds and loads.

.PARAMETER NoBuild
Uses what was built before.

.EXAMPLE
./efmigrations.ps1 add TagDocuments -Context AppMeta

.EXAMPLE
./efmigrations.ps1 script CreateEventLog TraceEvents -Context Events > trace-events.sql

.EXAMPLE
./efmigrations.ps1 check
#>
using namespace System.Collections.Generic
using namespace System.Threading.Tasks

[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ArgumentCompletions('add', 'remove', 'list', 'script', 'update', 'check', 'compile', 'optimize', 'help')]
    [string] $Command = 'help',

    # Catches misspelt parameters too, so that they end in this script's own exit code.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments = @(),

    [ArgumentCompletions('AppMeta', 'Events', 'Both')]
    [string] $Context = 'Both',

    [ArgumentCompletions('Sqlite', 'PostgreSql', 'Both')]
    [string] $Provider = '',

    [ArgumentCompletions('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [switch] $NoBuild
)

# Only the language and .NET, no cmdlets: the tests host this file in a PowerShell that has none.
$ErrorActionPreference = 'Stop'

$contexts = 'AppMeta', 'Events'
$projects = @{ Sqlite = 'RagStudio.Data'; PostgreSql = 'RagStudio.Data.PostgreSql' }
$databases = @{ AppMeta = 'app_meta'; Events = 'events' }
$argumentLimits = @{
    add      = 1, 1
    remove   = 0, 0
    list     = 0, 0
    script   = 0, 2
    update   = 0, 1
    check    = 0, 0
    compile  = 0, 0
    optimize = 0, 0
    help     = 0, 0
}

function Show-Help {
    $script:MyInvocation.MyCommand.ScriptBlock.Ast.GetHelpContent().Description.TrimEnd()
}

function Write-ErrorLine([string] $line) {
    [System.Console]::Error.WriteLine($line)
}

function Exit-WrongUsage([string] $problem) {
    Write-ErrorLine "efmigrations: $problem"
    Write-ErrorLine ''
    Write-ErrorLine (Show-Help)
    exit 2
}

function Assert-Arguments {
    foreach ($argument in $Arguments) {
        if ($argument.StartsWith('-')) { Exit-WrongUsage "unknown parameter $argument" }
        if ([string]::IsNullOrWhiteSpace($argument)) { Exit-WrongUsage 'a name must not be empty' }
    }

    if (-not $argumentLimits.ContainsKey($Command)) { Exit-WrongUsage "unknown command $Command" }
    $least, $most = $argumentLimits[$Command]
    if ($Arguments.Count -lt $least) { Exit-WrongUsage "$Command needs the name of the migration" }
    if ($Arguments.Count -gt $most) { Exit-WrongUsage "$Command takes no argument $($Arguments[$most])" }
}

# What was typed in any case, as the tables above have it.
function Get-Providers {
    if (-not $Provider) { return @('Sqlite'; if ($Command -eq 'check') { 'PostgreSql' }) }
    if ($Provider -eq 'Both') { return 'Sqlite', 'PostgreSql' }
    if ($Provider -notin $projects.Keys) { Exit-WrongUsage "unknown provider $Provider" }
    @($projects.Keys) -eq $Provider
}

function Assert-Provider([string[]] $names) {
    if ($names.Count -gt 1 -and $Command -notin 'check', 'list', 'compile', 'optimize') {
        Exit-WrongUsage "$Command needs -Provider Sqlite or -Provider PostgreSql"
    }
}

function Assert-Context {
    if ($Context -notin $contexts + 'Both') { Exit-WrongUsage "unknown context $Context" }
    if ($Context -ne 'Both') { return }

    $belongsToOne = $Command -in 'add', 'remove' -or @($Arguments -ne '0').Count -gt 0
    if ($belongsToOne) { Exit-WrongUsage "$Command needs -Context AppMeta or -Context Events here" }
}

# The tool of this repository compiles; all else dotnet ef does.
function Get-DotNetArguments([string] $name, [string] $of, [bool] $isBuilt) {
    if ($Command -eq 'compile') { Get-CompileArguments $name $of $isBuilt } else { Get-EfArguments $name $of $isBuilt }
}

# The tool knows SQLite's migrations itself; those of PostgreSQL are an application's.
function Get-CompileArguments([string] $name, [string] $of, [bool] $isBuilt) {
    'run', '--project', 'tools/RagStudio.Data.Cli', '--configuration', $Configuration
    if ($isBuilt) { '--no-build' }
    '--', 'compile'
    if ($of -eq 'Sqlite') { '--database', $databases[$name] }
    else {
        '--assembly', "src/$($projects[$of])/bin/$Configuration/net10.0/$($projects[$of]).dll"
        '--context', "${name}Context"
    }
    '--output', "src/$($projects[$of])/Migrations/$name"
}

function Get-EfArguments([string] $name, [string] $of, [bool] $isBuilt) {
    'ef'
    switch ($Command) {
        'add' {
            'migrations', 'add', $Arguments[0]
            '--output-dir', "Migrations/$name"
            '--namespace', "$($projects[$of]).Migrations.$name"
        }
        'update' { 'database', 'update'; $Arguments }
        'check' { 'migrations', 'has-pending-model-changes' }
        'optimize' {
            'dbcontext', 'optimize'
            '--output-dir', "$name/CompiledModel"
            '--namespace', "$($projects[$of]).CompiledModels"
        }
        default { 'migrations', $Command; $Arguments }
    }

    # The project in the root of the repository is SQLite's.
    if ($of -ne 'Sqlite') { '--project', "src/$($projects[$of])", '--startup-project', "src/$($projects[$of])" }
    '--prefix-output'
    '--context', "${name}Context"
    '--configuration', $Configuration
    if ($isBuilt) { '--no-build' }
}

function Start-DotNet([string[]] $dotNetArguments) {
    # Set where another dotnet than the one on the path is in use.
    $dotNet = [System.Environment]::GetEnvironmentVariable('DOTNET_HOST_PATH')
    if (-not $dotNet) { $dotNet = 'dotnet' }

    $start = [System.Diagnostics.ProcessStartInfo]::new($dotNet)
    $start.WorkingDirectory = $PSScriptRoot
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($argument in $dotNetArguments) { $start.ArgumentList.Add($argument) }
    [System.Diagnostics.Process]::Start($start)
}

# dotnet ef writes all it says to its standard output and tells by a prefix what it is. The output of script is SQL
# and nothing else, so that it can go into a file.
function Write-EfLine([string] $line) {
    switch -Regex ($line) {
        '^data:    (.*)$' { $Matches[1] }
        '^info:    (.*)$' { if ($Command -eq 'script') { Write-ErrorLine $Matches[1] } else { $Matches[1] } }
        '^(?:warn: |error:)   (.*)$' { Write-ErrorLine $Matches[1] }
        default { $line }
    }
}

# Reads whichever stream has a line: a process whose one stream is full while the other is awaited waits for ever.
function Copy-Output([System.Diagnostics.Process] $process) {
    $open = [List[System.IO.StreamReader]] @($process.StandardOutput, $process.StandardError)
    $lines = [List[Task[string]]] @($open[0].ReadLineAsync(), $open[1].ReadLineAsync())
    while ($open.Count -gt 0) {
        $next = [Task]::WaitAny($lines.ToArray())
        $line = $lines[$next].Result
        if ($null -eq $line) {
            $open.RemoveAt($next)
            $lines.RemoveAt($next)
            continue
        }

        if ($open[$next] -eq $process.StandardOutput) { Write-EfLine $line } else { Write-ErrorLine $line }
        $lines[$next] = $open[$next].ReadLineAsync()
    }
}

# The exit code goes into a variable of the script, because what a function returns is its output.
function Invoke-DotNet([string[]] $dotNetArguments) {
    $process = Start-DotNet $dotNetArguments
    try {
        Copy-Output $process
        $process.WaitForExit()
        $script:dotNetExitCode = $process.ExitCode
    }
    finally {
        $process.Dispose()
    }
}

# Everything is checked, so that one run tells all that is missing; any other command stops at the first failure.
function Invoke-EfCommand([string[]] $names, [string[]] $providers) {
    foreach ($of in $providers) {
        $isBuilt = [bool] $NoBuild
        if ($Command -eq 'compile' -and $of -ne 'Sqlite' -and -not $isBuilt) {
            Invoke-DotNet @('build', "src/$($projects[$of])", '--configuration', $Configuration)
            if ($dotNetExitCode -ne 0) { $script:exitCode = $dotNetExitCode; return }
        }

        foreach ($name in $names) {
            $what = if ($of -eq 'Sqlite') { "${name}Context" } else { "${name}Context on $of" }
            if ($names.Count -gt 1 -or $providers.Count -gt 1) { "-- $what" }
            Invoke-DotNet (Get-DotNetArguments $name $of $isBuilt)
            if ($dotNetExitCode -eq 0) {
                # One build serves both contexts.
                $isBuilt = $true
                continue
            }

            Write-ErrorLine "efmigrations: $Command failed for $what with exit code $dotNetExitCode"
            if ($exitCode -eq 0) { $script:exitCode = $dotNetExitCode }
            if ($Command -ne 'check') { return }
        }
    }
}

if (@($Command) + $Arguments -match '^(-h|--help)$') {
    $Command = 'help'
    $Arguments = @()
}

$Command = $Command.ToLowerInvariant()
Assert-Arguments
Assert-Context
if ($Command -eq 'help') {
    Show-Help
    exit 0
}

$providers = @(Get-Providers)
Assert-Provider $providers
$exitCode = 0
Invoke-EfCommand -Providers $providers -Names @(if ($Context -eq 'Both') { $contexts } else { $contexts -eq $Context })
exit $exitCode
