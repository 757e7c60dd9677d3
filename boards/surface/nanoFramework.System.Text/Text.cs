using System;

[assembly: System.Reflection.AssemblyVersion("1.3.42.0")]

namespace System.Text
{
    public abstract class Decoder
    {
        public void Convert(byte[] octets, int index, int count1, char[] characters, int count2, int count3, bool flag1, out int count4, out int count5, out bool flag2) => throw null;
    }

    public abstract class Encoding
    {
        public static Encoding UTF8 { get => throw null; }
        public virtual byte[] GetBytes(string text) => throw null;
        public virtual int GetBytes(string text, int index, int count1, byte[] octets, int count2) => throw null;
        public virtual char[] GetChars(byte[] octets) => throw null;
        public virtual char[] GetChars(byte[] octets, int index, int count) => throw null;
        public virtual string GetString(byte[] octets, int index, int count) => throw null;
        public virtual Decoder GetDecoder() => throw null;
    }

    public sealed class StringBuilder
    {
        public int MaxCapacity { get => throw null; }
        public char this[int index] { get => throw null; set => throw null; }
        public int Capacity { get => throw null; set => throw null; }
        public int Length { get => throw null; set => throw null; }
        public StringBuilder(string text, int index, int count1, int count2) => throw null;
        public StringBuilder(string text, int index) => throw null;
        public StringBuilder(int value1, int value2) => throw null;
        public StringBuilder(int value) => throw null;
        public StringBuilder(string text) => throw null;
        public StringBuilder() => throw null;
        public StringBuilder Append(bool flag) => throw null;
        public StringBuilder Append(byte value) => throw null;
        public StringBuilder Append(char value) => throw null;
        public StringBuilder Append(double value) => throw null;
        public StringBuilder Append(short value) => throw null;
        public StringBuilder Append(char[] characters) => throw null;
        public StringBuilder Append(int value) => throw null;
        public StringBuilder Append(long value) => throw null;
        public StringBuilder Append(object value) => throw null;
        public StringBuilder Append(string text) => throw null;
        public StringBuilder Append(sbyte value) => throw null;
        public StringBuilder Append(float value) => throw null;
        public StringBuilder Append(ushort value) => throw null;
        public StringBuilder Append(uint value) => throw null;
        public StringBuilder Append(ulong value) => throw null;
        public StringBuilder Append(string text, int index, int count) => throw null;
        public StringBuilder Append(char[] characters, int index, int count) => throw null;
        public StringBuilder Append(char value1, int value2) => throw null;
        public StringBuilder Remove(int value1, int value2) => throw null;
        public StringBuilder Insert(int value, string text, int count) => throw null;
        public StringBuilder Insert(int value, char[] characters, int count1, int count2) => throw null;
        public StringBuilder Replace(char value1, char value2, int value3, int value4) => throw null;
        public StringBuilder Replace(char value1, char value2) => throw null;
        public StringBuilder Replace(string text1, string text2, int index, int count) => throw null;
        public StringBuilder Replace(string text1, string text2) => throw null;
        public StringBuilder Clear() => throw null;
        public override string ToString() => throw null;
        public string ToString(int value1, int value2) => throw null;
        public StringBuilder AppendLine(string text) => throw null;
        public StringBuilder AppendLine() => throw null;
    }

    public class UTF8Encoding : Encoding
    {
        public UTF8Encoding() => throw null;
        public override byte[] GetBytes(string text) => throw null;
        public override int GetBytes(string text, int index, int count1, byte[] octets, int count2) => throw null;
        public override char[] GetChars(byte[] octets) => throw null;
        public override char[] GetChars(byte[] octets, int index, int count) => throw null;
        public override Decoder GetDecoder() => throw null;
    }
}
