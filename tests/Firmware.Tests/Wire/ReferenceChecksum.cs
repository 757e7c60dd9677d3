namespace LabEdge.Tests.Wire;

/// <summary>
/// The Internet checksum by another road than the code under test: as a remainder modulo 65,535 of the words in a 64-bit sum,
/// with no folding of carries.
/// </summary>
public static class ReferenceChecksum
{
    public static int Of(params byte[][] parts)
    {
        byte[] all = [.. parts.SelectMany(part => part)];
        ulong sum = 0;
        for (int i = 0; i < all.Length; i++) sum += (ulong)all[i] << (i % 2 == 0 ? 8 : 0);
        ulong remainder = sum % 65535;

        // In one's complement a sum is zero only when all that was added is.
        if (remainder == 0 && sum != 0) remainder = 65535;
        return 65535 - (int)remainder;
    }
}
