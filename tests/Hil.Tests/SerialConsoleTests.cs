using System.Text;
using LabEdge.Devices;

namespace LabEdge.Tests.Hil;

/// <summary>The console over a serial line, which is a pseudo terminal here.</summary>
[TestClass]
public sealed class SerialConsoleTests
{
    [TestMethod]
    public void Lines_are_typed_and_answers_end_at_the_prompt()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("the pseudo terminal of this test is Linux's");
        using PseudoTerminal line = new();
        Thread device = new(() => Answer(line)) { IsBackground = true };
        device.Start();
        using DeviceConsole console = DeviceConsole.Open(ConsoleAddress.Parse(line.Name));
        Assert.IsTrue(console.Wake());
        Assert.AreEqual("you typed: show version\n", console.Run("show version"));
        Assert.AreEqual("you typed: show arp\n", console.Run("show arp"));
    }

    // A router that echoes, answers, and prompts, in pieces as a slow line has them.
    private static void Answer(PseudoTerminal line)
    {
        StringBuilder typed = new();
        for (int octet = Next(line); octet >= 0; octet = Next(line))
        {
            if (octet != '\r')
            {
                typed.Append((char)octet);
                continue;
            }

            string text = typed.ToString();
            typed.Clear();
            foreach (string piece in text.Length == 0 ? ["\r\n", "pe1", "# "] : new[] { text, "\r\nyou typed: ", text + "\r\n", "\r\n", "pe1#" })
            {
                line.Stream.Write(Encoding.Latin1.GetBytes(piece));
                line.Stream.Flush();
            }
        }
    }

    // A pseudo terminal whose far end has closed gives an error, not an end.
    private static int Next(PseudoTerminal line)
    {
        try
        {
            return line.Stream.ReadByte();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return -1;
        }
    }
}
