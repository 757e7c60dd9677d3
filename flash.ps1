<#
.SYNOPSIS
Lists the boards that LabEdge knows.

.DESCRIPTION
  ./flash.ps1            the list
  ./flash.ps1 -List      the same

No board has a head yet, so nothing can be flashed: any other request says so and ends with exit code 2.
Runs on Windows PowerShell 5.1 and on PowerShell 7.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [switch]$List,
    [string]$Board,
    [Parameter(ValueFromRemainingArguments = $true)]
    [string[]]$Rest
)

$ErrorActionPreference = 'Stop'

function Show-Boards($boards) {
    $row = '{0,-16} {1,-26} {2,-10} {3,-34} {4,-31} {5,-9} {6}'
    $row -f 'NAME', 'BOARD', 'MCU', 'FRAMES BY', 'FIRMWARE TARGET', 'CAPACITY', 'STATUS'
    foreach ($entry in $boards) {
        $row -f $entry.Name, $entry.Board, $entry.Mcu, $entry.Mac, $entry.Target, $entry.Capacity, $entry.Status
    }
    ''
    'Not yet: no board has a head (pins, adapters, Main), so there is no image to flash. The router itself'
    'compiles for every one of them; run it on this PC: dotnet run --project tools/emulator'
}

$boards = [System.IO.File]::ReadAllText("$PSScriptRoot/boards/boards.json") | ConvertFrom-Json

if ($Rest) {
    "flash.ps1 does not know '$($Rest -join ' ')'; it can only list the boards so far: ./flash.ps1 -List"
    exit 2
}
if ($Board) {
    $known = $boards | Where-Object { $_.Name -eq $Board }
    if ($known) {
        "$($known.Board): cannot be flashed yet, its head is not built; ./flash.ps1 -List shows all boards."
    } else {
        "There is no board '$Board'; ./flash.ps1 -List shows all boards."
    }
    exit 2
}
Show-Boards $boards
exit 0
