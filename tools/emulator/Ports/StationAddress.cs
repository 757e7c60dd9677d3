using System.Security.Cryptography;
using System.Text;

namespace LabEdge.Emulator;

/// <summary>Station addresses for ports that no hardware stands behind: locally administered (IEEE 802c), the same at every start.</summary>
public static class StationAddress
{
    /// <summary>Fills in an address that another port, here or on another machine, does not have.</summary>
    /// <param name="port">What tells this port from others of this machine.</param>
    public static void Make(string port, byte[] address)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName + "|" + port));
        Array.Copy(hash, address, 6);
        address[0] = (byte)((address[0] & 0xFC) | 2);
    }

    /// <summary>Reads a form such as 02:00:00:00:00:01.</summary>
    /// <returns>Null when it is none, or names a group.</returns>
    public static byte[] Parse(string text)
    {
        string[] parts = text.Split(':', '-');
        if (parts.Length != 6 || parts.Any(part => part.Length != 2 || !part.All(char.IsAsciiHexDigit))) return null;
        byte[] address = Convert.FromHexString(string.Concat(parts));
        return (address[0] & 1) == 0 && address.Any(octet => octet != 0) ? address : null;
    }
}
