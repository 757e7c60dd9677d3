using LabEdge.Boards;

namespace LabEdge.Tests.Boards;

[TestClass]
public sealed class EntropyPoolTests
{
    // RFC 8439 section 2.3.2: the state after 20 rounds, before the input is added.
    [TestMethod]
    public void The_permutation_is_that_of_ChaCha20()
    {
        uint[] state =
        [
            0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, 0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
            0x13121110, 0x17161514, 0x1b1a1918, 0x1f1e1d1c, 0x00000001, 0x09000000, 0x4a000000, 0x00000000,
        ];
        uint[] expected =
        [
            0x837778ab, 0xe238d763, 0xa67ae21e, 0x5950bb2f, 0xc4f2d0c7, 0xfc62bb2f, 0x8fa018fc, 0x3f5ec7b7,
            0x335271c2, 0xf29489f3, 0xeabda8fc, 0x82e46ebd, 0xd19c12b4, 0xb04e16de, 0x9e83d0cb, 0x4e3c50a2,
        ];
        EntropyPool.Permute(state);
        CollectionAssert.AreEqual(expected, state);
    }

    [TestMethod]
    public void One_sample_more_changes_half_of_all_bits_and_the_same_samples_give_the_same()
    {
        byte[] a = Filled(5, 7);
        byte[] b = Filled(5, 8);
        CollectionAssert.AreEqual(a, Filled(5, 7));
        int different = a.Zip(b, (x, y) => int.PopCount(x ^ y)).Sum();
        Assert.IsInRange(4 * 200 - 150, 4 * 200 + 150, different);
    }

    [TestMethod]
    public void What_is_given_out_never_comes_again()
    {
        EntropyPool pool = new();
        pool.Add(1);
        HashSet<string> seen = [];
        byte[] octets = new byte[32];
        for (int i = 0; i < 1000; i++)
        {
            pool.Fill(octets, 0, 32);
            Assert.IsTrue(seen.Add(Convert.ToHexString(octets)));
        }
    }

    private static byte[] Filled(params uint[] samples)
    {
        EntropyPool pool = new();
        foreach (uint sample in samples) pool.Add(sample);
        byte[] octets = new byte[200];
        pool.Fill(octets, 0, octets.Length);
        return octets;
    }
}
