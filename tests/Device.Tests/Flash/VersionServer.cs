using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LabEdge.Tests.Device;

/// <summary>The far end of a console line over TCP, with a router's prompt and one answer to everything.</summary>
public sealed class VersionServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public VersionServer(string answer)
    {
        _listener.Start();
        Thread thread = new(() => Serve(answer)) { IsBackground = true };
        thread.Start();
    }

    public string Address => $"tcp:{_listener.LocalEndpoint}";

    public void Dispose() => _listener.Dispose();

    private void Serve(string answer)
    {
        try
        {
            using TcpClient client = _listener.AcceptTcpClient();
            NetworkStream stream = client.GetStream();
            StringBuilder line = new();
            for (int octet = stream.ReadByte(); octet >= 0; octet = stream.ReadByte())
            {
                line.Append((char)octet);
                if (octet != '\r') continue;
                string typed = line.ToString().Trim();
                line.Clear();

                // Telnet's offer comes first, the echo, the answer, and the prompt.
                string text = typed.Length == 0 ? "\xFF\xFB\x01\r\npe1#" : typed + "\r\n" + answer + "\r\n\r\npe1#";
                stream.Write(Encoding.Latin1.GetBytes(text));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The test has hung up.
        }
    }
}
