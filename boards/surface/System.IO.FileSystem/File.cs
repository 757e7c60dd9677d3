[assembly: System.Reflection.AssemblyVersion("1.1.87.0")]

// Whole files only: a configuration store needs no streams, directories or drives.
namespace System.IO
{
    public static class File
    {
        public static void Delete(string path) => throw null;
        public static bool Exists(string path) => throw null;
        public static void Move(string sourceFileName, string destinationFileName) => throw null;
        public static byte[] ReadAllBytes(string path) => throw null;
        public static string ReadAllText(string path) => throw null;
        public static void WriteAllBytes(string path, byte[] octets) => throw null;
        public static void WriteAllText(string path, string contents) => throw null;
    }
}
