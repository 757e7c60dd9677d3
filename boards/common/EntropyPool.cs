using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// Mixes weak randomness to octets that nobody can guess as long as enough of it came in: a sponge over the permutation of ChaCha20
    /// (RFC 8439 section 2.3), half of whose 64 octets no output ever shows. A board without a generator of its own feeds it the jitter of
    /// its clocks and the seed that the last boot left in the store, so that what is gathered adds up over the boots.
    /// </summary>
    public sealed class EntropyPool : IEntropy
    {
        private const int Words = 16;
        private const int Rate = 8;
        private const int DoubleRounds = 10;

        private readonly uint[] _state = new uint[Words];
        private int _at;

        /// <summary>Samples taken in.</summary>
        public int Samples;

        public EntropyPool()
        {
            // Not all zero, which the permutation leaves as it is: the constants of ChaCha.
            _state[Rate] = 0x61707865;
            _state[Rate + 1] = 0x3320646E;
            _state[Rate + 2] = 0x79622D32;
            _state[Rate + 3] = 0x6B206574;
        }

        public void Add(uint sample)
        {
            Samples++;
            _state[_at] ^= sample;
            _at++;
            if (_at == Rate) Mix();
        }

        public void Add(byte[] octets, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Add(octets[offset + i]);
            }
        }

        public void Fill(byte[] octets, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int position = i & (4 * Rate - 1);
                if (position == 0) Mix();
                octets[offset + i] = (byte)(_state[position >> 2] >> (8 * (position & 3)));
            }

            // What was given out cannot be computed back from what is kept.
            for (int i = 0; i < Rate; i++)
            {
                _state[i] = 0;
            }
            Mix();
        }

        private void Mix()
        {
            _at = 0;
            Permute(_state);
        }

        /// <summary>The 20 rounds of ChaCha20, without the addition of the input.</summary>
        public static void Permute(uint[] state)
        {
            for (int round = 0; round < DoubleRounds; round++)
            {
                for (int i = 0; i < 4; i++)
                {
                    QuarterRound(state, i, i + 4, i + 8, i + 12);
                }
                for (int i = 0; i < 4; i++)
                {
                    QuarterRound(state, i, ((i + 1) & 3) + 4, ((i + 2) & 3) + 8, ((i + 3) & 3) + 12);
                }
            }
        }

        private static void QuarterRound(uint[] state, int a, int b, int c, int d)
        {
            state[a] += state[b];
            state[d] = Turn(state[d] ^ state[a], 16);
            state[c] += state[d];
            state[b] = Turn(state[b] ^ state[c], 12);
            state[a] += state[b];
            state[d] = Turn(state[d] ^ state[a], 8);
            state[c] += state[d];
            state[b] = Turn(state[b] ^ state[c], 7);
        }

        private static uint Turn(uint value, int by)
        {
            return (value << by) | (value >> (32 - by));
        }
    }
}
