using System;
using LabEdge.Cli;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// The router's store on a board: the file store where there is one, and behind it the configuration that was compiled in, which stands
    /// as startup-config as long as nobody has saved another. A board without files keeps nothing, and says so at a save.
    /// </summary>
    public sealed class BoardStore : IStore
    {
        private readonly IStore _files;
        private readonly string _compiled;

        /// <summary>Startup-config is not there for the next start of a router: a start without configuration.</summary>
        public bool HideStartup;

        /// <param name="files">Null = the board keeps nothing.</param>
        /// <param name="compiled">ASCII; empty = none.</param>
        public BoardStore(IStore files, string compiled)
        {
            _files = files;
            _compiled = compiled;
        }

        public int Read(string name, byte[] octets)
        {
            bool startup = name == StoredConfiguration.Blob;
            if (startup && HideStartup)
            {
                return -1;
            }
            int count = _files == null ? -1 : _files.Read(name, octets);
            if (count >= 0 || !startup || _compiled.Length == 0 || _compiled.Length > octets.Length)
            {
                return count;
            }
            for (int i = 0; i < _compiled.Length; i++)
            {
                octets[i] = (byte)_compiled[i];
            }
            return _compiled.Length;
        }

        public bool Write(string name, byte[] octets, int count)
        {
            return _files != null && _files.Write(name, octets, count);
        }
    }
}
