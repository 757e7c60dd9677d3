using System;
using System.IO;
using LabEdge.Hal;
using Meadow;

namespace LabEdge.Head
{
    /// <summary>Files beside the program, where <c>meadow file write</c> puts them.</summary>
    internal sealed class MeadowFiles : IFiles
    {
        public byte[] Read(string name)
        {
            try
            {
                string path = PathOf(name);
                return File.Exists(path) ? File.ReadAllBytes(path) : null;
            }
            catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
            {
                // Absent or unreadable: the store has a second copy.
                return null;
            }
        }

        public bool Write(string name, byte[] octets)
        {
            try
            {
                File.WriteAllBytes(PathOf(name), octets);
                return true;
            }
            catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
            {
                return false;
            }
        }

        public bool Delete(string name)
        {
            try
            {
                File.Delete(PathOf(name));
                return true;
            }
            catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
            {
                return false;
            }
        }

        private static string PathOf(string name)
        {
            return Path.Combine(MeadowOS.FileSystem.UserFileSystemRoot, name);
        }
    }
}
