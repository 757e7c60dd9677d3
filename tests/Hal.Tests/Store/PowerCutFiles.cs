using LabEdge.Hal;

namespace LabEdge.Tests.Store;

/// <summary>What a file that was being written looks like when the power comes back.</summary>
public enum Tear
{
    /// <summary>The octets written so far.</summary>
    Short,

    /// <summary>Nothing, but the file is there.</summary>
    Empty,

    /// <summary>The file is not there.</summary>
    Gone,

    /// <summary>The octets so far, then erased flash up to the length it was to have.</summary>
    Erased,

    /// <summary>The octets so far over what stood there before.</summary>
    Overlaid,

    /// <summary>The octets so far, then anything.</summary>
    Noise,
}

/// <summary>The power is gone.</summary>
public sealed class PowerCutException : Exception;

/// <summary>
/// Files in memory whose writes consist of single operations: making room, each octet, and closing. The power can be cut before any of them.
/// </summary>
public sealed class PowerCutFiles : IFiles
{
    public readonly Dictionary<string, byte[]> Contents;

    /// <summary>Operations done.</summary>
    public long Operations;

    /// <summary>The power goes before the operation of this number.</summary>
    public long CutAt = long.MaxValue;

    public Tear Tear;

    public PowerCutFiles(PowerCutFiles before = null)
    {
        Contents = before == null ? [] : new Dictionary<string, byte[]>(before.Contents);
    }

    public bool IsCut => Operations > CutAt;

    /// <summary>Files that refuse every write, as a full or worn flash does.</summary>
    public bool RefusesWrites { get; set; }

    public byte[] Read(string name)
    {
        if (IsCut) throw new PowerCutException();
        return Contents.TryGetValue(name, out byte[] octets) ? [.. octets] : null;
    }

    public bool Write(string name, byte[] octets)
    {
        if (RefusesWrites) return false;
        byte[] before = Contents.GetValueOrDefault(name, []);
        for (int done = -1; done <= octets.Length; done++)
        {
            if (Operations++ < CutAt) continue;
            byte[] torn = Torn(before, octets, Math.Max(0, done));
            if (torn == null) Contents.Remove(name);
            else if (done >= 0) Contents[name] = torn;
            throw new PowerCutException();
        }

        Contents[name] = [.. octets];
        return true;
    }

    public bool Delete(string name)
    {
        if (Operations++ >= CutAt) throw new PowerCutException();
        return Contents.Remove(name);
    }

    private byte[] Torn(byte[] before, byte[] octets, int done)
    {
        byte[] noise = new byte[octets.Length - done];
        new Random(done).NextBytes(noise);
        return Tear switch
        {
            Tear.Short => octets[..done],
            Tear.Empty => [],
            Tear.Gone => null,
            Tear.Erased => [.. octets[..done], .. Enumerable.Repeat((byte)0xFF, octets.Length - done)],
            Tear.Overlaid => [.. octets[..done], .. before.Skip(done)],
            _ => [.. octets[..done], .. noise],
        };
    }
}
