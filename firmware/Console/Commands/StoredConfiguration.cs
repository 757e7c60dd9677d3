using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Cli
{
    /// <summary>
    /// The startup configuration in the store, and an archive of earlier ones: writing the running configuration there, reading and showing
    /// it. Resumable.
    /// </summary>
    public sealed partial class StoredConfiguration
    {
        /// <summary>The store's name of the text.</summary>
        public const string Blob = "startup-config";
        private const int OctetsPerStep = 200;

        private readonly IStore _store;
        private readonly RouterConfiguration _configuration;
        private readonly ConfigurationWriter _writer;
        private readonly TextBuffer _output;
        private readonly int _most;
        private TextBuffer _sink;
        private bool _counting;
        private byte[] _text;
        private int _length;
        private bool _archive;
        private int _at;

        public StoredConfiguration(IStore store, RouterConfiguration configuration, ConfigurationWriter writer, TextBuffer output, Capacity capacity)
        {
            _store = store;
            _configuration = configuration;
            _writer = writer;
            _output = output;
            _most = 1024 + (capacity.Routes + capacity.LabelBindings) * 140 + (capacity.Ports + capacity.Loopbacks) * 600 + capacity.Vrfs * 80
                + (capacity.Attachments + capacity.Pseudowires + capacity.Bridges) * 500;
        }

        // ---- write memory: count, then fill a block of exactly that size, then store

        /// <param name="archive">Into the archive, not as startup configuration.</param>
        public bool BeginSave(bool archive)
        {
            _archive = archive;
            if (_store == null)
            {
                _output.Line("% This router has no store");
                return false;
            }
            _output.Line("Building configuration...");
            _counting = true;
            _sink = new TextBuffer(0);
            _writer.Begin(_configuration.Running, _sink);
            return true;
        }

        /// <returns>False when it is over.</returns>
        public bool StepSave()
        {
            if (_writer.Step())
            {
                return true;
            }
            int total = _sink.Total;
            if (_counting)
            {
                _counting = false;
                _sink = new TextBuffer(total);
                _writer.Begin(_configuration.Running, _sink);
                return true;
            }
            bool kept = _sink.Lost == 0 && (_archive ? Archive(_sink.Octets, total) : ReplaceStartup(_sink.Octets, total));
            _sink = null;
            if (kept && !_archive)
            {
                _configuration.Changed = false;
            }
            _output.Line(kept ? "[OK]" : "% The store did not take it");
            return false;
        }

        // ---- reading

        /// <summary>Reads a stored text.</summary>
        /// <param name="name">Its name in the store.</param>
        /// <param name="text">The text, longer than what is used.</param>
        /// <returns>Its octets, or -1 when there is none.</returns>
        public int Read(string name, out byte[] text)
        {
            text = null;
            for (int size = 1024; _store != null; size *= 2)
            {
                text = new byte[size];
                int length = _store.Read(name, text);
                if (length >= 0 || size >= _most)
                {
                    return length;
                }
            }
            return -1;
        }

        public bool BeginShow(string name)
        {
            _length = Read(name, out _text);
            _at = 0;
            if (_length <= 0)
            {
                _text = null;
                _output.Text(name).Line(" is not present");
                return false;
            }
            return true;
        }

        /// <returns>False when it is over.</returns>
        public bool StepShow()
        {
            int count = _length - _at < OctetsPerStep ? _length - _at : OctetsPerStep;
            _output.Text(_text, _at, count);
            _at += count;
            if (_at < _length)
            {
                return true;
            }
            _text = null;
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(11);
        }
    }
}
