using System;

namespace System.Diagnostics
{
    public static class Debug
    {
        [Conditional("DEBUG")]
        public static void Assert(bool condition) => throw null;
        [Conditional("DEBUG")]
        public static void Assert(bool condition, string text) => throw null;
        [Conditional("DEBUG")]
        public static void Assert(bool condition, string text1, string text2) => throw null;
        [Conditional("DEBUG")]
        public static void Write(string text) => throw null;
        [Conditional("DEBUG")]
        public static void WriteLine() => throw null;
        [Conditional("DEBUG")]
        public static void WriteLine(string text) => throw null;
    }

    public static class Debugger
    {
        public static bool IsAttached { get => throw null; }
        public static void Break() => throw null;
    }
}
