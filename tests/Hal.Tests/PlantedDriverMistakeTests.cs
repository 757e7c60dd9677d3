namespace LabEdge.Tests;

/// <summary>Twelve mistakes that drivers of these chips have been seen to make: each, planted in ours, fails the test of its name.</summary>
[TestClass]
public class PlantedDriverMistakeTests
{
    [TestMethod]
    public void A_single_read_of_the_size_fails() => Fails(
        DriverPromises.TornSize, "W5500", "if (size == before || ((written - read) & 0xFFFF) == size)", "if (size >= 0)");

    [TestMethod]
    public void A_length_with_its_own_header_fails() => Fails(
        build => DriverPromises.Arrives(build, 1), "W5500",
        "int length = ((octets[place - 2] << 8) | octets[place - 1]) - W5500Registers.LengthHeader;\n                int whole = length + W5500Registers.LengthHeader;",
        "int length = (octets[place - 2] << 8) | octets[place - 1];\n                int whole = length;");

    [TestMethod]
    public void A_read_without_RECV_fails() => Fails(
        DriverPromises.GivesBack, "W5500", "_command[4] = W5500Registers.Sn_IR_RECV;\n            _spi.Write(_command, 0, 5);\n            _commandRunning = true;", "");

    [TestMethod]
    public void SEND_before_SENDOK_fails() => Fails(
        DriverPromises.OneAtATime, "W5500", "if ((_sendRunning || _commandRunning) && !AwaitSent())\n            {\n                TxDropsTimeout++;", "if (false)\n            {\n                TxDropsTimeout++;");

    [TestMethod]
    public void A_read_that_is_no_whole_word_fails() => Fails(
        DriverPromises.WholeWords, "W5500", "(W5500Registers.SpiHeaderLength + count + 3) & ~3", "W5500Registers.SpiHeaderLength + count");

    [TestMethod]
    public void A_read_pointer_that_wraps_with_the_buffer_fails() => Fails(
        build => DriverPromises.Arrives(build, 30), "W5500", "Acknowledge(read & 0xFFFF)", "Acknowledge(read & 0x3FFF)");

    [TestMethod]
    public void SEND_with_the_link_down_fails() => Fails(
        DriverPromises.DeadLink, "W5500", "if (!_linkUp)\n            {\n                TxDropsLinkDown++;\n                return false;\n            }", "");

    [TestMethod]
    public void Trust_in_an_interrupt_for_ever_fails() => Fails(
        DriverPromises.LostInterrupt, "W5500", "if (_quiet && (int)(now - _quietUntil) < 0 && _interrupt.Read()) return 0;", "if (_quiet && _interrupt.Read()) return 0;");

    [TestMethod]
    public void An_even_ERXRDPT_fails() => Fails(DriverPromises.Frees, "Enc28j60", "Enc28j60Registers.RxEnd : _next - 1", "Enc28j60Registers.RxEnd : _next");

    [TestMethod]
    public void No_TXRST_after_an_abort_fails() => Fails(
        DriverPromises.GoesOnAfterAbort, "Enc28j60", "Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_TXRST);", "");

    [TestMethod]
    public void A_bank_that_is_not_restored_fails() => Fails(
        DriverPromises.KeepsBank, "Enc28j60", "            if (surplus != 0) Instruct(Enc28j60Registers.BitClear, Enc28j60Registers.ECON1, surplus);\n", "");

    [TestMethod]
    public void A_chip_select_that_is_held_over_two_instructions_fails() => Fails(
        DriverPromises.OwnSelect, "Enc28j60",
        "            Write(register, value & 0xFF);\n            Write(register + 1, value >> 8);",
        """
                    Bank(register);
                    byte[] both = { (byte)(0x40 | (register & 31)), (byte)value, (byte)(0x40 | ((register + 1) & 31)), (byte)(value >> 8) };
                    _spi.Write(both, 0, 4);
        """);

    private static void Fails(Action<DriverBuild> promise, string driver, string right, string wrong)
    {
        DriverBuild planted = DriverBuild.Planted(driver, right, wrong);
        bool held = true;
        try
        {
            promise(planted);
        }
        catch (Exception exception) when (exception is AssertFailedException or IndexOutOfRangeException or ArgumentException)
        {
            held = false;
        }

        Assert.IsFalse(held, "the promise held in spite of the mistake");
    }
}
