namespace LabEdge.Cli
{
    // The archive: the last few configurations, in places that are used in turn. What write memory replaces goes there too.
    public sealed partial class StoredConfiguration
    {
        /// <summary>Places of the archive, from 1.</summary>
        public const int Archives = 4;

        // One octet: the place used last.
        private const string ArchiveIndex = "archive";

        public static string ArchiveName(int place)
        {
            return "archive-" + place.ToString();
        }

        /// <returns>The place used last; 0 when the archive is empty.</returns>
        public int NewestArchive()
        {
            byte[] index = new byte[1];
            return _store != null && _store.Read(ArchiveIndex, index) == 1 && index[0] <= Archives ? index[0] : 0;
        }

        // The text is in its place before the index says so: a cut between both leaves the index as it was.
        private bool Archive(byte[] text, int length)
        {
            int place = NewestArchive() % Archives + 1;
            byte[] index = new byte[1];
            index[0] = (byte)place;
            return _store.Write(ArchiveName(place), text, length) && _store.Write(ArchiveIndex, index, 1);
        }

        // What was the startup configuration is kept, unless it is the same.
        private bool ReplaceStartup(byte[] text, int length)
        {
            byte[] before;
            int count = Read(Blob, out before);
            bool same = count == length;
            for (int i = 0; same && i < length; i++)
            {
                same = before[i] == text[i];
            }
            return (same || count <= 0 || Archive(before, count)) && _store.Write(Blob, text, length);
        }

        /// <returns>False when there is no store, or it did not take that.</returns>
        public bool EraseStartup()
        {
            return _store != null && _store.Write(Blob, new byte[0], 0);
        }

        /// <summary>Lists the places that are used.</summary>
        public void ShowArchive()
        {
            int newest = NewestArchive();
            _output.Text("The maximum archive configurations allowed is ").Number(Archives).Line(".");
            _output.Text("The next archive file will be named ").Line(ArchiveName(newest % Archives + 1));
            _output.Line(" Archive #  Name");
            for (int place = 1; place <= Archives; place++)
            {
                byte[] text;
                if (newest != 0 && Read(ArchiveName(place), out text) > 0)
                {
                    _output.Text("   ").Number(place).To(12).Text(ArchiveName(place)).Line(place == newest ? " <- Most Recent" : "");
                }
            }
        }
    }
}
