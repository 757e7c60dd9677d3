using System.IO.Ports;
using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>A serial port. A write may take as long as its octets are on the line, so that no more than 16 go at once: 1.4 ms at 115200 bit/s.</summary>
    internal sealed class SerialText : ITextPort
    {
        private const int MostAtOnce = 16;

        private readonly SerialPort _port;

        public SerialText(string name, int baud)
        {
            _port = new SerialPort(name, baud);
            _port.Open();
        }

        public int Read(byte[] octets, int offset, int count)
        {
            int waiting = _port.BytesToRead;
            if (waiting <= 0) return 0;
            return _port.Read(octets, offset, waiting < count ? waiting : count);
        }

        public int Write(byte[] octets, int offset, int count)
        {
            int sent = count < MostAtOnce ? count : MostAtOnce;
            _port.Write(octets, offset, sent);
            return sent;
        }
    }
}
