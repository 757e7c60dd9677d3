using System.Collections;
using System.Runtime.CompilerServices;

namespace System
{
    public sealed class String : IComparable, IEnumerable
    {
        public static readonly string Empty;
        [IndexerName("Chars")]
        public char this[int index] { get => throw null; }
        public int Length { get => throw null; }
        public IEnumerator GetEnumerator() => throw null;
        public override bool Equals(object value) => throw null;
        public static bool Equals(string text1, string text2) => throw null;
        public static bool operator ==(string text1, string text2) => throw null;
        public static bool operator !=(string text1, string text2) => throw null;
        public char[] ToCharArray() => throw null;
        public char[] ToCharArray(int index, int length) => throw null;
        public string[] Split(params char[] characters) => throw null;
        public string[] Split(char[] characters, int count) => throw null;
        public string Substring(int index) => throw null;
        public string Substring(int index, int length) => throw null;
        public string Trim(params char[] characters) => throw null;
        public string TrimStart(params char[] characters) => throw null;
        public string TrimEnd(params char[] characters) => throw null;
        public String(char[] characters, int index, int count) => throw null;
        public String(char[] characters) => throw null;
        public String(char value, int count) => throw null;
        public static int Compare(string text1, string text2) => throw null;
        public int CompareTo(object value) => throw null;
        public int CompareTo(string text) => throw null;
        public int IndexOf(char value) => throw null;
        public int IndexOf(char value, int index) => throw null;
        public int IndexOf(char value, int index, int count) => throw null;
        public int IndexOfAny(char[] characters) => throw null;
        public int IndexOfAny(char[] characters, int index) => throw null;
        public int IndexOfAny(char[] characters, int index, int count) => throw null;
        public int IndexOf(string text) => throw null;
        public int IndexOf(string text, int index) => throw null;
        public int IndexOf(string text, int index, int count) => throw null;
        public int LastIndexOf(char value) => throw null;
        public int LastIndexOf(char value, int index) => throw null;
        public int LastIndexOf(char value, int index, int count) => throw null;
        public int LastIndexOfAny(char[] characters) => throw null;
        public int LastIndexOfAny(char[] characters, int index) => throw null;
        public int LastIndexOfAny(char[] characters, int index, int count) => throw null;
        public int LastIndexOf(string text) => throw null;
        public int LastIndexOf(string text, int index) => throw null;
        public int LastIndexOf(string text, int index, int count) => throw null;
        public string ToLower() => throw null;
        public string ToUpper() => throw null;
        public override string ToString() => throw null;
        public string Trim() => throw null;
        public static string Concat(object value) => throw null;
        public static string Concat(object value1, object value2) => throw null;
        public static string Concat(object value1, object value2, object value3) => throw null;
        public static string Concat(params object[] arguments) => throw null;
        public static string Concat(string text1, string text2) => throw null;
        public static string Concat(string text1, string text2, string text3) => throw null;
        public static string Concat(string text1, string text2, string text3, string text4) => throw null;
        public static string Concat(params string[] values) => throw null;
        public static string Intern(string text) => throw null;
        public static string IsInterned(string text) => throw null;
        public static string Format(string format, params object[] arguments) => throw null;
        public string PadLeft(int totalWidth, char value) => throw null;
        public string PadRight(int totalWidth, char value) => throw null;
        public static bool IsNullOrEmpty(string text) => throw null;
        public bool Contains(string text) => throw null;
        public bool StartsWith(string text) => throw null;
        public bool EndsWith(string text) => throw null;
    }
}
