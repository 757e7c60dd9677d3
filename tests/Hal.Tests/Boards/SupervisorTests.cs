using LabEdge.Boards;
using LabEdge.Control;
using LabEdge.Emulator.Chips;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Boards;

/// <summary>Booting, crashing and going on, with the real router, drivers and chip models.</summary>
[TestClass]
public sealed class SupervisorTests
{
    private const string R1 = "hostname r1\ninterface Ethernet1\n ip address 10.0.0.1 255.255.255.0\n no shutdown\n!\n";
    private const string R2 = "hostname r2\ninterface Ethernet1\n ip address 10.0.0.2 255.255.255.0\n no shutdown\n!\n";

    [TestMethod]
    public void A_board_boots_from_what_was_deployed_and_says_so()
    {
        TestBoard board = TestBoard.WithConfiguration(R1);
        string text = board.Printed();
        Assert.Contains("LabEdge on a test board, role ce", text);
        Assert.Contains("entropy: a seed of the test, and a seed that the last boot left", text);
        Assert.Contains($"deployed.cfg is startup-config now, {R1.Length} octets", text);
        Assert.Contains("start 1\n", text);
        Assert.Contains("Ethernet1: W5500 runs", text);
        Assert.Contains("Ethernet2: W5500 runs", text);
        Assert.Contains("router ready after ", text);
        Assert.EndsWith("r1#", text);
        Assert.IsFalse(board.Platform.Flash.Contents.ContainsKey(Supervisor.DeployedFile));
    }

    [TestMethod]
    public void Two_boards_ping_each_other_through_their_chips()
    {
        TestBoard one = TestBoard.WithConfiguration(R1);
        TestBoard two = TestBoard.WithConfiguration(R2);
        W5500Chip a = one.Platform.Chips[9];
        W5500Chip b = two.Platform.Chips[9];
        a.Transmit = (octets, offset, count) => b.Deliver(octets, offset, count);
        b.Transmit = (octets, offset, count) => a.Deliver(octets, offset, count);
        one.Printed();
        one.Platform.Type("ping 10.0.0.2");
        for (int i = 0; i < 3000; i++)
        {
            one.Step();
            two.Platform.NowUs = Math.Max(two.Platform.NowUs, one.Platform.NowUs);
            two.Supervisor.Step();
        }

        Assert.Contains("Success rate is 100 percent (5/5)", one.Printed());
    }

    [TestMethod]
    public void A_chip_that_does_not_answer_keeps_its_port_down_and_no_other_and_says_why()
    {
        TestPlatform platform = new();
        platform.Absent.Add(18);
        TestBoard board = new(platform);
        board.Run(500);
        string text = board.Printed();
        Assert.Contains("Ethernet1: W5500 runs", text);
        Assert.Contains("Ethernet2 is down: no answer: the reset of the W5500 does not end", text);
        Assert.AreEqual(1, text.Split("Ethernet2 is down").Length - 1);
        Assert.Contains("Router#", text);
        board.Run(20_000);
        Assert.AreEqual("", board.Printed(), "told once, however often it is tried");
    }

    [TestMethod]
    public void Pins_that_cannot_be_opened_and_chips_without_a_driver_keep_their_port_down_and_say_why()
    {
        TestPlatform platform = new();
        platform.Broken.Add(9);
        TestBoard board = new(platform);
        board.Run(300);
        string text = board.Printed();
        Assert.Contains("Ethernet1 is down: its pins cannot be opened: System.InvalidOperationException: pin in use", text);
        Assert.Contains("Ethernet2: W5500 runs", text);
        Assert.Contains("Ethernet1", board.Enter("show interfaces | include Ethernet1"));
    }

    [TestMethod]
    public void A_chip_that_loses_its_state_is_started_again()
    {
        TestBoard board = TestBoard.WithConfiguration(R1);
        board.Printed();
        board.Platform.Chips[9].ResetPin.Write(false);
        board.Platform.Chips[9].ResetPin.Write(true);
        board.Run(1000);
        Assert.AreEqual("\nEthernet1 is down: W5500 was lost: it has been reset behind our back, or does not answer any more\nEthernet1: W5500 runs\n", board.Printed());
    }

    [TestMethod]
    public void A_crash_is_told_and_kept_and_the_router_starts_again_on_the_same_ports()
    {
        TestPlatform platform = new();
        platform.Flash.Contents[Supervisor.DeployedFile] = System.Text.Encoding.Latin1.GetBytes(R1);
        Bomb bomb = new();
        platform.Joining = router => router.AddModule(bomb);
        TestBoard board = new(platform);
        board.Run(120_000);
        board.Printed();
        bomb.Armed = true;
        board.Run(3000);
        string text = board.Printed();
        Assert.Contains("router crashed: start 1, after 120 s: System.IndexOutOfRangeException: the bomb\n", text);
        Assert.Contains("start 2\nlast crash: start 1, after 120 s: System.IndexOutOfRangeException: the bomb\n", text);
        Assert.EndsWith("r1#", text);
        Assert.AreEqual(1, board.Supervisor.CrashesInARow);

        // After a power cycle it is still known.
        TestBoard next = new(new TestPlatform { Flash = platform.Flash });
        next.Run(300);
        Assert.Contains("start 3\nlast crash: start 1, after 120 s: System.IndexOutOfRangeException: the bomb\n", next.Printed());
    }

    [TestMethod]
    public void A_router_that_crashes_again_and_again_starts_without_its_configuration_and_then_the_board_is_restarted()
    {
        TestPlatform platform = new();
        platform.Flash.Contents[Supervisor.DeployedFile] = System.Text.Encoding.Latin1.GetBytes(R1);
        Bomb bomb = new() { Armed = true, Always = true };
        platform.Joining = router => router.AddModule(bomb);
        TestBoard board = new(platform);
        board.Run(4500);
        string text = board.Printed();
        Assert.AreEqual(3, text.Split("router crashed").Length - 1, text);
        Assert.DoesNotContain("startup-config is left out", text);
        board.Run(4000);
        text = board.Printed();
        Assert.Contains("startup-config is left out after 3 crashes in a row", text);
        Assert.AreEqual(0, platform.Reboots);
        board.Run(7000);
        Assert.Contains("restarting the board", board.Printed());
        Assert.AreEqual(1, platform.Reboots);

        // A router that lives then can read it again by hand.
        bomb.Always = bomb.Armed = false;
        board.Run(60_000);
        bomb.Armed = bomb.Always = true;
        while (board.Supervisor.CrashesInARow < Supervisor.WithoutConfiguration) board.Step();
        bomb.Armed = bomb.Always = false;
        board.Run(60_000);
        board.Printed();
        Assert.Contains("r1#", board.Enter("copy startup-config running-config", 1000) + board.Enter("", 1000));
    }

    [TestMethod]
    public void Reload_starts_a_new_router_from_what_was_saved()
    {
        TestBoard board = TestBoard.WithConfiguration(R1);
        board.Enter("configure terminal");
        board.Enter("hostname renamed");
        board.Enter("end");
        Assert.Contains("[OK]", board.Enter("write memory", 2000));
        string text = board.Enter("reload", 1000) + board.Enter("", 3000);
        Assert.Contains("start 2", text);
        Assert.EndsWith("renamed#", text);
    }

    [TestMethod]
    public void A_board_without_files_runs_what_was_compiled_in_and_says_that_nothing_is_kept()
    {
        TestBoard board = new(new TestPlatform { Flash = null, CompiledConfiguration = R2 });
        board.Run(300);
        string text = board.Printed();
        Assert.EndsWith("r2#", text);
        Assert.DoesNotContain("start 1", text);
        Assert.Contains("% The store did not take it", board.Enter("write memory", 2000));
    }

    [TestMethod]
    public void Mistakes_of_a_stored_configuration_are_told_and_nothing_of_it_is_in_force()
    {
        TestBoard board = TestBoard.WithConfiguration("hostname x\ninterface Toaster1\n!\n");
        board.Run(500);
        string text = board.Printed();
        Assert.Contains("Toaster1", text);
        Assert.EndsWith("Router#", text);
    }

    [TestMethod]
    public void A_wiring_file_stands_for_the_compiled_one_and_one_with_mistakes_is_left_out()
    {
        TestPlatform platform = new();
        platform.Flash.Contents[Supervisor.WiringFile] = "spi 1 sck 1 mosi 2 miso 4\nport Ethernet7 w5500 spi 1 cs 5\nconsole COM2 tx 6 rx 7\n"u8.ToArray();
        TestBoard board = new(platform);
        board.Run(300);
        string text = board.Printed();
        Assert.Contains("wired as wiring.txt says", text);
        Assert.Contains("Ethernet7: W5500 runs", text);

        platform = new();
        platform.Flash.Contents[Supervisor.WiringFile] = "spi 1 sck 1 mosi 2 miso 30\n"u8.ToArray();
        board = new TestBoard(platform);
        board.Run(300);
        text = board.Printed();
        Assert.Contains("wiring.txt is left out, as it has mistakes:\n  line 1: miso: pin 30 cannot be used: GPIO 26 to 32 are the flash\n", text);
        Assert.Contains("Ethernet1: W5500 runs", text);
    }

    [TestMethod]
    public void A_board_that_idles_or_forwards_allocates_nothing()
    {
        TestBoard board = TestBoard.WithConfiguration(R1);
        W5500Chip chip = board.Platform.Chips[9];
        int sent = 0;
        chip.Transmit = (_, _, _) => sent++;
        byte[] request = Hex.Octets("FFFFFFFFFFFF 020000000009 0806 0001 0800 06 04 0001 020000000009 0A000009 000000000000 0A000001" + new string('0', 36));
        Assert.HasCount(60, request);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2000; i++)
            {
                if (i % 50 == 0) chip.Deliver(request, 0, request.Length);
                board.Step();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // The first round compiles; a model of the test makes no objects either.
        Assert.AreEqual(0, least);
        Assert.AreEqual(200, sent);
    }

    [TestMethod]
    public void The_light_tells_boot_trouble_and_well_being_apart()
    {
        TestBoard board = new();
        PinRecorder led = board.Platform.Outputs[4];
        Assert.IsTrue(led.High);
        Assert.IsInRange(8, 12, Changes(board, led, 10_000));
        TestPlatform platform = new();
        platform.Absent.Add(18);
        board = new TestBoard(platform);
        board.Run(1000);
        Assert.IsInRange(70, 90, Changes(board, platform.Outputs[4], 10_000));
    }

    [TestMethod]
    public void The_display_shows_the_router_and_its_ports_and_a_button_turns_its_pages()
    {
        TestBoard board = TestBoard.WithConfiguration(R1);
        board.Platform.Chips[18].SetLink(false);
        FrontPanel panel = new(board.Supervisor, "ce");
        board.Run(3000);
        Assert.IsTrue(panel.Refresh(board.Platform.Clock.NowMs()));
        CollectionAssert.AreEqual(new[] { "r1", "role ce, start 1", "up 3 s", "1 of 2 ports up" }, panel.Text);
        Assert.IsFalse(panel.Refresh(board.Platform.Clock.NowMs()), "nothing new");
        panel.Turn();
        Assert.IsTrue(panel.Refresh(board.Platform.Clock.NowMs()));
        CollectionAssert.AreEqual(new[] { "Ethernet1 up", "Ethernet2 no carrier", "", "" }, panel.Text);
        panel.Turn();
        Assert.IsTrue(panel.Refresh(board.Platform.Clock.NowMs()));
        Assert.AreEqual("r1", panel.Text[0]);
    }

    [TestMethod]
    public void Station_addresses_are_kept_over_boots_and_differ_between_ports_and_boards()
    {
        TestBoard board = TestBoard.WithConfiguration(R1);
        byte[] first = Address(board, 0);
        Assert.AreEqual(0x02, first[0] & 0x03);
        Assert.IsFalse(first.SequenceEqual(Address(board, 1)));
        TestBoard again = new(new TestPlatform { Flash = board.Platform.Flash });
        again.Run(100);
        Assert.IsTrue(first.SequenceEqual(Address(again, 0)));
    }

    private static byte[] Address(TestBoard board, int port)
    {
        byte[] address = new byte[6];
        ((IEthernetPort)board.Supervisor.Router.Tables.Ports.Device[port]).GetAddress(address, 0);
        return address;
    }

    private static int Changes(TestBoard board, PinRecorder led, int milliseconds)
    {
        int changes = 0;
        bool before = led.High;
        long until = board.Platform.NowUs + milliseconds * 1000L;
        while (board.Platform.NowUs < until)
        {
            board.Step();
            if (led.High != before) changes++;
            before = led.High;
        }

        return changes;
    }

    /// <summary>A protocol with a mistake in it.</summary>
    private sealed class Bomb : IProtocolModule
    {
        public bool Armed { get; set; }

        public bool Always { get; set; }

        public uint Poll(uint now, int budget)
        {
            if (!Armed) return 1000;
            Armed = Always;
            throw new IndexOutOfRangeException("the bomb");
        }

        public void Bill(RamBill bill)
        {
        }
    }
}
