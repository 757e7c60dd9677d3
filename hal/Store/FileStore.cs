using System;

namespace LabEdge.Hal.Store
{
    /// <summary>
    /// Named blobs over <see cref="IFiles"/> that a power cut at any moment cannot take away. Each blob has two files, NAME.0 and NAME.1,
    /// each with a sequence number and a checksum (<see cref="StoreRecord"/>). A save writes the file that is not in force, whole, and
    /// reads it back; the one in force is not touched. So after a cut the blob is the old one or the new one, never neither and never
    /// a mixture. Reads and writes allocate as much as the blob is long.
    /// </summary>
    public sealed class FileStore : IStore
    {
        private readonly IFiles _files;

        /// <summary>Copies that were found torn or changed: a save was cut short, or the memory is failing. The other copy served.</summary>
        public int DamagedCopies;

        /// <summary>Saves that the files refused, or that did not read back as written.</summary>
        public int FailedSaves;

        public FileStore(IFiles files)
        {
            _files = files;
        }

        public int Read(string name, byte[] octets)
        {
            byte[] first = Load(FileName(name, 0), true);
            byte[] second = Load(FileName(name, 1), true);
            byte[] newest = IsNewer(second, first) ? second : first;
            if (newest == null || newest.Length - StoreRecord.HeaderLength > octets.Length)
            {
                return -1;
            }
            int count = newest.Length - StoreRecord.HeaderLength;
            Array.Copy(newest, StoreRecord.HeaderLength, octets, 0, count);
            return count;
        }

        public bool Write(string name, byte[] octets, int count)
        {
            byte[] first = Load(FileName(name, 0), false);
            byte[] second = Load(FileName(name, 1), false);
            bool secondInForce = IsNewer(second, first);
            byte[] inForce = secondInForce ? second : first;
            uint sequence = inForce == null ? 1u : StoreRecord.Sequence(inForce) + 1u;
            string target = FileName(name, secondInForce || first == null ? 0 : 1);

            // The copy in force stays as it is until this one stands: from then on the higher number says which it is.
            byte[] record = StoreRecord.Make(sequence, octets, count);
            if (_files.Write(target, record) && Same(_files.Read(target), record))
            {
                return true;
            }
            FailedSaves++;
            return false;
        }

        // Null when it is absent or not whole.
        private byte[] Load(string file, bool count)
        {
            byte[] record = _files.Read(file);
            if (record == null || StoreRecord.IsWhole(record))
            {
                return record;
            }
            if (count)
            {
                DamagedCopies++;
            }
            return null;
        }

        private static bool IsNewer(byte[] record, byte[] than)
        {
            if (record == null || than == null)
            {
                return record != null;
            }

            // By difference, because the number wraps; into a local first, as nanoCLR goes on taking a cast value for unsigned.
            int ahead = (int)(StoreRecord.Sequence(record) - StoreRecord.Sequence(than));
            return ahead > 0;
        }

        private static string FileName(string name, int copy)
        {
            return name + (copy == 0 ? ".0" : ".1");
        }

        private static bool Same(byte[] read, byte[] written)
        {
            if (read == null || read.Length != written.Length)
            {
                return false;
            }
            for (int i = 0; i < read.Length; i++)
            {
                if (read[i] != written[i])
                {
                    return false;
                }
            }
            return true;
        }
    }
}
