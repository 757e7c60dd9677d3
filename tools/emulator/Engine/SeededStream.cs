using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// Chance, as a function of the seed and a purpose: xoshiro256** (Blackman and Vigna) whose state is SHA-256 over both.
/// Each consumer has its own purpose, so that a new consumer, or one that draws more, shifts no other.
/// </summary>
public sealed class SeededStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public SeededStream(long seed, string purpose)
    {
        byte[] state = Octets32(seed, purpose);
        _s0 = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(0));
        _s1 = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(8));
        _s2 = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(16));
        _s3 = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(24));
    }

    /// <summary>32 octets for one purpose: the entropy that a router gets at start.</summary>
    public static byte[] Octets32(long seed, string purpose)
    {
        byte[] name = Encoding.UTF8.GetBytes(purpose);
        byte[] material = new byte[8 + name.Length];
        BinaryPrimitives.WriteInt64BigEndian(material, seed);
        name.CopyTo(material, 8);
        return SHA256.HashData(material);
    }

    public ulong Next()
    {
        ulong result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <returns>0 to <paramref name="bound"/> - 1, each as likely as the other within 2^-32.</returns>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <returns>True in <paramref name="perMillion"/> of a million draws.</returns>
    public bool Chance(int perMillion) => Below(1_000_000) < perMillion;
}
