using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LabEdge.Emulator;
using LabEdge.Tests.Commands;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Ports;

/// <summary>A console over TCP, as telnet and as a bare socket see it.</summary>
[TestClass]
public class TelnetConsoleTests
{
    private const int LimitMs = 30_000;

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint).Port;
    }

    // What comes until a text is there; the negotiation is left in.
    private static string Until(NetworkStream stream, string text)
    {
        stream.ReadTimeout = LimitMs;
        StringBuilder came = new();
        byte[] octets = new byte[1024];
        while (!came.ToString().Contains(text))
        {
            int count = stream.Read(octets);
            if (count == 0) Assert.Fail($"closed before \"{text}\": {came}");
            came.Append(Encoding.Latin1.GetString(octets, 0, count));
        }

        return came.ToString();
    }

    private static void Type(NetworkStream stream, string keys) => stream.Write(Encoding.Latin1.GetBytes(keys));

    [TestMethod]
    public void Commands_of_telnet_are_answered_and_are_no_keys()
    {
        TelnetReader reader = new();
        List<byte> answer = [];
        byte[] came = Convert.FromHexString("61" + "FFFD01" + "FFFB03" + "FFFD18" + "FFFB1F" + "FFFA1F005000FFFF18FFF0" + "FFFF" + "FFF4" + "00" + "62");
        int[] keys = [.. came.Select(octet => reader.Take(octet, answer)).Where(key => key > 0)];
        CollectionAssert.AreEqual(new[] { 'a', 255, 3, 'b' }, keys);
        Assert.AreEqual("FFFC18FFFE1F", Convert.ToHexString([.. answer]), "WONT terminal type, DONT window size");
    }

    [TestMethod]
    public void Every_node_of_a_lab_has_its_console_with_line_editing_and_a_second_session_is_told_who_is_there()
    {
        int port = FreePort();
        using LabSession session = LabSession.Open(LabFixture.PathOf(LabFixture.L3), new LabOptions());
        using LabConsoles consoles = new(session, port - 1);
        using TcpClient first = new("127.0.0.1", port);
        Task<string> dialogue = Task.Run(() =>
        {
            NetworkStream stream = first.GetStream();
            string greeting = Until(stream, "r1#");
            using TcpClient second = new("127.0.0.1", port);
            string refusal = Until(second.GetStream(), "\n");
            Type(stream, "shwo\b\bow ip int br\r\0");
            string shown = Until(stream, "r1#");
            Type(stream, "ping 10.1.1.77 repeat 1000\r\n");
            Until(stream, "Sending");
            Type(stream, "\x03");
            string ended = Until(stream, "r1#");
            Type(stream, "exit\r");
            Until(stream, "Press RETURN to get started.");
            Type(stream, "\r");
            Until(stream, "r1#");
            return greeting + "|" + refusal + "|" + shown + "|" + ended;
        });
        while (!dialogue.IsCompleted) session.RunUntil(session.NowUs + 10_000);
        string[] parts = dialogue.Result.Split('|');
        StringAssert.StartsWith(parts[0], "\u00ff\u00fb\u0001\u00ff\u00fb\u0003\u00ff\u00fd\u0003");
        StringAssert.StartsWith(parts[1], "% The console of r1 is in use by 127.0.0.1:");
        StringAssert.Contains(parts[2], "\r\nEthernet1 ");
        StringAssert.Contains(parts[3], "Success rate");
    }

    [TestMethod]
    public void A_router_in_real_time_has_its_console_over_tcp_too()
    {
        int port = FreePort();
        using TemporaryLab folder = new(("r.cfg", "hostname edge\n"));
        (int local, int remote) = UdpPortTests.FreePorts();
        using Process router = Labedge.Start(["router", "--config", Path.Combine(folder.Folder, "r.cfg"), "--port", $"Ethernet1=udp:{local}:127.0.0.1:{remote}", "--console", $"127.0.0.1:{port}"]);
        try
        {
            Assert.AreEqual("ready", router.StandardOutput.ReadLine());
            using TcpClient client = new("127.0.0.1", port);
            NetworkStream stream = client.GetStream();
            Until(stream, "edge#");
            Type(stream, "sh ver\r");
            StringAssert.Contains(Until(stream, "edge#"), "LabEdge");
        }
        finally
        {
            router.Kill();
        }
    }
}
