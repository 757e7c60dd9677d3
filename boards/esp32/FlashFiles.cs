using System;
using System.IO;
using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>The file system of the internal flash: drive I, littlefs.</summary>
    internal sealed class FlashFiles : IFiles
    {
        private const string Drive = "I:\\";

        public byte[] Read(string name)
        {
            try
            {
                return File.Exists(Drive + name) ? File.ReadAllBytes(Drive + name) : null;
            }
            catch (Exception)
            {
                // Absent or unreadable: the store has a second copy.
                return null;
            }
        }

        public bool Write(string name, byte[] octets)
        {
            try
            {
                File.WriteAllBytes(Drive + name, octets);
                return true;
            }
            catch (Exception)
            {
                // Full, or worn out: the caller tells.
                return false;
            }
        }

        public bool Delete(string name)
        {
            try
            {
                File.Delete(Drive + name);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
