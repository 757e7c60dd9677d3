// The field of each gives the compiler a struct with content; its own name for it does not matter.
namespace System
{
    public struct Boolean
    {
        private readonly bool _value;
        public static readonly string FalseString;
        public static readonly string TrueString;
        public override string ToString() => throw null;
    }

    public struct Char
    {
        private readonly char _value;
        public const char MaxValue = (char)0xFFFF;
        public const char MinValue = (char)0;
        public override string ToString() => throw null;
    }

    public struct Byte
    {
        private readonly byte _value;
        public const byte MaxValue = 255;
        public const byte MinValue = 0;
        public static byte Parse(string text) => throw null;
        public static bool TryParse(string text, out byte result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct SByte
    {
        private readonly sbyte _value;
        public const sbyte MaxValue = 127;
        public const sbyte MinValue = -128;
        public static sbyte Parse(string text) => throw null;
        public static bool TryParse(string text, out sbyte result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct Int16
    {
        private readonly short _value;
        public const short MaxValue = 32767;
        public const short MinValue = -32768;
        public static short Parse(string text) => throw null;
        public static bool TryParse(string text, out short result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct UInt16
    {
        private readonly ushort _value;
        public const ushort MaxValue = 65535;
        public const ushort MinValue = 0;
        public static ushort Parse(string text) => throw null;
        public static bool TryParse(string text, out ushort result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct Int32
    {
        private readonly int _value;
        public const int MaxValue = 2147483647;
        public const int MinValue = -2147483648;
        public static int Parse(string text) => throw null;
        public static bool TryParse(string text, out int result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct UInt32
    {
        private readonly uint _value;
        public const uint MaxValue = 4294967295;
        public const uint MinValue = 0;
        public static uint Parse(string text) => throw null;
        public static bool TryParse(string text, out uint result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct Int64
    {
        private readonly long _value;
        public const long MaxValue = 9223372036854775807;
        public const long MinValue = -9223372036854775808;
        public static long Parse(string text) => throw null;
        public static bool TryParse(string text, out long result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct UInt64
    {
        private readonly ulong _value;
        public const ulong MaxValue = 18446744073709551615;
        public const ulong MinValue = 0;
        public static ulong Parse(string text) => throw null;
        public static bool TryParse(string text, out ulong result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct Single
    {
        private readonly float _value;
        public const float MaxValue = 3.40282346638528859e+38f;
        public const float MinValue = -3.40282346638528859e+38f;
        public static bool IsInfinity(float value) => throw null;
        public static bool IsNaN(float value) => throw null;
        public static float Parse(string text) => throw null;
        public static bool TryParse(string text, out float result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct Double
    {
        private readonly double _value;
        public const double MaxValue = 1.7976931348623157E+308;
        public const double MinValue = -1.7976931348623157E+308;
        public static bool IsInfinity(double value) => throw null;
        public static bool IsNaN(double value) => throw null;
        public static double Parse(string text) => throw null;
        public static bool TryParse(string text, out double result) => throw null;
        public override string ToString() => throw null;
        public string ToString(string format) => throw null;
    }

    public struct IntPtr
    {
        private readonly int _value;
    }

    public struct UIntPtr
    {
        private readonly uint _value;
    }
}
