using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>What outlives a restart besides the configuration: how often the board has started, the last crash, and a seed.</summary>
    public sealed class BootRecord
    {
        /// <summary>The store's names.</summary>
        public const string CountBlob = "boots";
        public const string CrashBlob = "crash";
        public const string SeedBlob = "seed";

        /// <summary>Most characters of a crash that are kept.</summary>
        public const int LongestCrash = 200;

        private const int SeedLength = 32;

        private readonly IStore _store;
        private readonly byte[] _octets = new byte[LongestCrash];

        /// <param name="store">Null = nothing outlives.</param>
        public BootRecord(IStore store)
        {
            _store = store;
        }

        /// <summary>Counts a start.</summary>
        /// <returns>Its number, from 1; 0 when nothing can be kept.</returns>
        public uint Count()
        {
            if (_store == null)
            {
                return 0;
            }
            uint count = _store.Read(CountBlob, _octets) == 4 ? Octets.ReadUInt32(_octets, 0) + 1u : 1u;
            Octets.WriteUInt32(_octets, 0, count);
            return _store.Write(CountBlob, _octets, 4) ? count : 0;
        }

        /// <summary>Keeps what is known of a crash; other than ASCII becomes a question mark.</summary>
        public void KeepCrash(string text)
        {
            if (_store == null)
            {
                return;
            }
            int count = text.Length < LongestCrash ? text.Length : LongestCrash;
            for (int i = 0; i < count; i++)
            {
                _octets[i] = text[i] < ' ' || text[i] > '~' ? (byte)'?' : (byte)text[i];
            }
            _store.Write(CrashBlob, _octets, count);
        }

        /// <returns>The last crash; null when there was none.</returns>
        public string LastCrash()
        {
            int count = _store == null ? -1 : _store.Read(CrashBlob, _octets);
            if (count <= 0)
            {
                return null;
            }
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                text[i] = (char)_octets[i];
            }
            return new string(text);
        }

        /// <summary>Mixes the seed of the last boot into the pool, and leaves another for the next.</summary>
        public void Stir(EntropyPool pool)
        {
            if (_store == null)
            {
                return;
            }
            int count = _store.Read(SeedBlob, _octets);
            if (count > 0)
            {
                pool.Add(_octets, 0, count);
            }
            pool.Fill(_octets, 0, SeedLength);
            _store.Write(SeedBlob, _octets, SeedLength);
        }
    }
}
