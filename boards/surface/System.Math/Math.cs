[assembly: System.Reflection.AssemblyVersion("1.5.0.0")]

namespace System
{
    public static class Math
    {
        public const double PI = 3.14159265358979323846;
        public const double E = 2.7182818284590452354;
        public static int Abs(int value) => throw null;
        public static double Abs(double value) => throw null;
        public static float Abs(float value) => throw null;
        public static double Acos(double value) => throw null;
        public static double Asin(double value) => throw null;
        public static double Atan(double value) => throw null;
        public static double Atan2(double value1, double value2) => throw null;
        public static double Cbrt(double value) => throw null;
        public static double Ceiling(double value) => throw null;
        public static double Clamp(double value1, double value2, double value3) => throw null;
        public static long Clamp(long value1, long value2, long value3) => throw null;
        public static float Clamp(float value1, float value2, float value3) => throw null;
        public static ulong Clamp(ulong value1, ulong value2, ulong value3) => throw null;
        public static double Cos(double value) => throw null;
        public static double Cosh(double value) => throw null;
        public static double Exp(double value) => throw null;
        public static double Floor(double value) => throw null;
        public static double IEEERemainder(double value1, double value2) => throw null;
        public static double Log(double value) => throw null;
        public static double Log10(double value) => throw null;
        public static int Max(int value1, int value2) => throw null;
        public static double Max(double value1, double value2) => throw null;
        public static float Max(float value1, float value2) => throw null;
        public static int Min(int value1, int value2) => throw null;
        public static double Min(double value1, double value2) => throw null;
        public static float Min(float value1, float value2) => throw null;
        public static double Pow(double value1, double value2) => throw null;
        public static double Round(double value) => throw null;
        public static int Sign(double value) => throw null;
        public static int Sign(float value) => throw null;
        public static double Sin(double value) => throw null;
        public static double Sinh(double value) => throw null;
        public static double Sqrt(double value) => throw null;
        public static double Tan(double value) => throw null;
        public static double Tanh(double value) => throw null;
        public static double Truncate(double value) => throw null;
    }
}
