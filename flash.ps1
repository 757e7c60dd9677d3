<#
.SYNOPSIS
Writes the LabEdge router to a board: checks the configuration, builds the head, calls nanoff or meadow, reads the version back.

.DESCRIPTION
A thin front of tools/flash, which does the work; every option is one of that program. Without options it lists the boards.
Runs on Windows PowerShell 5.1 and on PowerShell 7, on Windows, Linux and macOS. Needs the .NET SDK 10, and nanoff
(dotnet tool install -g nanoff) or meadow (dotnet tool install -g WildernessLabs.Meadow.CLI) for the board.
Ends with 0 when it is done, 1 when a step did not succeed, 2 when the request is wrong: nothing was written then.

.PARAMETER Board
The board, by its name in the list.

.PARAMETER Port
Serial port of the board, such as COM5 or /dev/ttyUSB0. A Pico in BOOTSEL mode needs none.

.PARAMETER Config
Configuration for the board. The firmware's own reader checks it first; one with mistakes is refused, with its lines.

.PARAMETER Wiring
A file that says how the board is wired, in place of its row in boards/boards.json (boards/README.md).

.PARAMETER Role
ce, pe or p: which rooms of the router the image has.

.PARAMETER Console
Where the router's console is, to read its version back: a serial port, or tcp:ADDRESS:PORT.

.PARAMETER Firmware
A firmware file in place of the download: .bin for an ESP32, .uf2 for a Pico.

.PARAMETER Drive
Where the drive of a Pico in BOOTSEL mode is mounted. Without it: looked for.

.PARAMETER Baud
Bits per second while an ESP32 is written; 115200 helps with poor cables.

.PARAMETER KeepFirmware
Leaves the firmware (nanoCLR) on the board as it is.

.PARAMETER WhatIf
Prints the full plan and does nothing.

.PARAMETER NoBuild
Takes tools/flash as it was built last.

.EXAMPLE
./flash.ps1

.EXAMPLE
./flash.ps1 -Board t-eth-lite-s3 -Port COM5 -Config pe1.cfg -Role pe -WhatIf

.EXAMPLE
./flash.ps1 -Board w5500-evb-pico2 -Config ce1.cfg -Console /dev/ttyUSB1
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [switch]$List,
    [string]$Board,
    [string]$Port,
    [string]$Config,
    [string]$Wiring,
    [string]$Role,
    [string]$Console,
    [string]$Firmware,
    [string]$Drive,
    [int]$Baud,
    [switch]$KeepFirmware,
    [switch]$WhatIf,
    [switch]$NoBuild,
    [Parameter(ValueFromRemainingArguments = $true)]
    [string[]]$Rest
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    'flash.ps1: dotnet is not installed: install the .NET SDK 10'
    exit 2
}

$run = @('run', '--project', [System.IO.Path]::Combine($PSScriptRoot, 'tools', 'flash', 'LabEdge.Flash.csproj'))
if ($NoBuild) { $run += '--no-build' }
$run += '--'
foreach ($name in 'Board', 'Port', 'Config', 'Wiring', 'Role', 'Console', 'Firmware', 'Drive', 'Baud') {
    if ($PSBoundParameters.ContainsKey($name)) { $run += @("-$name", [string]$PSBoundParameters[$name]) }
}
if ($KeepFirmware) { $run += '-KeepFirmware' }
if ($WhatIf) { $run += '-WhatIf' }
if ($Rest) { $run += $Rest }

& dotnet $run
exit $LASTEXITCODE
