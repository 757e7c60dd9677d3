namespace LabEdge.Flash;

/// <summary>What was asked for, as it was typed.</summary>
public sealed record FlashRequest
{
    public string Board { get; init; }

    /// <summary>Serial port of the board; null = none was given.</summary>
    public string Port { get; init; }

    /// <summary>Configuration file; null: the board keeps the one it has, or starts without.</summary>
    public string Configuration { get; init; }

    /// <summary>A file that says how the board is wired, in place of its row in the table; null: as the table says.</summary>
    public string Wiring { get; init; }

    /// <summary>Null: the first that the board has RAM for.</summary>
    public string Role { get; init; }

    /// <summary>Where the router's console is, for the version read-back; null: nanoff reads what the board says of itself.</summary>
    public string Console { get; init; }

    /// <summary>A firmware file in place of the download: .uf2 for a Pico, .bin for an ESP32.</summary>
    public string Firmware { get; init; }

    /// <summary>Where the drive of a Pico in BOOTSEL mode is mounted; null: looked for.</summary>
    public string Drive { get; init; }

    /// <summary>Bits per second while the board is written; null = the tool's own.</summary>
    public int? Baud { get; init; }

    /// <summary>The nanoCLR on the board stays; only the router is written.</summary>
    public bool KeepFirmware { get; init; }
}
