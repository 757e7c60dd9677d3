namespace LabEdge.Emulator;

/// <summary>A capture of each wire: one file per link, every frame as it was sent, in virtual time.</summary>
public sealed class WireCapture : IWireTap, IDisposable
{
    private readonly EventQueue _queue;
    private readonly IReadOnlyList<VirtualWire> _wires;
    private readonly PcapWriter[] _files;

    /// <param name="folder">Is there; files are <c>LINK.pcap</c>.</param>
    public WireCapture(EventQueue queue, string folder, IReadOnlyList<VirtualWire> wires)
    {
        _queue = queue;
        _wires = wires;
        _files = new PcapWriter[wires.Count];
        foreach (VirtualWire wire in wires)
        {
            _files[wire.Index] = new PcapWriter(Path.Combine(folder, wire.Name + ".pcap"));
            wire.AddTap(this);
        }
    }

    public void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
        _files[wire.Index].Write(_queue.Now, octets, offset, count);
    }

    public void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
    }

    public void Dispose()
    {
        foreach (VirtualWire wire in _wires) wire.RemoveTap(this);
        foreach (PcapWriter file in _files) file.Dispose();
    }
}
