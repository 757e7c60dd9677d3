using LabEdge.Forwarding;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>The six plain paths in the kernel of the boards, octet for octet, and that none of them takes memory.</summary>
    [TestClass]
    public class KernelTests
    {
        private const string Link = "020000000001 020000000C0D 8847 ";
        private const string Customer = "020000000003 020000000C0D 0800 ";
        private const string Core = "0: 020000000101 020000000001 8847 ";
        private const string Ip = "45000018123440004001C226C6336409CB00714D11223344";
        private const string Inner = "FFFFFFFFFFFF0200000000AA08060000000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

        /// <summary>The kernel under test; the PC runs the same rows through its own form too.</summary>
        protected virtual BurstKernel Kernel()
        {
            return new PortableKernel();
        }

        private void Check(int port, string received, string expected)
        {
            string wanted = expected[1] == ':' ? expected.Substring(0, 2) + " " + HexText.Plain(expected.Substring(2)) : expected;
            Assert.AreEqual(wanted, new KernelOnDevice(Kernel()).Run(port, received));
        }

        [TestMethod]
        public void Swap()
        {
            Check(KernelOnDevice.Core, Link + "00064140" + Ip, Core + "000C813F" + Ip);
            Check(KernelOnDevice.Core, Link + "00064FFF" + Ip, Core + "000C8FFE" + Ip);
            Check(KernelOnDevice.Core, Link + "0006DC40 00037108" + Ip, "1: 020000000102 020000000002 8847 00BB9C3F 00BBAC3F 00BBBC3F FFFFFC3F 00037108" + Ip);
        }

        [TestMethod]
        public void Penultimate_hop_pop()
        {
            Check(KernelOnDevice.Core, Link + "00066A40 0004D7C8" + Ip, Core + "0004D73F" + Ip);
            Check(KernelOnDevice.Core, Link + "00066140 4500001812344000FF010326C6336409CB00714D11223344", "0: 020000000101 020000000001 0800 45000018123440003F01C326C6336409CB00714D11223344");
        }

        [TestMethod]
        public void Into_the_backbone_and_out_of_it_by_a_VRF()
        {
            Check(KernelOnDevice.Blue, Customer + "45B80018123440004001F2B2C63364090A09010111223344", Core + "002BD1FF 45B80018123440003F01F3B2C63364090A09010111223344");
            Check(KernelOnDevice.Blue, Customer + "45B80018123440004001F2BAC63364090A01010111223344", "1: 020000000102 020000000002 8847 00BB9A3F 00BBAA3F 00BBBA3F 002BCB3F 45B80018123440003F01F3BAC63364090A01010111223344");
            Check(KernelOnDevice.Core, Link + "0006710A 45000018123440004001495BC6336409AC10090911223344", "2: 020000000103 020000000003 0800 45000018123440000901805BC6336409AC10090911223344");
            Check(KernelOnDevice.Core, Link + "00067102 4500001812344000FF018A5AC6336409AC10090911223344", "2: 020000000103 020000000003 0800 45000018123440000101885BC6336409AC10090911223344");
        }

        [TestMethod]
        public void Into_a_pseudowire_and_out_of_it()
        {
            Check(KernelOnDevice.Circuit, Inner, Core + "00BB90FF 003201FF 00000000" + Inner);
            Check(KernelOnDevice.Core, Link + "00068109 00000000" + Inner, "3: " + Inner);
        }

        [TestMethod]
        public void What_goes_no_further_is_counted_with_its_reason()
        {
            Check(KernelOnDevice.Core, Link + "00064101" + Ip, "punt " + PuntClass.TtlExpiredLabelled.ToString());
            Check(KernelOnDevice.Core, Link + "0C350140" + Ip, "drop " + DropReason.UnknownLabel.ToString());
            Check(KernelOnDevice.Core, Link + "000641", "drop " + DropReason.TruncatedLabelStack.ToString());
            Check(KernelOnDevice.Blue, "020000000003 020000000C0D 8847 00064140" + Ip, "drop " + DropReason.LabelOnUnlabelledPort.ToString());
            Check(KernelOnDevice.Core, Link + "00068109 10000021" + Inner, "drop " + DropReason.ControlWordInvalid.ToString());
        }

        [TestMethod]
        public void A_thousand_frames_take_no_memory()
        {
            KernelOnDevice kernel = new KernelOnDevice(Kernel());
            LabEdge.Hal.Frame[] frames = new LabEdge.Hal.Frame[] { new LabEdge.Hal.Frame(144, 1514) };
            byte[] octets = HexText.Octets(Customer + "45B80018123440004001F2B2C63364090A09010111223344");
            Burst(kernel, frames, octets, 10);
            long before = Heap.Free();
            Burst(kernel, frames, octets, 1000);
            Assert.IsTrue(Heap.Free() >= before);
            Assert.AreEqual(1010, kernel.Ports[KernelOnDevice.Core].Sent);
        }

        private static void Burst(KernelOnDevice kernel, LabEdge.Hal.Frame[] frames, byte[] octets, int count)
        {
            for (int i = 0; i < count; i++)
            {
                System.Array.Copy(octets, 0, frames[0].Octets, frames[0].Headroom, octets.Length);
                frames[0].Start = frames[0].Headroom;
                frames[0].Length = octets.Length;
                kernel.Burst(frames, KernelOnDevice.Blue);
            }
        }
    }
}
