namespace LabEdge.Tests;

/// <summary>Memory full of 0xA5 for a codec to write into: what it may not touch must still be 0xA5 afterwards.</summary>
public sealed class FilledMemory
{
    public const byte Filler = 0xA5;

    public readonly byte[] Octets;

    public FilledMemory(int length)
    {
        Octets = new byte[length];
        Array.Fill(Octets, Filler);
    }

    /// <summary>Puts octets where a test wants them before the codec writes.</summary>
    public void Put(int offset, string hex)
    {
        byte[] octets = Hex.Octets(hex);
        Array.Copy(octets, 0, Octets, offset, octets.Length);
    }

    /// <summary>Asserts that the memory holds these octets at this offset, and filler everywhere else.</summary>
    public void Holds(int offset, string hex)
    {
        FilledMemory expected = new(Octets.Length);
        expected.Put(offset, hex);
        Assert.AreEqual(Hex.Text(expected.Octets), Hex.Text(Octets));
    }
}
