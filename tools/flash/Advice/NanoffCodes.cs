namespace LabEdge.Flash;

/// <summary>
/// Exit codes of nanoff 2.5 (nanoFirmwareFlasher), from its documentation: no board was at hand to provoke them. Advice is for our boards; the
/// groups of chips that none of them has get one line each.
/// </summary>
public static class NanoffCodes
{
    /// <summary>What is said of a code that the documentation does not name.</summary>
    public const string Unknown = "its documentation does not name this code; run the same line with -v diag, and see that nanoff is new ('dotnet tool update -g nanoff')";

    private const string NotOurs = "this is a code for chips that none of our boards has, so nanoff took the board for another: see that -Board names the board at this port";

    private static readonly (int First, int Last)[] Ranges =
    [
        (1000, 1000), (1002, 1006), (2000, 2003), (3000, 3006), (4000, 4005), (5000, 5041), (6000, 6002), (7000, 7000), (8000, 8003), (9000, 9000), (9002, 9014),
    ];

    public static IReadOnlyList<int> Documented { get; } = [.. Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))];

    public static string Advice(int code) => code switch
    {
        >= 1000 and <= 1006 => "DFU, of STM32: " + NotOurs,
        2000 => "the board does not answer as a nanoFramework device: reset it, close every other program that has the port open, and flash the firmware too (without --keep-firmware)",
        2001 => "the list of devices failed: unplug other boards and try again",
        2002 => "the board answered and then did not carry out what was asked: press its reset button and repeat; if it fails again, erase it once: 'nanoff --update --masserase --target TARGET --serialport PORT'",
        2003 => "the configuration file did not arrive: the firmware on the board has no file system, or it is full; flash the firmware again, and see that the application is not printing on this port",
        >= 3000 and <= 3006 => "the Pico was not found or not written: hold BOOTSEL while you plug it in, see that its drive (RPI-RP2 or RP2350) is there and is the only one, and repeat",
        4000 => "the chip's loader did not answer: hold BOOT (GPIO0 low), press reset, let BOOT go, and repeat; a WT32-ETH01 needs this always. Try another cable, and a slower line: --baud 115200",
        4001 => "this chip has a flash size that the firmware has no partitions for: see that -Board names this board ('nanoff --platform esp32 --serialport PORT --devicedetails')",
        4002 => "the flash was not erased: check the supply (a weak USB port resets the chip), then repeat",
        4003 => "the firmware was not written: check cable and supply, then repeat at a slower line: --baud 115200",
        4004 => "the flash was not read: check cable and supply, then repeat; --nobackupconfig leaves out the backup",
        4005 => "the serial port did not open: see that it exists ('nanoff --listports'), that no other program has it (console, monitor, Visual Studio), and on Linux that you are in the group dialout",
        >= 5000 and <= 5041 => "STM32 programmer: " + NotOurs,
        6000 => "the serial device did not open: see that it exists ('nanoff --listports') and that no other program has it",
        6001 => "no serial port was named: give -Port",
        6002 => "serial port: see that it is the board's ('nanoff --listports') and that no other program has it",
        7000 => "TI: " + NotOurs,
        >= 8000 and <= 8003 => "J-Link: " + NotOurs,
        9000 => "nanoff did not take its arguments: it is older or newer than 2.5 ('dotnet tool update -g nanoff'); the line above is what it was given",
        9002 or 9003 or 9004 => "the backup of the board's flash has no place to go: free the folder that nanoff names, or run its line with --nobackupconfig",
        9005 => "there is no firmware of this target name: 'nanoff --listtargets' shows those that are; without a network give --firmware FILE",
        9006 => "no temporary folder could be made for the firmware: free space or rights in the system's temporary folder",
        9007 => "the firmware could not be downloaded: see that this machine reaches the Internet, or give --firmware FILE",
        9008 => "the application image was not found: the build of the head made none; run its line from the plan by hand",
        9009 => "the address of the deployment is not right: this tool gives none, so nanoff found no deployment partition; flash the firmware too (without --keep-firmware)",
        9010 => "no device was found: plug the board in, and see 'nanoff --listports'",
        9011 or 9012 => "the firmware file of --firmware was not found or is no binary file",
        9013 => "nanoff does not know the platform: it is too old ('dotnet tool update -g nanoff')",
        9014 => "the cache of firmware could not be cleared: close other runs of nanoff",
        _ => Unknown,
    };
}
