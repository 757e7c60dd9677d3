namespace LabEdge.Hal
{
    /// <summary>
    /// Whole files, as the file system of a board has them. When the power goes during <see cref="Write"/> or <see cref="Delete"/>, that
    /// one file may be gone, short, or hold any octets afterwards; no other file changes.
    /// </summary>
    public interface IFiles
    {
        /// <returns>All octets of the file; null when there is none, or it cannot be read.</returns>
        byte[] Read(string name);

        /// <summary>Makes or replaces a file.</summary>
        /// <returns>False when it could not be written.</returns>
        bool Write(string name, byte[] octets);

        /// <returns>False when it is still there.</returns>
        bool Delete(string name);
    }
}
