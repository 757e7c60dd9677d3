using System;
using LabEdge.Boards;

namespace LabEdge.Head
{
    /// <summary>
    /// Randomness of a board for which nanoFramework offers no hardware generator: how far the interpreter counts until the millisecond
    /// changes. It runs from a clock of its own, through caches, interrupts and the flash's wait states. Weak at one boot; the seed in the
    /// store adds it up over boots.
    /// </summary>
    internal static class ClockJitter
    {
        public const string Source = "jitter of the interpreter against the millisecond clock (no hardware generator)";

        // One per millisecond: so long the boot waits.
        private const int Samples = 64;

        // A clock that stands still must not keep the board from booting.
        private const int MostTurns = 100000;

        public static void Gather(EntropyPool pool)
        {
            for (int i = 0; i < Samples; i++)
            {
                long tick = Environment.TickCount64;
                uint turns = 0;
                while (turns < MostTurns && Environment.TickCount64 == tick)
                {
                    turns++;
                }
                pool.Add(turns);
            }
            byte[] more = new byte[16];
            new Random().NextBytes(more);
            pool.Add(more, 0, more.Length);
        }
    }
}
