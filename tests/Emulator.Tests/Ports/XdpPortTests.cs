using System.Runtime.InteropServices;
using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

/// <summary>AF_XDP ports over a veth pair. Needs root and a kernel that has them.</summary>
[TestClass]
public class XdpPortTests
{
    private static readonly string Left = VethPair.Name("xl");
    private static readonly string Right = VethPair.Name("xr");

    [TestInitialize]
    public void MakePair()
    {
        VethPair.Make(Left, Right);
        nint socket = Socket(44, 3, 0);
        if (socket < 0) Assert.Inconclusive("this kernel has no AF_XDP");
        Close((int)socket);
    }

    [TestCleanup]
    public void RemovePair() => VethPair.Remove(Left);

    [TestMethod]
    public void Frames_pass_both_ways_octet_for_octet_tagged_too()
    {
        using XdpPort left = new(Left, 9018);
        using PacketPort right = new(Right, 9018);
        Assert.IsTrue(left.InItsDriver);
        Assert.AreEqual(1614, left.MaxFrameLength);
        PortFrames.Pass(left, right, 1614);
        PortFrames.Pass(right, left, 1614);
        Assert.AreEqual(21, left.FramesSent);
        Assert.AreEqual(21, left.FramesReceived);
    }

    [TestMethod]
    public void Two_of_them_talk_and_allocate_nothing()
    {
        using XdpPort left = new(Left, 9018);
        using XdpPort right = new(Right, 9018);
        PortFrames.Pass(left, right, 1614);

        // More than all chunks of both sides, so that each goes round.
        Assert.AreEqual(0, PortFrames.AllocatedBy(left, right, 6000));
        left.ReadKernelDrops();
        Assert.AreEqual(0, left.KernelDrops);
    }

    [TestMethod]
    public void What_nobody_takes_is_dropped_by_the_kernel_and_counted()
    {
        using XdpPort left = new(Left, 9018);
        using PacketPort right = new(Right, 9018);
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 60, "88B5");
        for (int i = 0; i < 5000; i++)
        {
            Assert.IsTrue(right.Send(frame));
            if (i % 32 == 31) right.Flush();
        }

        right.Flush();
        Frame[] burst = [.. Enumerable.Range(0, 32).Select(_ => new Frame(112, 1614))];
        int came = 0;
        int some;
        while ((some = PortFrames.Receive(left, burst, 32)) > 0) came += some;
        left.ReadKernelDrops();
        Assert.AreEqual(5000, came + left.KernelDrops + right.SendRefused);
        Assert.IsGreaterThan(0, left.KernelDrops);
        Assert.IsGreaterThan(1000, came);
    }

    [TestMethod]
    public void The_interface_is_as_before_when_the_port_is_closed()
    {
        using PacketPort right = new(Right, 9018);
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 60, "88B5");
        using (XdpPort left = new(Left, 9018))
        {
            PortException busy = Assert.ThrowsExactly<PortException>(() => new XdpPort(Left, 9018));
            StringAssert.Contains(busy.Message, "another");
            Assert.IsTrue(left.Send(frame));
        }

        using XdpPort again = new(Left, 9018);
        using PacketPort stack = new(Left, 9018);
        Assert.IsTrue(right.Send(frame));
        right.Flush();
        Assert.AreEqual(1, PortFrames.Receive(again, [frame], 1));
        again.Dispose();
        Assert.IsTrue(right.Send(frame));
        right.Flush();
        Assert.AreEqual(1, PortFrames.Receive(stack, [frame], 1), "the host has its frames again");
        Assert.AreEqual(0, stack.ReceiveBurst([frame], 1), "it did not see those of the port");
    }

    [TestMethod]
    public void The_link_goes_down_with_the_other_end_and_sending_is_refused()
    {
        using XdpPort left = new(Left, 9018);
        Assert.IsTrue(left.LinkUp);
        VethPair.Ip($"link set {Right} down");
        Assert.IsTrue(SpinWait.SpinUntil(() =>
        {
            left.RefreshLink();
            return !left.LinkUp;
        }, 5000));
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 60, "88B5");
        Assert.IsFalse(left.Send(frame));
        Assert.AreEqual(1, left.SendRefused);
    }

    [TestMethod]
    public void Where_the_driver_takes_no_program_it_stands_before_the_stack()
    {
        string name = VethPair.Name("xi");
        if (VethPair.Ip($"link add {name} type ifb") != 0) Assert.Inconclusive("no ifb interfaces here, whose driver takes no program");
        try
        {
            VethPair.Ip($"link set {name} up");
            using XdpPort port = new(name, 9018);
            Assert.IsFalse(port.InItsDriver);
            Frame frame = new(112, 1614);
            PortFrames.Fill(frame, 60, "88B5");
            port.RefreshLink();
            Assert.IsTrue(port.Send(frame));
            port.Flush();
        }
        finally
        {
            VethPair.Ip($"link del {name}");
        }
    }

    [TestMethod]
    public void Two_queues_are_more_than_it_reads_and_that_is_said()
    {
        VethPair.Remove(Left);
        Assert.AreEqual(0, VethPair.Ip($"link add {Left} numrxqueues 2 numtxqueues 2 type veth peer name {Right} numrxqueues 2 numtxqueues 2"));
        PortException exception = Assert.ThrowsExactly<PortException>(() => new XdpPort(Left, 9018));
        StringAssert.Contains(exception.Message, "2 receive queues");
        StringAssert.Contains(exception.Message, $"packet:{Left}");
    }

    [TestMethod]
    public void Frames_that_no_chunk_holds_are_told_before_anything_is_attached()
    {
        VethPair.Make(Left, Right, 9000);
        PortException exception = Assert.ThrowsExactly<PortException>(() => new XdpPort(Left, 9018));
        StringAssert.Contains(exception.Message, "9018 octets");
        StringAssert.Contains(exception.Message, $"packet:{Left}");
    }

    [DllImport("libc", EntryPoint = "socket")]
    private static extern int Socket(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
