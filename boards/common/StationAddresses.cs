using System;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// Station addresses of a board whose chips have none of their own: locally administered, 5 octets by chance and the port's number.
    /// Made at the first boot and kept in the store, so that neighbours know the board again; without a store anew at every boot.
    /// </summary>
    public static class StationAddresses
    {
        public const string Blob = "stations";
        private const int Length = 6;

        /// <returns>6 octets, of which the last is the number of the first port, 0.</returns>
        public static byte[] First(IStore store, EntropyPool pool)
        {
            byte[] address = new byte[Length];
            if (store != null && store.Read(Blob, address) == Length)
            {
                return address;
            }
            pool.Fill(address, 0, Length);

            // Locally administered, of one station (IEEE 802 section 8.2).
            address[0] = (byte)((address[0] & 0xFC) | 0x02);
            address[Length - 1] = 0;
            if (store != null)
            {
                store.Write(Blob, address, Length);
            }
            return address;
        }

        public static byte[] Of(byte[] first, int port)
        {
            byte[] address = new byte[Length];
            Array.Copy(first, 0, address, 0, Length);
            address[Length - 1] = (byte)port;
            return address;
        }
    }
}
