using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

[TestClass]
public class PcapWriterTests
{
    // Magic (microseconds, little endian), version 2.4, zone 0, accuracy 0, snap length 65535, link type 1 (Ethernet).
    private const string FileHeader = "D4C3B2A1 02000400 00000000 00000000 FFFF0000 01000000";

    [TestMethod]
    public void A_file_is_the_header_and_one_record_per_frame()
    {
        MemoryStream stream = new();
        using PcapWriter writer = new(stream);
        writer.Write(3_000_007, [0xEE, 1, 2, 3, 4, 5, 0xEE], 1, 5);
        writer.Write(3_500_000, [9], 0, 1);
        writer.Flush();

        // Seconds, microseconds, octets kept, octets of the frame.
        const string records = "03000000 07000000 05000000 05000000 0102030405" + "03000000 20A10700 01000000 01000000 09";
        Assert.AreEqual(Hex.Text(Hex.Octets(FileHeader + records)), Hex.Text(stream.ToArray()));
        Assert.AreEqual(2, writer.Frames);
    }

    [TestMethod]
    public void A_capture_port_writes_what_is_received_and_what_the_port_took()
    {
        EventQueue queue = new();
        VirtualWire wire = new(queue, new FramePool(), 0, "a-b", new WireSettings { DelayUs = 5 }, 1);
        MemoryStream stream = new();
        using PcapWriter writer = new(stream);
        CapturePort port = new(wire.Ends[0], writer, () => queue.Now);
        Frame frame = new(112, 1514) { Length = 60 };

        Assert.IsTrue(port.Send(frame));
        wire.Send(1, new byte[61], 0, 61);
        queue.RunUntil(10);
        Assert.AreEqual(1, port.ReceiveBurst([frame], 1));
        wire.Up = false;
        Assert.IsFalse(port.Send(frame));
        Assert.AreEqual(2, writer.Frames);
        Assert.AreEqual(24 + 16 + 60 + 16 + 61, stream.Length);
    }
}
