using System;
using System.Collections;

[assembly: System.Reflection.AssemblyVersion("3.0.0.0")]

namespace nanoFramework.TestFramework
{
    public class Assert
    {
        public static void AreNotSame(object value1, object value2, string message = "") => throw null;
        public static void AreSame(object value1, object value2, string message = "") => throw null;
        public static void Contains(string text1, string text2, string message = "") => throw null;
        public static void DoesNotContains(string text1, string text2, string message = "") => throw null;
        public static void EndsWith(string text1, string text2, string message = "") => throw null;
        public static void IsFalse(bool flag, string message = "") => throw null;
        public static void IsInstanceOfType(object value, Type type, string message = "") => throw null;
        public static void IsNotInstanceOfType(object value, Type type, string message = "") => throw null;
        public static void IsNotNull(object value, string message = "") => throw null;
        public static void IsNull(object value, string message = "") => throw null;
        public static void IsTrue(bool flag, string message = "") => throw null;
        public static void SkipTest(string message = "") => throw null;
        public static void StartsWith(string text1, string text2, string message = "") => throw null;
        public static void ThrowsException(Type type, Action action, string message = "") => throw null;
        public static void AreEqual(bool flag1, bool flag2, string message = "") => throw null;
        public static void AreEqual(byte value1, byte value2, string message = "") => throw null;
        public static void AreEqual(char value1, char value2, string message = "") => throw null;
        public static void AreEqual(DateTime time1, DateTime time2, string message = "") => throw null;
        public static void AreEqual(double value1, double value2, string message = "") => throw null;
        public static void AreEqual(float value1, float value2, string message = "") => throw null;
        public static void AreEqual(int value1, int value2, string message = "") => throw null;
        public static void AreEqual(long value1, long value2, string message = "") => throw null;
        public static void AreEqual(object value1, object value2, string message = "") => throw null;
        public static void AreEqual(sbyte value1, sbyte value2, string message = "") => throw null;
        public static void AreEqual(short value1, short value2, string message = "") => throw null;
        public static void AreEqual(string text1, string text2, string message = "") => throw null;
        public static void AreEqual(uint value1, uint value2, string message = "") => throw null;
        public static void AreEqual(ulong value1, ulong value2, string message = "") => throw null;
        public static void AreEqual(ushort value1, ushort value2, string message = "") => throw null;
        public static void AreNotEqual(bool flag1, bool flag2, string message = "") => throw null;
        public static void AreNotEqual(byte value1, byte value2, string message = "") => throw null;
        public static void AreNotEqual(char value1, char value2, string message = "") => throw null;
        public static void AreNotEqual(DateTime time1, DateTime time2, string message = "") => throw null;
        public static void AreNotEqual(double value1, double value2, string message = "") => throw null;
        public static void AreNotEqual(float value1, float value2, string message = "") => throw null;
        public static void AreNotEqual(long value1, long value2, string message = "") => throw null;
        public static void AreNotEqual(int value1, int value2, string message = "") => throw null;
        public static void AreNotEqual(object value1, object value2, string message = "") => throw null;
        public static void AreNotEqual(sbyte value1, sbyte value2, string message = "") => throw null;
        public static void AreNotEqual(short value1, short value2, string message = "") => throw null;
        public static void AreNotEqual(string text1, string text2, string message = "") => throw null;
        public static void AreNotEqual(uint value1, uint value2, string message = "") => throw null;
        public static void AreNotEqual(ulong value1, ulong value2, string message = "") => throw null;
        public static void AreNotEqual(ushort value1, ushort value2, string message = "") => throw null;
        public static void Empty(ICollection iCollection, string message = "") => throw null;
        public static void Equal(Array array1, Array array2, string message = "") => throw null;
        public static void Equal(bool flag1, bool flag2, string message = "") => throw null;
        public static void Equal(byte value1, byte value2, string message = "") => throw null;
        public static void Equal(char value1, char value2, string message = "") => throw null;
        public static void Equal(DateTime time1, DateTime time2, string message = "") => throw null;
        public static void Equal(double value1, double value2, string message = "") => throw null;
        public static void Equal(float value1, float value2, string message = "") => throw null;
        public static void Equal(int value1, int value2, string message = "") => throw null;
        public static void Equal(long value1, long value2, string message = "") => throw null;
        public static void Equal(sbyte value1, sbyte value2, string message = "") => throw null;
        public static void Equal(short value1, short value2, string message = "") => throw null;
        public static void Equal(string text1, string text2, string message = "") => throw null;
        public static void Equal(uint value1, uint value2, string message = "") => throw null;
        public static void Equal(ulong value1, ulong value2, string message = "") => throw null;
        public static void Equal(ushort value1, ushort value2, string message = "") => throw null;
        public static void False(bool flag, string message = "") => throw null;
        public static void IsNotType(Type type, object value, string message = "") => throw null;
        public static void IsType(Type type, object value, string message = "") => throw null;
        public static void NotEmpty(ICollection iCollection, string message = "") => throw null;
        public static void NotEqual(Array array1, Array array2, string message = "") => throw null;
        public static void NotEqual(bool flag1, bool flag2, string message = "") => throw null;
        public static void NotEqual(byte value1, byte value2, string message = "") => throw null;
        public static void NotEqual(char value1, char value2, string message = "") => throw null;
        public static void NotEqual(DateTime time1, DateTime time2, string message = "") => throw null;
        public static void NotEqual(double value1, double value2, string message = "") => throw null;
        public static void NotEqual(float value1, float value2, string message = "") => throw null;
        public static void NotEqual(int value1, int value2, string message = "") => throw null;
        public static void NotEqual(long value1, long value2, string message = "") => throw null;
        public static void NotEqual(sbyte value1, sbyte value2, string message = "") => throw null;
        public static void NotEqual(short value1, short value2, string message = "") => throw null;
        public static void NotEqual(string text1, string text2, string message = "") => throw null;
        public static void NotEqual(uint value1, uint value2, string message = "") => throw null;
        public static void NotEqual(ulong value1, ulong value2, string message = "") => throw null;
        public static void NotEqual(ushort value1, ushort value2, string message = "") => throw null;
        public static void NotNull(object value, string message = "") => throw null;
        public static void NotSame(object value1, object value2, string message = "") => throw null;
        public static void Null(object value, string message = "") => throw null;
        public static void Same(object value1, object value2, string message = "") => throw null;
        public static void Throws(Type type, Action action, string message = "") => throw null;
        public static void True(bool flag, string message = "") => throw null;
        public Assert() => throw null;
    }

    public class CleanupAttribute : Attribute
    {
        public CleanupAttribute() => throw null;
    }

    public class CollectionAssert
    {
        public static void Empty(ICollection iCollection, string message = "") => throw null;
        public static void NotEmpty(ICollection iCollection, string message = "") => throw null;
        public static void AreEqual(ICollection iCollection1, ICollection iCollection2, string message = "") => throw null;
        public static void AreNotEqual(ICollection iCollection1, ICollection iCollection2, string message = "") => throw null;
        public CollectionAssert() => throw null;
    }

    public class DataRowAttribute : Attribute
    {
        public object[] MethodParameters { get => throw null; }
        public DataRowAttribute(params object[] arguments) => throw null;
    }

    public static class Helper
    {
        public static object[] RemoveTestMethodIfDataRowExists(object[] arguments) => throw null;
    }

    public static class OutputHelper
    {
        public static void Write(string text) => throw null;
        public static void WriteLine(string text) => throw null;
    }

    public class SetupAttribute : Attribute
    {
        public SetupAttribute() => throw null;
    }

    public class SkipTestException : Exception
    {
        public SkipTestException(string text, Exception innerException) => throw null;
    }

    public class TestClassAttribute : Attribute
    {
        public TestMethodAttribute GetTestMethodAttribute(TestMethodAttribute testMethodAttribute) => throw null;
        public TestClassAttribute() => throw null;
    }

    public static class TestExtensions
    {
        public static bool SequenceEqual(Array array1, Array array2) => throw null;
    }

    public class TestMethodAttribute : Attribute
    {
        public TestMethodAttribute() => throw null;
    }
}

namespace TestFrameworkShared
{
    public class AssertFailedException : Exception
    {
        public AssertFailedException(string text, Exception innerException) => throw null;
        public AssertFailedException(string text) => throw null;
        public AssertFailedException() => throw null;
    }
}
