using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Kernels;

/// <summary>One row of an octet table: a frame in, and how it must end in both kernel forms and in the account.</summary>
public static class KernelRow
{
    /// <summary>The two forms, freshly configured.</summary>
    public static KernelUnderTest[] Forms(bool verifyChecksum = true)
    {
        return [new KernelUnderTest(new PortableKernel(), verifyChecksum), new KernelUnderTest(new NetKernel(), verifyChecksum)];
    }

    /// <param name="outcome">"port: octets" or as <see cref="KernelUnderTest.Run"/> says it; blanks among octets do not count.</param>
    public static void Check(string what, int port, string received, string outcome)
    {
        foreach (KernelUnderTest test in Forms())
        {
            byte[] octets = Hex.Octets(received);
            string expected = char.IsDigit(outcome[0]) ? outcome[..2] + " " + Convert.ToHexString(Hex.Octets(outcome[2..])) : outcome;
            Assert.AreEqual(expected, test.Run(port, octets), $"{what}, {test.Kernel.GetType().Name}");
            if (test.Log.Count == 0)
            {
                // Whoever is not forwarded is left as it came: Host answers with it.
                Frame f = test.Frames[0];
                Assert.AreEqual(Hex.Text(octets), Hex.Text(f.Octets, f.Start, f.Length), what);
            }
        }
    }
}
