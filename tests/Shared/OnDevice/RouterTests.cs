using LabEdge.Forwarding;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>A whole router with the tables of the smallest boards, on a heap of 110 KB: it starts, takes its configuration, forwards, and keeps no memory.</summary>
    [TestClass]
    public class RouterTests
    {
        private const string Configuration = "hostname PE1\nip vrf blue\n rd 65000:1\ninterface Ethernet1\n ip vrf forwarding blue\n ip address 10.1.0.1 255.255.255.0\n"
            + "interface Ethernet2\n ip address 10.9.0.1 255.255.255.0\n mpls ip\nip route 10.0.0.2 255.255.255.255 10.9.0.2\n"
            + "ip route vrf blue 10.2.0.0 255.255.0.0 10.0.0.2 label 20\nmpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 17\n"
            + "mpls static binding ipv4 vrf blue 10.1.0.0 255.255.255.0 input 33\nend\n";

        private const string ArpReply = "020000000002 020000000099 0806 0001080006040002 020000000099 0A090002 020000000002 0A090001";
        private const string Packet = "020000000001 020000000C0D 0800 45000018123440004001";

        private Router _router;
        private KeepingPort _customer;
        private KeepingPort _core;
        private uint _now;

        [TestMethod]
        public void It_starts_takes_its_configuration_resolves_its_neighbour_and_forwards_without_taking_memory()
        {
            _now = 0xFFFFF000;
            byte[] entropy = new byte[Router.EntropyLength];
            for (int i = 0; i < entropy.Length; i++) entropy[i] = (byte)(i + 1);
            _router = new Router(Capacity.Tiny(), new PortableKernel(), entropy, null);
            _customer = new KeepingPort("020000000001");
            _core = new KeepingPort("020000000002");
            _router.AttachPort("Ethernet1", _customer);
            _router.AttachPort("Ethernet2", _core);
            byte[] text = new byte[Configuration.Length];
            for (int i = 0; i < text.Length; i++) text[i] = (byte)Configuration[i];
            _router.Cli.Loader.Begin(text, text.Length);
            while (!_router.Cli.Loader.Done) _router.Cli.Loader.Poll(_now, 64);
            Assert.AreEqual(0, _router.Cli.Loader.ErrorCount);

            // The clock wraps on the way: 4,096 ms after the start.
            Run(200);
            _core.Put(HexText.Octets(ArpReply));
            Run(400);
            byte[] packet = HexText.Octets(Packet + "0000 0A010005 0A020005 11223344");
            LabEdge.Forwarding.Wire.Octets.WriteUInt16(packet, 24, LabEdge.Forwarding.Wire.InternetChecksum.Of(packet, 14, 20));
            Forward(packet, 3);
            long before = Heap.Free();
            Forward(packet, 100);
            long taken = before - Heap.Free();
            Assert.IsTrue(taken <= 0);

            // To 10.9.0.2: tunnel label 17, VPN label 20 with the bottom bit, TTL 63.
            Assert.AreEqual(HexText.Plain("020000000099 020000000002 8847 0001103F 0001413F"), HexText.Text(_core.Last, 0, 22));
            Assert.AreEqual(103, _router.Tables.Ledger.Forwarded[0]);
        }

        private void Forward(byte[] packet, int count)
        {
            for (int i = 0; i < count; i++)
            {
                _customer.Put(packet);
                Run(1);
            }
        }

        private void Run(int polls)
        {
            for (int i = 0; i < polls; i++)
            {
                _router.Poll(_now, 32);
                _now += 20;
            }
        }
    }
}
