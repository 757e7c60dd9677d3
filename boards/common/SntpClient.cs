using System;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// Asks one server for the time of day (SNTP, RFC 4330): at boot, then once an hour; a server that does not answer is asked again after 16 s,
    /// 32 s and so on up to 1024 s. Nothing of the router depends on it: the time stands in boot messages and crash records.
    /// </summary>
    public sealed class SntpClient
    {
        public const int UdpPort = 123;

        /// <summary>A packet without authentication (RFC 4330 section 4).</summary>
        public const int Length = 48;

        /// <summary>Milliseconds between questions: after an answer; after the first that had none, and the most.</summary>
        public const uint AgainMs = 3600000;
        public const uint FirstRetryMs = 16000;
        public const uint MostRetryMs = 1024000;

        /// <summary>An answer that is older says nothing of the present.</summary>
        public const uint LongestAnswerMs = 4000;

        private const int Stratum = 1;
        private const int Originate = 24;
        private const int Transmit = 40;
        private const int VersionAndClient = 0x23;
        private const int Server = 4;
        private const int Unsynchronised = 3;

        // From 1900 to 1970; differences of 32 bits hold beyond 2036 too.
        private const uint FromNtpToUnix = 2208988800u;

        private readonly IDatagrams _datagrams;
        private readonly EntropyPool _pool;
        private readonly byte[] _question = new byte[Length];
        private readonly byte[] _answer = new byte[Length];
        private bool _begun;
        private bool _waiting;
        private uint _askedAt;
        private uint _dueAt;
        private uint _retryMs = FirstRetryMs;
        private uint _seconds;
        private uint _milliseconds;
        private uint _setAt;

        /// <summary>True once the time of day is known.</summary>
        public bool IsKnown;

        /// <summary>Questions, and answers that were not taken: of another question, of a server without time, malformed, late.</summary>
        public int Asked;
        public int Refused;

        /// <param name="datagrams">To the server and from it, by one socket.</param>
        /// <param name="pool">For what stands in the question in place of our time: an answer must repeat it, and nobody else knows it.</param>
        public SntpClient(IDatagrams datagrams, EntropyPool pool)
        {
            _datagrams = datagrams;
            _pool = pool;
        }

        /// <summary>Takes an answer, or asks when it is time. Never blocks.</summary>
        public void Poll(uint now)
        {
            if (!_begun)
            {
                _begun = true;
                _dueAt = now;
            }
            int length = _datagrams.Receive(_answer, 0, Length);
            if (length != 0)
            {
                Take(length, now);
            }
            if ((int)(now - _dueAt) < 0 || !_datagrams.Up)
            {
                return;
            }
            Array.Clear(_question, 0, Length);
            _question[0] = VersionAndClient;
            _pool.Add(now);
            _pool.Fill(_question, Transmit, 8);
            _waiting = _datagrams.Send(_question, 0, Length);
            Asked++;
            _askedAt = now;
            _dueAt = now + _retryMs;
            _retryMs = _retryMs < MostRetryMs ? _retryMs + _retryMs : MostRetryMs;
        }

        /// <returns>Seconds since 1970 (UTC, without leap seconds); only when <see cref="IsKnown"/>.</returns>
        public uint UnixSeconds(uint now)
        {
            return _seconds + (now - _setAt + _milliseconds) / 1000u;
        }

        /// <summary>A time as 2026-11-28 20:52:10 UTC.</summary>
        /// <param name="unixSeconds">Since 1970.</param>
        public static string Text(uint unixSeconds)
        {
            uint day = unixSeconds / 86400u;
            uint rest = unixSeconds - day * 86400u;

            // Years that begin in March, so that the odd day stands at the end; 719468 days from year 0 to 1970.
            int z = (int)day + 719468;
            int era = z / 146097;
            int ofEra = z - era * 146097;
            int year = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365;
            int ofYear = ofEra - (365 * year + year / 4 - year / 100);
            int month = (5 * ofYear + 2) / 153;
            int date = ofYear - (153 * month + 2) / 5 + 1;
            month = month < 10 ? month + 3 : month - 9;
            year = year + era * 400 + (month <= 2 ? 1 : 0);
            int second = (int)rest;
            return year.ToString() + "-" + Two(month) + "-" + Two(date) + " " + Two(second / 3600) + ":" + Two(second / 60 % 60) + ":" + Two(second % 60) + " UTC";
        }

        private static string Two(int number)
        {
            return (number < 10 ? "0" : "") + number.ToString();
        }

        // RFC 4330 section 5.
        private void Take(int length, uint now)
        {
            bool right = _waiting && length >= Length && (_answer[0] & 7) == Server && _answer[0] >> 6 != Unsynchronised
                && _answer[Stratum] != 0 && _answer[Stratum] < 16 && now - _askedAt <= LongestAnswerMs;
            for (int i = 0; i < 8 && right; i++)
            {
                right = _answer[Originate + i] == _question[Transmit + i];
            }
            uint seconds = right ? Octets.ReadUInt32(_answer, Transmit) : 0;
            if (seconds == 0)
            {
                Refused++;
                return;
            }
            _waiting = false;
            _retryMs = FirstRetryMs;
            _dueAt = now + AgainMs;

            // Half the way there and back has passed since the server wrote it.
            int fraction = Octets.ReadUInt16(_answer, Transmit + 4);
            _seconds = seconds - FromNtpToUnix;
            _milliseconds = (uint)(fraction * 1000 / 65536) + (now - _askedAt) / 2u;
            _setAt = now;
            IsKnown = true;
        }
    }
}
