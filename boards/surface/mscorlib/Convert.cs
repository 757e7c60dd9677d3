namespace System
{
    public static class BitConverter
    {
        public static bool IsLittleEndian { get => throw null; }
        public static long DoubleToInt64Bits(double value) => throw null;
        public static byte[] GetBytes(bool flag) => throw null;
        public static byte[] GetBytes(char value) => throw null;
        public static byte[] GetBytes(double value) => throw null;
        public static byte[] GetBytes(float value) => throw null;
        public static byte[] GetBytes(int value) => throw null;
        public static byte[] GetBytes(long value) => throw null;
        public static byte[] GetBytes(short value) => throw null;
        public static byte[] GetBytes(uint value) => throw null;
        public static byte[] GetBytes(ulong value) => throw null;
        public static byte[] GetBytes(ushort value) => throw null;
        public static double Int64BitsToDouble(long value) => throw null;
        public static bool ToBoolean(byte[] octets, int index) => throw null;
        public static char ToChar(byte[] octets, int index) => throw null;
        public static double ToDouble(byte[] octets, int index) => throw null;
        public static short ToInt16(byte[] octets, int index) => throw null;
        public static int ToInt32(byte[] octets, int index) => throw null;
        public static long ToInt64(byte[] octets, int index) => throw null;
        public static float ToSingle(byte[] octets, int index) => throw null;
        public static string ToString(byte[] octets) => throw null;
        public static string ToString(byte[] octets, int index) => throw null;
        public static string ToString(byte[] octets, int index, int count) => throw null;
        public static ushort ToUInt16(byte[] octets, int index) => throw null;
        public static uint ToUInt32(byte[] octets, int index) => throw null;
        public static ulong ToUInt64(byte[] octets, int index) => throw null;
    }

    public static class Convert
    {
        public static bool ToBoolean(byte value) => throw null;
        public static char ToChar(ushort value) => throw null;
        public static sbyte ToSByte(string text, int fromBase) => throw null;
        public static byte ToByte(string text, int fromBase) => throw null;
        public static byte ToByte(bool flag) => throw null;
        public static DateTime ToDateTime(string text) => throw null;
        public static short ToInt16(string text, int fromBase) => throw null;
        public static ushort ToUInt16(string text, int fromBase) => throw null;
        public static int ToInt32(string text, int fromBase) => throw null;
        public static uint ToUInt32(string text, int fromBase) => throw null;
        public static long ToInt64(string text, int fromBase) => throw null;
        public static ulong ToUInt64(string text, int fromBase) => throw null;
        public static double ToDouble(string text) => throw null;
        public static float ToSingle(string text) => throw null;
        public static string ToBase64String(byte[] octets) => throw null;
        public static string ToBase64String(byte[] octets, Base64FormattingOptions base64FormattingOptions) => throw null;
        public static string ToBase64String(byte[] octets, int index, int count) => throw null;
        public static string ToBase64String(byte[] octets, int index, int count, Base64FormattingOptions base64FormattingOptions) => throw null;
        public static byte[] FromBase64String(string text) => throw null;
        public static byte[] FromBase64CharArray(char[] characters, int index, int count) => throw null;
    }
}
