namespace LabEdge.Hal
{
    /// <summary>Milliseconds that count up and wrap at 2^32. Compare by difference: (int)(now - deadline) >= 0.</summary>
    public interface IClock
    {
        uint NowMs();
    }

    /// <summary>Octets nobody can guess.</summary>
    public interface IEntropy
    {
        void Fill(byte[] octets, int offset, int count);
    }

    /// <summary>Named blobs that survive a restart.</summary>
    public interface IStore
    {
        /// <returns>Octets read into <paramref name="octets"/>; -1 when there is no such blob, or it does not fit.</returns>
        int Read(string name, byte[] octets);

        /// <returns>False when it could not be kept.</returns>
        bool Write(string name, byte[] octets, int count);
    }

    /// <summary>A line to a person: serial port, terminal or script. Octets are ASCII.</summary>
    public interface ITextPort
    {
        /// <returns>Octets read, 0 when none wait. Never blocks.</returns>
        int Read(byte[] octets, int offset, int count);

        /// <returns>Octets taken, possibly fewer than asked. Never blocks.</returns>
        int Write(byte[] octets, int offset, int count);
    }

    /// <summary>One device on an SPI bus. The chip select is low during each call and high between calls.</summary>
    public interface ISpiDevice
    {
        /// <summary>Sends <paramref name="count"/> octets; what comes back is thrown away.</summary>
        void Write(byte[] octets, int offset, int count);

        /// <summary>Full duplex: sends and receives <paramref name="count"/> octets. The two ranges may be the same.</summary>
        void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count);
    }

    public interface IOutputPin
    {
        void Write(bool high);
    }

    public interface IInputPin
    {
        bool Read();
    }
}
